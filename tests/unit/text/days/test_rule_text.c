/* What a series is called in letters and on pages. */
#include "lib/text/days/rule_text.h"
#include "tests/unit/text/cases.h"

static const struct {
  const char *rule, *language, *words;
} cases[] = {
  { "FREQ=WEEKLY;BYDAY=TU", "de", "jeden Dienstag" },
  { "FREQ=WEEKLY;BYDAY=TU", "de-x-leicht", "jeden Dienstag" },
  { "FREQ=WEEKLY;BYDAY=TU", "en", "every Tuesday" },
  { "FREQ=WEEKLY;BYDAY=MO,WE,FR", "de", "jeden Montag, Mittwoch und Freitag" },
  { "FREQ=WEEKLY;BYDAY=SA,SU", "en", "every Saturday and Sunday" },
  { "FREQ=WEEKLY", "de", "jede Woche" },
  { "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "de", "alle zwei Wochen am Donnerstag" },
  { "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "en", "every two weeks on Thursday" },
  { "FREQ=WEEKLY;INTERVAL=3", "de", "alle 3 Wochen" },
  { "FREQ=MONTHLY;BYDAY=1TU", "de", "an jedem ersten Dienstag im Monat" },
  { "FREQ=MONTHLY;BYDAY=-1FR", "en", "on the last Friday of each month" },
  { "FREQ=MONTHLY;BYMONTHDAY=15", "de", "jeden Monat" },
  { "FREQ=MONTHLY;INTERVAL=2", "de", "alle 2 Monate" },
  { "FREQ=DAILY", "de", "täglich" },
  { "FREQ=YEARLY", "en", "every year" },
  { "FREQ=HOURLY", "de", "regelmäßig" },
  { "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260630T220000Z", "de", "jeden Dienstag, bis 30. Juni 2026" },
  { "FREQ=WEEKLY;UNTIL=20260630;BYDAY=TU", "en", "every Tuesday, until 30 June 2026" },
};

static void a_series_is_told_as_people_say_it(void **state)
{
  (void)state;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *words = rule_in_words(cases[i].rule, cases[i].language);
    if (g_strcmp0(words, cases[i].words) != 0) fail_msg("%s: %s", cases[i].rule, words);
  }
  assert_null(rule_in_words("", "de"));
}

int main(void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test(a_series_is_told_as_people_say_it) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
