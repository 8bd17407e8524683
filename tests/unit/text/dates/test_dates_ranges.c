/* Ranges, lists, deadlines, days with their times. */
#include "tests/unit/text/dates/dates_test.h"

static const struct dates_case ranges[] = {
  { "vom 3. bis 5. Juli", "2026-07-03 / 2026-07-05", "a range" },
  { "3.-5. Juli", "2026-07-03 / 2026-07-05", "a range" },
  { "3. – 5. Juli 2026", "2026-07-03 / 2026-07-05", "a range" },
  { "vom 3.7. bis 5.7.", "2026-07-03 / 2026-07-05", "a range" },
  { "3.7.-5.7.2026", "2026-07-03 / 2026-07-05", "a range" },
  { "14./15.10.", "2026-10-14 / 2026-10-15", "a range" },
  { "14. - 15.10.", "2026-10-14 / 2026-10-15", "a range" },
  { "14 - 15.10.", "2026-10-14 / 2026-10-15", "a range" },
  { "3. und 4. Juli", "2026-07-03 / 2026-07-04", "a range" },
  { "12. und 19. Mai", "2026-05-12 | 2026-05-19", "two days" },
  { "12., 19. und 26. Mai", "2026-05-12 | 2026-05-19 | 2026-05-26", "three days" },
  { "am 12. und 19. Mai um 15 Uhr", "2026-05-12 15:00 | 2026-05-19 15:00", "the time is both's" },
  { "vom 28.12. bis 3.1.", "2026-12-28 / 2027-01-03", "over the year" },
  { "vom 30. April bis 3. Mai", "2026-04-30 / 2026-05-03", "a range" },
  { "zwischen dem 4. und dem 22. Mai", "2026-05-04 / 2026-05-22", "a range" },
  { "13 bis 15 Juli", "2026-07-13 / 2026-07-15", "a range" },
  { "Juli 13 - Juli 15", "2026-07-13 / 2026-07-15", "a range" },
  { "November 19-20", "2026-11-19 / 2026-11-20", "a range" },
  { "Fr-So", "2026-03-13 / 2026-03-15", "a range" },
  { "Freitag bis Sonntag", "2026-03-13 / 2026-03-15", "a range" },
  { "Freitag bis Sonntag, 3.-5. Juli", "2026-07-03 / 2026-07-05", "a range" },
  { "Sa./So. 13./14. Juni", "2026-06-13 / 2026-06-14", "a range" },
  { "Samstag und Sonntag", "2026-03-14 / 2026-03-15", "a range" },
  { "von heute bis Freitag", "2026-03-10 / 2026-03-13", "a range" },
  { "heute und morgen", "2026-03-10 / 2026-03-11", "a range" },
  { "Fr 12.6. 18 Uhr bis So 14.6. 14 Uhr", "2026-06-12 18:00 / 2026-06-14 14:00", "a range" },
  { "vom 12. Mai, 15 Uhr, bis 13. Mai, 12 Uhr", "2026-05-12 15:00 / 2026-05-13 12:00", "a range" },
  { "Samstag, 12. Mai, 15 Uhr, bis 18 Uhr", "2026-05-12 15:00 / 2026-05-12 18:00", "a range" },
  { "am 12.5. von 15 bis 17 Uhr", "2026-05-12 15:00 / 2026-05-12 17:00", "a range" },
  { "am 12.5. bis 18 Uhr", "2026-05-12 / 2026-05-12 18:00", "a range" },
  { "12.5., 15-17 Uhr", "2026-05-12 15:00 / 2026-05-12 17:00", "a range" },
  { "12.5. 15:00-17:00", "2026-05-12 15:00 / 2026-05-12 17:00", "a range" },
  { "Samstag 10-12", "2026-03-14 10:00 / 2026-03-14 12:00", "a range" },
  { "Dienstag 10 - 12 und 14 - 16 Uhr",
    "2026-03-17 10:00 / 2026-03-17 12:00 | 2026-03-17 14:00 / 2026-03-17 16:00", "a range" },
  { "Samstag 20 bis 2 Uhr", "2026-03-14 20:00 / 2026-03-15 02:00", "a range" },
  { "am 12.5. um 15 Uhr, zwei Stunden lang", "2026-05-12 15:00 / 2026-05-12 17:00", "a range" },
  { "am 12.5. um 15 Uhr, Dauer ca. 90 Minuten", "2026-05-12 15:00 / 2026-05-12 16:30", "a range" },
  { "Samstag ab 15 Uhr", "2026-03-14 15:00+", "a range" },
  { "am 12.5. ab halb sieben", "2026-05-12 18:30+", "a range" },
  { "vom 14. auf den 15. Mai", "2026-05-14 / 2026-05-15", "a range" },
  { "vom 14.5. auf den 21.5.", "2026-05-14 | 2026-05-21", "moved: two days" },
  { "bis zum 10. Mai", "- / 2026-05-10!", "a range" },
  { "Anmeldeschluss: Freitag", "- / 2026-03-13!", "a word that says so" },
  { "Anmeldeschluss ist der 10. Mai", "- / 2026-05-10!", "a word that says so" },
  { "die Frist läuft bis zum 10. Mai", "- / 2026-05-10!", "a word that says so" },
  { "bis Freitag", "- / 2026-03-13!", "a range" },
  { "bis Freitag, 18 Uhr", "- / 2026-03-13 18:00!", "a range" },
  { "spätestens am 10. Mai", "- / 2026-05-10!", "a range" },
  { "bis einschließlich 10. Mai", "- / 2026-05-10!", "a range" },
  { "vom 4. bis einschließlich 8. Mai", "2026-05-04 / 2026-05-08", "a range" },
  { "bis morgen", "- / 2026-03-11!", "a range" },
  { "bis heute 18 Uhr", "- / 2026-03-10 18:00!", "a range" },
};

/* An end on a later day that is named: as whoever writes counts its hours. */
static const struct dates_case nights[] = {
  { "Samstag 22 Uhr bis Sonntag 5 Uhr", "2026-03-14 22:00 / 2026-03-15 05:00", "a night" },
  { "von Samstag, 22 Uhr, bis Sonntag, 5 Uhr früh", "2026-03-14 22:00 / 2026-03-15 05:00", "a night" },
  { "von Freitag 19:00 bis Samstag 02:00", "2026-03-13 19:00 / 2026-03-14 02:00", "a night" },
  { "Freitag 18 Uhr bis Sonntag 3 Uhr", "2026-03-13 18:00 / 2026-03-15 03:00", "counted to 24" },
  { "vom 12. Mai, 20 Uhr bis zum 13. Mai, 4 Uhr", "2026-05-12 20:00 / 2026-05-13 04:00", "a night" },
  { "Sa 30.5. 23 Uhr bis So 31.5. 6 Uhr", "2026-05-30 23:00 / 2026-05-31 06:00", "a night" },
  { "Samstagabend um acht bis Sonntag um zwei", "2026-03-14 20:00 / 2026-03-15 02:00", "an evening" },
  { "Samstag 21 Uhr bis Sonntag 8 Uhr morgens", "2026-03-14 21:00 / 2026-03-15 08:00", "a night" },
  { "Samstag um zehn bis Sonntag um fünf", "2026-03-14 10:00 / 2026-03-15 17:00", "no evening" },
  { "Freitag 18 Uhr bis Sonntag 15 Uhr", "2026-03-13 18:00 / 2026-03-15 15:00", "a weekend" },
  { "in der Nacht vom 6. auf den 7. Juni um 23 Uhr", "2026-06-06 23:00", "its evening" },
  { "in der Nacht vom 6. auf den 7. Juni um elf", "2026-06-06 23:00", "its evening" },
  { "in der Nacht vom 6. auf den 7. Juni um 2 Uhr", "2026-06-07 02:00", "its morning" },
  { "in der Nacht vom 6. auf den 7. Juni um zwölf", "2026-06-07 00:00", "midnight" },
  { "in der Nacht vom 6. auf den 7. Juni von 23 bis 2 Uhr", "2026-06-06 23:00 / 2026-06-07 02:00", "both" },
  { "in der Nacht von Samstag auf Sonntag um 1 Uhr", "2026-03-15 01:00", "by weekdays" },
  { "in der Nacht vom 24. auf den 25. Oktober, wir treffen uns um 2:30 Uhr", "2026-10-25 02:30",
    "the hour stands apart" },
  { "vom 6. auf den 7. Juni um 18 Uhr", "2026-06-06 18:00 / 2026-06-07", "no night is said" },
  { "verlegt von Samstag auf Sonntag", "2026-03-14 | 2026-03-15", "moved: two days" },
  { "Samstag 20 Uhr bis Sonntag 3 Uhr nachmittags", "2026-03-14 20:00 / 2026-03-15 15:00", "it says so" },
};

static void an_end_on_a_later_day_is_as_it_is_written(void **state)
{
  (void)state;
  check_dates(nights, G_N_ELEMENTS(nights), "de", &tuesday);
}

static void ranges_are_joined(void **state)
{
  (void)state;
  check_dates(ranges, G_N_ELEMENTS(ranges), "de", &tuesday);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_end_on_a_later_day_is_as_it_is_written),
    cmocka_unit_test(ranges_are_joined),
  };
  return cmocka_run_group_tests(tests, setup_dates, NULL);
}
