/* Planned times: as the store keeps them, as letters say them, and the dates of a series. */
#include "lib/text/dates/series.h"
#include "lib/text/days/wall_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void what_is_written_is_read_again(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_good;
  } cases[] = {
    { "2026-05-16T15:00", true },   { "2026-05-16", true },
    { "2028-02-29", true },         { "", false },
    { "2026-02-29", false },        { "2026-05-16T24:00", false },
    { "2026-05-16T15:60", false },  { "2026-05-16T15", false },
    { "2026-05-16T15:00Z", false }, { "26-05-16", false },
    { "2026-05-16 15:00", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct wall wall;
    if (wall_read(cases[i].text, &wall) != cases[i].is_good) fail_msg("%s", cases[i].text);
    g_autofree char *again = wall_write(&wall);
    assert_string_equal(again, cases[i].is_good ? cases[i].text : "");
  }
}

static void letters_say_it_in_words(void **state)
{
  (void)state;
  static const struct {
    const char *start, *end, *language, *words;
  } cases[] = {
    { "2026-05-16T15:00", "", "de", "Samstag, 16. Mai 2026, 15 Uhr" },
    { "2026-05-16T15:00", "2026-05-16T18:30", "de", "Samstag, 16. Mai 2026, 15 bis 18:30 Uhr" },
    { "2026-05-16T15:00", "2026-05-16T18:30", "de-x-leicht", "Samstag, 16. Mai 2026, 15 bis 18:30 Uhr" },
    { "2026-05-16T15:00", "2026-05-16T18:30", "en", "Saturday, 16 May 2026, 15:00 to 18:30" },
    { "2026-12-31T20:00", "2027-01-01T02:00", "de",
      "Donnerstag, 31. Dezember 2026, 20 Uhr, bis Freitag, 1. Januar 2027, 2 Uhr" },
    { "2026-05-16", "", "de", "Samstag, 16. Mai 2026" },
    { "2026-05-16", "2026-05-17", "de", "Samstag, 16. Mai 2026 bis Sonntag, 17. Mai 2026" },
    { "2026-05-18T00:05", "", "tr", "Montag, 18. Mai 2026, 0:05 Uhr" },
    { "", "", "de", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct wall start, end;
    wall_read(cases[i].start, &start);
    wall_read(cases[i].end, &end);
    g_autofree char *words = wall_in_words(&start, &end, cases[i].language);
    assert_string_equal(words, cases[i].words);
  }
}

static void a_series_has_its_dates(void **state)
{
  (void)state;
  static const struct {
    const char *rule, *start, *from, *next; /* next "": none */
  } cases[] = {
    { "", "2026-05-16T15:00", "2026-05-01", "2026-05-16T15:00" },
    { "", "2026-05-16T15:00", "2026-05-16T15:00", "2026-05-16T15:00" },
    { "", "2026-05-16T15:00", "2026-05-16T15:01", "" },
    { "FREQ=MONTHLY;BYDAY=1TU", "2026-01-06T19:00", "2026-01-06T19:01", "2026-02-03T19:00" },
    { "FREQ=MONTHLY;BYDAY=1TU", "2026-01-06T19:00", "2027-06-15", "2027-07-06T19:00" },
    { "FREQ=WEEKLY;COUNT=3", "2026-03-22T02:30", "2026-03-23",
      "2026-03-29T02:30" }, /* an hour that is left out */
    { "FREQ=WEEKLY;COUNT=3", "2026-03-22T02:30", "2026-04-06", "" },
    { "FREQ=YEARLY", "2024-02-29", "2026-01-01", "2028-02-29" },
    { "FREQ=DAILY;UNTIL=20260103", "2026-01-01", "2026-01-04", "" },
    { "FREQ=NONSENSE", "2026-01-01", "2026-01-01", "2026-01-01" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct wall start, from, next = { 0 };
    wall_read(cases[i].start, &start);
    wall_read(cases[i].from, &from);
    bool is_there = series_next(cases[i].rule, &start, &from, &next);
    g_autofree char *text = is_there ? wall_write(&next) : g_strdup("");
    if (strcmp(text, cases[i].next) != 0) fail_msg("%s from %s: %s", cases[i].rule, cases[i].from, text);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_written_is_read_again),
    cmocka_unit_test(letters_say_it_in_words),
    cmocka_unit_test(a_series_has_its_dates),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
