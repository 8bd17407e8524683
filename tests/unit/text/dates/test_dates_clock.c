/* Clock times, in figures and as they are spoken. */
#include "tests/unit/text/dates/dates_test.h"

static const struct dates_case clocks[] = {
  { "Samstagnacht um 2", "2026-03-15 02:00", "a night goes on after midnight" },
  { "Samstagnacht um 23 Uhr", "2026-03-14 23:00", "and begins before" },
  { "Heute Nacht um 2 wird gesperrt", "2026-03-11 02:00", "the night to come" },
  { "Heute Nacht um 2 hat es geknallt", "2026-03-10 02:00", "the night that is over" },
  { "letzte Nacht um 3 Uhr hat es gebrannt", "2026-03-10 03:00<", "today, by the calendar" },
  { "heute nacht um halb eins war Lärm", "2026-03-10 00:30", "half an hour of today" },
  { "um drei", "2026-03-10 15:00", "a bare hour is the afternoon's" },
  { "um 3 Uhr", "2026-03-10 15:00", "with Uhr too" },
  { "um 9", "2026-03-11 09:00", "the morning's from nine on" },
  { "um neun Uhr dreißig", "2026-03-11 09:30", "in words" },
  { "15 Uhr", "2026-03-10 15:00", "a clock time" },
  { "15.30 Uhr", "2026-03-10 15:30", "a clock time" },
  { "15:30", "2026-03-10 15:30", "a clock time" },
  { "15:30 Uhr", "2026-03-10 15:30", "a clock time" },
  { "15:30:00 Uhr", "2026-03-10 15:30", "a clock time" },
  { "15 Uhr 30", "2026-03-10 15:30", "a clock time" },
  { "15h", "2026-03-10 15:00", "a clock time" },
  { "15h30", "2026-03-10 15:30", "a clock time" },
  { "18-20 h", "2026-03-10 18:00 / 2026-03-10 20:00", "a clock time" },
  { "18–20 Uhr", "2026-03-10 18:00 / 2026-03-10 20:00", "a dash of Word's" },
  { "3pm", "2026-03-10 15:00", "a clock time" },
  { "um halb sieben", "2026-03-10 18:30", "a clock time" },
  { "halb 7", "2026-03-10 18:30", "a clock time" },
  { "viertel acht", "2026-03-10 19:15", "Berlin: a quarter of the eighth hour" },
  { "dreiviertel acht", "2026-03-10 19:45", "a clock time" },
  { "drei viertel acht", "2026-03-10 19:45", "a clock time" },
  { "viertel vor acht", "2026-03-10 19:45", "a clock time" },
  { "viertel nach acht", "2026-03-10 20:15", "a clock time" },
  { "fünf vor halb acht", "2026-03-10 19:25", "a clock time" },
  { "zwanzig nach drei", "2026-03-10 15:20", "a clock time" },
  { "zehn vor 12", "2026-03-11 11:50", "a clock time" },
  { "gegen 13 Uhr", "2026-03-10 13:00 hour", "a clock time" },
  { "so gegen vier", "2026-03-10 16:00 hour", "a clock time" },
  { "ca. 15 Uhr", "2026-03-10 15:00 hour", "a clock time" },
  { "kurz nach acht", "2026-03-10 20:00", "a clock time" },
  { "Punkt zwölf", "2026-03-10 12:00", "a clock time" },
  { "12 Uhr mittags", "2026-03-10 12:00", "a clock time" },
  { "12 Uhr nachts", "2026-03-11 00:00", "a clock time" },
  { "24 Uhr", "2026-03-11 00:00", "the next day begins" },
  { "0 Uhr", "2026-03-11 00:00", "a clock time" },
  { "00:00 Uhr", "2026-03-11 00:00", "a clock time" },
  { "um Mitternacht", "2026-03-11 00:00", "a clock time" },
  { "morgens um 7", "2026-03-11 07:00", "a clock time" },
  { "abends um 8", "2026-03-10 20:00", "a clock time" },
  { "nachmittags um 4", "2026-03-10 16:00", "a clock time" },
  { "8 Uhr morgens", "2026-03-11 08:00", "a clock time" },
  { "nachts um 3 Uhr", "2026-03-11 03:00", "a clock time" },
  { "um 7 Uhr früh", "2026-03-11 07:00", "a clock time" },
  { "7 Uhr", "2026-03-11 07:00", "a clock time" },
  { "8 Uhr", "2026-03-11 08:00", "a clock time" },
  { "um sieben", "2026-03-10 19:00", "a clock time" },
  { "von 15 bis 17 Uhr", "2026-03-10 15:00 / 2026-03-10 17:00", "a clock time" },
  { "von 5 bis 6 Uhr", "2026-03-10 17:00 / 2026-03-10 18:00", "both of the same half-day" },
  { "Am 11.3. von 5 bis 7.", "2026-03-11 17:00 / 2026-03-11 19:00", "the stop is the sentence's" },
  { "von 3 bis 5 Uhr", "2026-03-10 15:00 / 2026-03-10 17:00", "a clock time" },
  { "von 10 bis 2 Uhr", "2026-03-11 10:00 / 2026-03-11 14:00", "a clock time" },
  { "von 9 bis 12 Uhr", "2026-03-11 09:00 / 2026-03-11 12:00", "a clock time" },
  { "zwischen 14 und 16 Uhr", "2026-03-10 14:00 / 2026-03-10 16:00", "a clock time" },
  { "zwischen 4 und 6 Uhr nachmittags", "2026-03-10 16:00 / 2026-03-10 18:00", "a clock time" },
  { "von 22 bis 6 Uhr", "2026-03-10 22:00 / 2026-03-11 06:00", "over midnight" },
  { "von 20 bis 2 Uhr", "2026-03-10 20:00 / 2026-03-11 02:00", "a clock time" },
  { "9.30-11 Uhr", "2026-03-11 09:30 / 2026-03-11 11:00", "a clock time" },
  { "10:00 - 12:30 Uhr", "2026-03-11 10:00 / 2026-03-11 12:30", "a clock time" },
  { "von 15.00 Uhr bis 17.30 Uhr", "2026-03-10 15:00 / 2026-03-10 17:30", "a clock time" },
  { "ab 14 Uhr", "2026-03-10 14:00+", "open" },
  { "nach 18 Uhr", "2026-03-10 18:00+", "a clock time" },
  { "bis 18 Uhr", "- / 2026-03-10 18:00!", "a deadline" },
  { "bis spätestens 12 Uhr", "- / 2026-03-10 12:00!", "a clock time" },
  { "um 18 uhr und 12", "2026-03-10 18:12", "a clock time" },
  { "17h10", "2026-03-10 17:10", "a clock time" },
  { "10 h 10 Uhr", "2026-03-11 10:10", "a clock time" },
  { "um eins", "2026-03-10 13:00", "a clock time" },
  { "halb eins", "2026-03-10 12:30", "a clock time" },
  { "um 10.10", "2026-03-11 10:10", "a clock time" },
};

static void clock_times_are_read(void **state)
{
  (void)state;
  check_dates(clocks, G_N_ELEMENTS(clocks), "de", &tuesday);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(clock_times_are_read),
  };
  return cmocka_run_group_tests(tests, setup_dates, NULL);
}
