/* The clock: moments in and out. */
#include "lib/base/clock.h"
#include "lib/base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void rfc_3339_is_read_in_all_its_forms(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int64_t moment;
  } cases[] = {
    { "1970-01-01T00:00:00Z", 0 },
    { "2026-03-02T10:15:00+01:00", INT64_C(1772442900) },
    { "2026-03-02 10:15:00+01:00", INT64_C(1772442900) },
    { "2026-03-02t09:15:00z", INT64_C(1772442900) },
    { "2026-03-02T09:15:00.987654Z", INT64_C(1772442900) },
    { "2026-03-02T04:45:00-04:30", INT64_C(1772442900) },
    { "2016-12-31T23:59:60Z", INT64_C(1483228800) },
    { "2024-02-29T00:00:00Z", INT64_C(1709164800) },
    { "1969-12-31T23:59:59Z", -1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int64_t moment = 12345;
    assert_true(clock_parse(cases[i].text, &moment, NULL));
    assert_int_equal(moment, cases[i].moment);
  }
}

static void what_is_no_moment_is_refused_with_a_sentence(void **state)
{
  (void)state;
  static const char *const cases[] = {
    "",
    "now",
    "2026-03-02",
    "2026-03-02T10:15:00",
    "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-03-02T24:00:00Z",
    "2026-03-02T10:15:61Z",
    "2026-3-2T10:15:00Z",
    "2026-03-02T10:15:00Zx",
    "2026-03-02T10:15:00+1:00",
    "2026-03-02T10:15:00+01:60",
    "2026-03-02T10:15:00.Z",
    "+026-03-02T10:15:00Z",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    int64_t moment;
    g_autoptr(GError) error = NULL;
    assert_false(clock_parse(cases[i], &moment, &error));
    assert_int_equal(fault_of(error), FAULT_INPUT);
    assert_non_null(strstr(error->message, "RFC 3339"));
  }
}

static void moments_are_written_for_machines_people_and_mail(void **state)
{
  (void)state;
  static const struct {
    int64_t moment;
    const char *utc, *berlin, *mail;
  } cases[] = {
    { INT64_C(1772442900), "2026-03-02T09:15:00Z", "2026-03-02T10:15:00+01:00",
      "Mon, 02 Mar 2026 09:15:00 +0000" },
    /* the second before and the second after summer time begins */
    { INT64_C(1774745999), "2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00",
      "Sun, 29 Mar 2026 00:59:59 +0000" },
    { INT64_C(1774746000), "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00",
      "Sun, 29 Mar 2026 01:00:00 +0000" },
    { INT64_C(2082758400), "2036-01-01T00:00:00Z", "2036-01-01T01:00:00+01:00",
      "Tue, 01 Jan 2036 00:00:00 +0000" },
    { -1, "1969-12-31T23:59:59Z", "1970-01-01T00:59:59+01:00", "Wed, 31 Dec 1969 23:59:59 +0000" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *utc = clock_format_utc(cases[i].moment);
    g_autofree char *berlin = clock_format_in(cases[i].moment, "Europe/Berlin");
    g_autofree char *mail = clock_format_mail(cases[i].moment);
    assert_string_equal(utc, cases[i].utc);
    assert_string_equal(berlin, cases[i].berlin);
    assert_string_equal(mail, cases[i].mail);
  }
}

static void an_unknown_zone_counts_as_utc(void **state)
{
  (void)state;
  g_autofree char *nowhere = clock_format_in(INT64_C(1772442900), "Europe/Nowhere");
  g_autofree char *none = clock_format_in(INT64_C(1772442900), NULL);
  assert_string_equal(nowhere, "2026-03-02T09:15:00+00:00");
  assert_string_equal(none, nowhere);
}

static void a_fixed_clock_stands_still_but_timeouts_run(void **state)
{
  (void)state;
  int64_t before = clock_monotonic_ms();
  clock_fix(42);
  g_usleep(20 * 1000);
  assert_int_equal(clock_now(), 42);
  assert_true(clock_monotonic_ms() >= before + 19);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(rfc_3339_is_read_in_all_its_forms),
    cmocka_unit_test(what_is_no_moment_is_refused_with_a_sentence),
    cmocka_unit_test(moments_are_written_for_machines_people_and_mail),
    cmocka_unit_test(an_unknown_zone_counts_as_utc),
    cmocka_unit_test(a_fixed_clock_stands_still_but_timeouts_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
