/* Weeks, months, quarters and their parts. */
#include "tests/unit/text/dates/dates_test.h"

static const struct dates_case periods[] = {
  { "34. KW", "2026-08-17 / 2026-08-23 week", "a period" },
  { "KW 34", "2026-08-17 / 2026-08-23 week", "a period" },
  { "KW34", "2026-08-17 / 2026-08-23 week", "a period" },
  { "in der 34. Kalenderwoche 2026", "2026-08-17 / 2026-08-23 week", "a period" },
  { "KW 10", "2027-03-08 / 2027-03-14 week", "this week" },
  { "KW 9", "2027-03-01 / 2027-03-07 week", "over" },
  { "KW 53", "2026-12-28 / 2027-01-03 week", "2026 has one" },
  { "1. KW 2027", "2027-01-04 / 2027-01-10 week", "a period" },
  { "KW 28/29", "2026-07-06 / 2026-07-19 week", "a period" },
  { "28.-30. KW", "2026-07-06 / 2026-07-26 week", "a period" },
  { "II. Quartal", "2026-04-01 / 2026-06-30 quarter", "a period" },
  { "2. Quartal 2026", "2026-04-01 / 2026-06-30 quarter", "a period" },
  { "im dritten Quartal", "2026-07-01 / 2026-09-30 quarter", "a period" },
  { "Q3/2026", "2026-07-01 / 2026-09-30 quarter", "a period" },
  { "1. Halbjahr 2027", "2027-01-01 / 2027-06-30 quarter", "a period" },
  { "im Mai", "2026-05-01 / 2026-05-31 month", "a period" },
  { "im März", "2026-03-01 / 2026-03-31 month", "a period" },
  { "im Februar", "2027-02-01 / 2027-02-28 month", "a period" },
  { "Mai 2027", "2027-05-01 / 2027-05-31 month", "a period" },
  { "05/2026", "2026-05-01 / 2026-05-31 month", "a period" },
  { "Ende Mai", "2026-05-21 / 2026-05-31", "a period" },
  { "Mitte August", "2026-08-11 / 2026-08-20", "a period" },
  { "Anfang Juni", "2026-06-01 / 2026-06-10", "a period" },
  { "bis Ende Mai", "- / 2026-05-31!", "a period" },
  { "bis Mitte Juni", "- / 2026-06-20!", "a period" },
  { "Anfang nächster Woche", "2026-03-16 / 2026-03-17", "a period" },
  { "Ende der Woche", "2026-03-12 / 2026-03-15", "a period" },
  { "bis Ende nächster Woche", "- / 2026-03-22!", "a period" },
  { "Ende des Monats", "2026-03-21 / 2026-03-31", "a period" },
  { "zum Monatsende", "2026-03-21 / 2026-03-31", "a period" },
  { "bis zum Jahresende", "- / 2026-12-31 month!", "a period" },
  { "Anfang 2027", "2027-01-01 / 2027-02-28 month", "a period" },
  { "Ende 2026", "2026-11-01 / 2026-12-31 month", "a period" },
  { "Mitte des Jahres", "2026-06-01 / 2026-07-31 month", "a period" },
  { "Ende des 2. Quartals", "2026-06-01 / 2026-06-30 month", "a period" },
  { "diese Woche", "2026-03-09 / 2026-03-15 week", "a period" },
  { "nächste Woche", "2026-03-16 / 2026-03-22 week", "a period" },
  { "übernächste Woche", "2026-03-23 / 2026-03-29 week", "a period" },
  { "letzte Woche", "2026-03-02 / 2026-03-08 week<", "a period" },
  { "nächsten Monat", "2026-04-01 / 2026-04-30 month", "a period" },
  { "nächstes Jahr", "2027-01-01 / 2027-12-31 year", "a period" },
  { "dieses Jahr", "2026-01-01 / 2026-12-31 year", "a period" },
  { "am Wochenende", "2026-03-14 / 2026-03-15", "a period" },
  { "dieses Wochenende", "2026-03-14 / 2026-03-15", "a period" },
  { "nächstes Wochenende", "2026-03-14 / 2026-03-15", "a period" },
  { "im Sommer", "2026-06-21 / 2026-09-22 quarter", "a period" },
  { "im Sommer 2027", "2027-06-21 / 2027-09-22 quarter", "a period" },
  { "im Herbst", "2026-09-23 / 2026-12-20 quarter", "a period" },
  { "in den nächsten drei Tagen", "2026-03-11 / 2026-03-13", "a period" },
  { "in den nächsten drei Wochen", "2026-03-16 / 2026-03-31 week", "a period" },
  { "innerhalb der nächsten 14 Tage", "- / 2026-03-24!", "a period" },
  { "binnen vier Wochen", "- / 2026-04-07!", "a period" },
  { "innerhalb von zwei Wochen", "- / 2026-03-24!", "a period" },
  { "im Laufe des Monats April", "2026-04-01 / 2026-04-30 month", "a period" },
  { "zweite Juliwoche", "2026-07-13 / 2026-07-19 week", "a period" },
  { "erste Maihälfte", "2026-05-01 / 2026-05-15", "a period" },
  { "erste Woche im Oktober", "2026-10-05 / 2026-10-11 week", "a period" },
  { "im Jahr 2027", "2027-01-01 / 2027-12-31 year", "a period" },
  { "seit 2019", "2019-01-01 year<+", "a period" },
  { "seit Mai", "2025-05-01 month<+", "a period" },
  { "ab Juni", "2026-06-01 month+", "a period" },
  { "Mai bis Juli", "2026-05-01 / 2026-07-31 month", "a period" },
  { "im Mai/Juni", "2026-05-01 / 2026-06-30 month", "a period" },
  { "von Juni bis August 2026", "2026-06-01 / 2026-08-31 month", "a period" },
  { "im nächsten Quartal", "2026-04-01 / 2026-06-30 quarter", "a period" },
};

static void periods_are_read(void **state)
{
  (void)state;
  check_dates(periods, G_N_ELEMENTS(periods), "de", &tuesday);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(periods_are_read),
  };
  return cmocka_run_group_tests(tests, setup_dates, NULL);
}
