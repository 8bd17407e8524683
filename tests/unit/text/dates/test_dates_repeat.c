/* What comes again, as RRULEs. */
#include "tests/unit/text/dates/dates_test.h"

static const struct dates_case repetitions[] = {
  { "jeden Dienstag", "2026-03-10 FREQ=WEEKLY;BYDAY=TU", "a repetition" },
  { "jeden Dienstag um 18 Uhr", "2026-03-10 18:00 FREQ=WEEKLY;BYDAY=TU", "a repetition" },
  { "jeden Mittwoch von 15 bis 17 Uhr", "2026-03-11 15:00 / 2026-03-11 17:00 FREQ=WEEKLY;BYDAY=WE",
    "a repetition" },
  { "dienstags", "2026-03-10 FREQ=WEEKLY;BYDAY=TU", "a repetition" },
  { "immer mittwochs um 17.30 Uhr", "2026-03-11 17:30 FREQ=WEEKLY;BYDAY=WE", "a repetition" },
  { "jeweils donnerstags 10 Uhr", "2026-03-12 10:00 FREQ=WEEKLY;BYDAY=TH", "a repetition" },
  { "immer am Samstag um 10", "2026-03-14 10:00 FREQ=WEEKLY;BYDAY=SA", "a repetition" },
  { "montags und donnerstags", "2026-03-12 FREQ=WEEKLY;BYDAY=MO,TH", "a repetition" },
  { "montags, mittwochs und freitags um 9 Uhr", "2026-03-11 09:00 FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "a repetition" },
  { "montags bis freitags", "2026-03-10 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "a repetition" },
  { "Mo-Fr 8-16 Uhr", "2026-03-11 08:00 / 2026-03-11 16:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "a repetition" },
  { "Montag bis Freitag von 9 bis 18 Uhr",
    "2026-03-11 09:00 / 2026-03-11 18:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "a repetition" },
  { "Mo. bis Fr. 18 Uhr", "2026-03-10 18:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "a repetition" },
  { "werktags von 8 bis 16 Uhr", "2026-03-11 08:00 / 2026-03-11 16:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "a repetition" },
  { "jeden ersten Dienstag im Monat", "2026-04-07 FREQ=MONTHLY;BYDAY=1TU", "a repetition" },
  { "jeden 1. Dienstag im Monat um 19 Uhr", "2026-04-07 19:00 FREQ=MONTHLY;BYDAY=1TU", "a repetition" },
  { "jeden letzten Freitag im Monat", "2026-03-27 FREQ=MONTHLY;BYDAY=-1FR", "a repetition" },
  { "am ersten Samstag im Monat", "2026-04-04 FREQ=MONTHLY;BYDAY=1SA", "a repetition" },
  { "am 1. und 3. Donnerstag im Monat", "2026-03-19 FREQ=MONTHLY;BYDAY=1TH,3TH", "a repetition" },
  { "am ersten und dritten Mittwoch eines jeden Monats", "2026-03-18 FREQ=MONTHLY;BYDAY=1WE,3WE",
    "a repetition" },
  { "jeden zweiten Mittwoch", "2026-03-11 FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "every other" },
  { "jeden zweiten Mittwoch im Monat", "2026-03-11 FREQ=MONTHLY;BYDAY=2WE", "a repetition" },
  { "jeden ersten Montag", "2026-04-06 FREQ=MONTHLY;BYDAY=1MO", "a repetition" },
  { "jede Woche", "2026-03-10 FREQ=WEEKLY", "a repetition" },
  { "jede zweite Woche", "2026-03-10 FREQ=WEEKLY;INTERVAL=2", "a repetition" },
  { "alle zwei Wochen", "2026-03-10 FREQ=WEEKLY;INTERVAL=2", "a repetition" },
  { "alle zwei Wochen dienstags um 19 Uhr", "2026-03-10 19:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "a repetition" },
  { "alle 14 Tage montags", "2026-03-16 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "a repetition" },
  { "dienstags alle 14 Tage", "2026-03-10 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "a repetition" },
  { "14-tägig dienstags", "2026-03-10 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "a repetition" },
  { "vierzehntägig", "2026-03-10 FREQ=WEEKLY;INTERVAL=2", "a repetition" },
  { "täglich", "2026-03-10 FREQ=DAILY", "a repetition" },
  { "täglich von 10 bis 18 Uhr", "2026-03-11 10:00 / 2026-03-11 18:00 FREQ=DAILY", "a repetition" },
  { "jeden Tag um 8 Uhr", "2026-03-11 08:00 FREQ=DAILY", "a repetition" },
  { "jeden Abend um 20 Uhr", "2026-03-10 20:00 FREQ=DAILY", "a repetition" },
  { "monatlich", "2026-03-10 FREQ=MONTHLY", "a repetition" },
  { "jeden Monat am 5.", "2026-04-05 FREQ=MONTHLY;BYMONTHDAY=5", "a repetition" },
  { "jeden 15. des Monats", "2026-03-15 FREQ=MONTHLY;BYMONTHDAY=15", "a repetition" },
  { "jedes Jahr am 1. Mai", "2026-05-01 FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=5", "a repetition" },
  { "alle drei Monate", "2026-03-10 FREQ=MONTHLY;INTERVAL=3", "a repetition" },
  { "jedes Wochenende", "2026-03-14 FREQ=WEEKLY;BYDAY=SA,SU", "a repetition" },
  { "ab Mai jeden ersten Dienstag im Monat", "2026-05-05 FREQ=MONTHLY;BYDAY=1TU", "a repetition" },
  { "jeden Dienstag ab Mai", "2026-05-05 FREQ=WEEKLY;BYDAY=TU", "a repetition" },
  { "jeden Dienstag bis Ende Juni um 18 Uhr", "2026-03-10 18:00 FREQ=WEEKLY;UNTIL=20260630T215900Z;BYDAY=TU",
    "a repetition" },
  { "vom 11.5. bis 29.6. jeden Montag um 18 Uhr",
    "2026-05-11 18:00 FREQ=WEEKLY;UNTIL=20260629T215900Z;BYDAY=MO", "between two days" },
  { "jeden Montag von 18 bis 20 Uhr vom 11. Mai bis zum 29. Juni",
    "2026-05-11 18:00 / 2026-05-11 20:00 FREQ=WEEKLY;UNTIL=20260629T215900Z;BYDAY=MO", "between two days" },
  { "montags und donnerstags um 8 Uhr im Saal, vom 11.5. bis 29.6.",
    "2026-05-11 08:00 FREQ=WEEKLY;UNTIL=20260629T215900Z;BYDAY=MO,TH", "said apart, in one sentence" },
  { "11.5.-29.6. montags 18 Uhr", "2026-05-11 18:00 FREQ=WEEKLY;UNTIL=20260629T215900Z;BYDAY=MO",
    "without words" },
  { "vom 6. bis 10. Juli, jeden Tag von 9 bis 15 Uhr",
    "2026-07-06 09:00 / 2026-07-06 15:00 FREQ=DAILY;UNTIL=20260710T215900Z", "every day of a week" },
  { "montags 18 Uhr, außer vom 11.7. bis 22.8.",
    "2026-03-16 18:00 FREQ=WEEKLY;BYDAY=MO | 2026-07-11 / 2026-08-22", "these are left out" },
  { "montags 18 Uhr, vom 11.7. bis 22.8. ist Pause",
    "2026-03-16 18:00 FREQ=WEEKLY;BYDAY=MO | 2026-07-11 / 2026-08-22", "these are left out" },
  { "jeden Montag um 18 Uhr, in den Ferien vom 11.7. bis 22.8. nicht",
    "2026-03-16 18:00 FREQ=WEEKLY;BYDAY=MO | 2026-07-11 / 2026-08-22", "these are left out" },
  { "vom 3. bis 5. Juli im Saal, täglich von 10 bis 18 Uhr",
    "2026-07-03 10:00 / 2026-07-03 18:00 FREQ=DAILY;UNTIL=20260705T215900Z", "each of the days" },
  { "vom 3. bis 5. Juli im Urlaub, dann täglich von 10 bis 18 Uhr",
    "2026-07-03 / 2026-07-05 | 2026-03-11 10:00 / 2026-03-11 18:00 FREQ=DAILY", "not on these" },
  { "sonnabends 9-13 Uhr", "2026-03-14 09:00 / 2026-03-14 13:00 FREQ=WEEKLY;BYDAY=SA", "a repetition" },
  { "dienstagabends um 20 Uhr", "2026-03-10 20:00 FREQ=WEEKLY;BYDAY=TU", "a repetition" },
};

static void repetitions_are_rules(void **state)
{
  (void)state;
  check_dates(repetitions, G_N_ELEMENTS(repetitions), "de", &tuesday);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(repetitions_are_rules),
  };
  return cmocka_run_group_tests(tests, setup_dates, NULL);
}
