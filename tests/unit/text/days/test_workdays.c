/* Working days, around weekends, Easter and the turn of a year. */
#include "lib/text/days/workdays.h"

#include "lib/text/days/day_text.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka wants the headers above first
#include <cmocka.h>

static void days_of_work_are_counted(void **state)
{
  (void)state;
  static const struct {
    const char *why, *from;
    int days;
    const char *week, *day;
  } cases[] = {
    { "over a weekend", "2026-11-27", 1, "12345", "2026-11-30" },
    { "the day itself", "2026-11-27", 0, "12345", "2026-11-27" },
    { "the next one", "2026-11-28", 0, "12345", "2026-11-30" },
    { "over Easter", "2026-04-02", 1, "12345", "2026-04-07" },
    { "Women's day is a holiday in Berlin", "2027-03-05", 1, "12345", "2027-03-09" },
    { "Christmas and New Year", "2026-12-23", 2, "12345", "2026-12-29" },
    { "over New Year", "2026-12-30", 1, "12345", "2027-01-04" },
    { "Ascension and Whitsun", "2026-05-13", 7, "12345", "2026-05-26" },
    { "an office of three days", "2026-11-27", 3, "135", "2026-12-04" },
    { "three weeks", "2026-11-02", 15, "12345", "2026-11-23" },
    { "no day", "2026-02-30", 1, "12345", NULL },
    { "no day at all", "bald", 1, "12345", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *day = workday_after(cases[i].from, cases[i].days, cases[i].week);
    if (g_strcmp0(day, cases[i].day) != 0) print_error("%s: %s\n", cases[i].why, day ? day : "none");
    assert_true(g_strcmp0(day, cases[i].day) == 0);
  }
}

static void spans_are_counted(void **state)
{
  (void)state;
  assert_int_equal(workdays_between("2026-11-27", "2026-12-04", "12345"), 5);
  assert_int_equal(workdays_between("2026-12-04", "2026-11-27", "12345"), 0);
  assert_int_equal(days_between("2026-11-27", "2026-12-18"), 21);
  assert_true(workday_is("2026-11-27", "12345"));
  assert_false(workday_is("2026-10-03", "1234567"));
  assert_false(workday_is("", "12345"));
  g_autofree char *day = day_after("2026-02-27", 2);
  assert_string_equal(day, "2026-03-01");
  g_autofree char *before = workday_before("2026-04-08", 3, "12345"); /* over Easter */
  assert_string_equal(before, "2026-04-01");
}

static void a_day_is_written_as_people_write_it(void **state)
{
  (void)state;
  static const struct {
    const char *language, *day, *words;
  } cases[] = {
    { "de", "2026-12-04", "4. Dezember 2026" },
    { "de-x-leicht", "2026-03-31", "31. März 2026" },
    { "en", "2026-12-04", "4 December 2026" },
    { "tr", "2026-01-01", "1. Januar 2026" },
    { NULL, "2026-01-01", "1. Januar 2026" },
    { "de", "2026-02-30", "2026-02-30" },
    { "de", "bald", "bald" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *words = day_in_words(cases[i].day, cases[i].language);
    assert_string_equal(words, cases[i].words);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(days_of_work_are_counted),
    cmocka_unit_test(spans_are_counted),
    cmocka_unit_test(a_day_is_written_as_people_write_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
