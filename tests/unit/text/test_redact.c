/* What does not belong to the public is left out of a text, kind by kind; what only looks like it stays. */
#include "lib/text/redact/personal.h"
#include "lib/text/redact/redact.h"
#include "lib/text/redact/wishes.h"
#include "tests/support/cpu.h"
#include "tests/unit/text/cases.h"

#include <string.h>

enum { ALL = REDACT_EMAIL | REDACT_PHONE | REDACT_ACCOUNT };

static const struct {
  const char *text, *gone; /* what must not stand there any more; NULL: nothing changes */
} cases[] = {
  { "Schreibt an doris@example.org bitte", "doris@example.org" },
  { "Schreibt an Doris@Example.ORG.", "Example.ORG" },
  { "doris (at) web.de", "web.de" },
  { "Tel. 030 555 01 00", "555 01 00" },
  { "Ruft an: +49 151 12345678", "12345678" },
  { "0151/12345678", "12345678" },
  { "IBAN DE89 3704 0044 0532 0130 00", "0532" },
  { "Kontonummer 1234567890", "1234567890" },
  { "Wir treffen uns am 12.05.2026 um 15:30 Uhr.", NULL },
  { "Das kostet 1.200,50 €.", NULL },
  { "Trojanstraße 120, 12437 Berlin", NULL },
  { "Schreibt an gruenau@kiez.example", NULL },
};

static void private_things_are_left_out(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) out = g_string_new(NULL);
    guint count = redact_kinds(out, cases[i].text, strlen(cases[i].text), "kiez.example", ALL);
    if (!cases[i].gone && (count > 0 || strcmp(out->str, cases[i].text) != 0))
      fail_msg("'%s' became '%s'", cases[i].text, out->str);
    if (cases[i].gone && (count == 0 || strstr(out->str, cases[i].gone)))
      fail_msg("'%s' stays in '%s'", cases[i].gone, out->str);
  }
}

static void only_the_kinds_asked_for_go(void **state)
{
  (void)state;
  static const char text[] = "Tel. 030 555 01 00, doris@example.org";
  g_autoptr(GString) out = g_string_new(NULL);
  assert_int_equal(redact_kinds(out, text, strlen(text), "kiez.example", REDACT_PHONE), 1);
  assert_non_null(strstr(out->str, "doris@example.org"));
  assert_null(strstr(out->str, "555"));
}

static void names_that_are_known_go(void **state)
{
  (void)state;
  static const struct {
    const char *text, *result;
  } named[] = {
    { "Sehr geehrte Frau Gärtner,", "Sehr geehrte Frau [Name]," },
    { "Doreens Bank", "[Name] Bank" },
    { "der gärtner kommt", "der gärtner kommt" },
    { "Gärtnerei am Ring", "Gärtnerei am Ring" },
  };
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  g_ptr_array_add(names, (gpointer) "Gärtner, Doreen");
  for (gsize i = 0; i < G_N_ELEMENTS(named); i++) {
    g_autoptr(GString) out = g_string_new(NULL);
    redact_names(out, named[i].text, names, NULL);
    assert_string_equal(out->str, named[i].result);
  }
}

static void wishes_say_what_a_program_can_do(void **state)
{
  (void)state;
  guint count = 0;
  g_autofree char *text = redact_wish("Ruft an: 030 555 01 00", "phone", "kiez.example", NULL, &count);
  assert_int_equal(count, 1);
  assert_null(strstr(text, "555"));
  assert_int_equal(redact_wish_of("phone"), REDACT_WISH_TEXT);
  assert_int_equal(redact_wish_of("something else"), REDACT_WISH_UNKNOWN);
}

static void hostile_texts_take_linear_time(void **state)
{
  (void)state;
  static const char *const units[] = { "a@",    "a@b ", "0",     "0 ", "030-",   "IBAN ",
                                       "DE89 ", "tel ", "(at) ", "[",  "http://" };
  for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 1000 * 1000) g_string_append(text, units[i]);
    g_autoptr(GString) out = g_string_new(NULL);
    int64_t begin = cpu_ms();
    redact_kinds(out, text->str, text->len, "kiez.example", ALL);
    int64_t taken = cpu_ms() - begin;
    if (taken > 1500) fail_msg("'%s' repeated took %d ms", units[i], (int)taken);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(private_things_are_left_out),    cmocka_unit_test(only_the_kinds_asked_for_go),
    cmocka_unit_test(names_that_are_known_go),        cmocka_unit_test(wishes_say_what_a_program_can_do),
    cmocka_unit_test(hostile_texts_take_linear_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
