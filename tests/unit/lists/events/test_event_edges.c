/* Where calendars go wrong: clocks that change, midnight, whole days, the turn of a year, a series with
 * exceptions over a year, and a law that moves the clocks. What is planned is wall time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "tests/unit/lists/events/event_club.h"

#include "lib/mail/ics/calendar_out.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/wall_text.h"
#include "lists/events/event.h"

static int64_t at(const char *wall)
{
  struct wall read;
  assert_true(wall_read(wall, &read));
  return wall_seconds(&read, "Europe/Berlin");
}

/* A call of Anna's at a moment, confirmed. */
static void called_at(struct club *club, int64_t now, const char *text)
{
  club_open(club);
  clock_fix(now);
  club_write(club, "anna@web.de", "gruenau@kiez.example", "Hoffest", text, true);
  club_wait(club, now + 3600);
  club_answer(club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 3; i++) club_wait(club, now + 3660 + 60 * i);
}

static void what_is_said_is_what_stands(void **state)
{
  (void)state;
  static const struct {
    const char *text, *starts, *ends;
  } cases[] = {
    { "Nachtfest am 29. März 2026 um 2:30 Uhr nachts", "2026-03-29T02:30", "" }, /* the clock leaves it out */
    { "Nachtfest am 25. Oktober 2026 um 2:30 Uhr nachts", "2026-10-25T02:30", "" }, /* comes twice */
    { "Hoffest am 9. Mai von 20 bis 1 Uhr", "2026-05-09T20:00", "2026-05-10T01:00" },
    { "Hoffest am 9. Mai von 22 bis 24 Uhr", "2026-05-09T22:00", "2026-05-10T00:00" },
    { "Hoffest am 9. Mai um 0 Uhr", "2026-05-09T00:00", "" },
    { "Hoffest am 9. Mai, ganztägig", "2026-05-09", "" },
    { "Sommerfest vom 3. bis 5. Juli", "2026-07-03", "2026-07-05" },
    { "Hoffest vom 30. Dezember bis 2. Januar", "2026-12-30", "2027-01-02" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    g_autofree char *text = g_strdup_printf("%s im Segelfliegerdamm 12. Kommt alle vorbei!", cases[i].text);
    called_at(&club, TEST_NOW, text);
    g_autoptr(event_t) event = the_event(&club);
    if (strcmp(event->starts, cases[i].starts) != 0 || strcmp(event->ends, cases[i].ends) != 0)
      fail_msg("%s: %s %s", cases[i].text, event->starts, event->ends);
    assert_string_equal(event->state, "open");
    club_close(&club);
  }
}

static void a_begin_that_the_clock_leaves_out_is_an_hour_later(void **state)
{
  (void)state;
  struct club club;
  called_at(&club, TEST_NOW,
            "Nachtfest am 29. März 2026 um 2:30 Uhr nachts im Segelfliegerdamm 12. Kommt alle!");
  g_autoptr(event_t) event = the_event(&club);
  assert_int_equal(event->next_at, at("2026-03-29T03:30"));
  club_close(&club);
}

/* The next date at a moment; "" none. Caller frees. */
static char *next_at(struct club *club, int64_t now)
{
  clock_fix(now);
  struct worker *worker = post_worker(&club->town);
  g_autoptr(event_t) event = the_event(club);
  struct event_moment moment;
  bool is_there = false;
  struct work work = { .store = club->town.store, .config = club->town.config, .now = now };
  assert_true(event_next_date(&work, event, &moment, &is_there, NULL));
  char *text = is_there ? wall_write(&moment.start) : g_strdup("");
  event_moment_clear(&moment);
  worker_free(worker);
  return text;
}

static void next_is(struct club *club, const char *now, const char *wanted)
{
  g_autofree char *next = next_at(club, at(now));
  if (strcmp(next, wanted) != 0) fail_msg("from %s: %s and not %s", now, next, wanted);
}

static void a_series_keeps_its_hour_where_the_clocks_change(void **state)
{
  (void)state;
  struct club club;
  called_at(&club, TEST_NOW, "Kiezchor: jeden Sonntag um 19 Uhr im Segelfliegerdamm 12. Kommt alle vorbei!");
  next_is(&club, "2026-03-28T12:00", "2026-03-29T19:00");
  next_is(&club, "2026-10-24T12:00", "2026-10-25T19:00");
  assert_int_equal(at("2026-03-29T19:00") - at("2026-03-22T19:00"), 7 * 86400 - 3600);
  assert_int_equal(at("2026-10-25T19:00") - at("2026-10-18T19:00"), 7 * 86400 + 3600);
  club_close(&club);
}

static void a_series_with_exceptions_over_a_year(void **state)
{
  (void)state;
  struct club club;
  called_at(
      &club, TEST_NOW,
      "Unser Stammtisch ist jeden ersten Dienstag im Monat um 19 Uhr im Segelfliegerdamm 12. Kommt vorbei!");
  club_says(&club, "Am 5. Mai fällt es aus.");
  club_confirms(&club, "event_change", "Ja");
  club_says(&club, "Der Termin am 7. Juli ist verschoben auf den 8. Juli um 18 Uhr.");
  club_confirms(&club, "event_change", "Ja");
  static const char *const dates[] = { "2026-03-03T19:00", "2026-04-07T19:00", "2026-06-02T19:00",
                                       "2026-07-08T18:00", "2026-08-04T19:00", "2026-09-01T19:00",
                                       "2026-10-06T19:00", "2026-11-03T19:00", "2026-12-01T19:00",
                                       "2027-01-05T19:00", "2027-02-02T19:00", "2027-03-02T19:00" };
  for (gsize i = 0; i + 1 < G_N_ELEMENTS(dates); i++) {
    g_autofree char *next = next_at(&club, at(dates[i]) + 5 * 3600);
    if (strcmp(next, dates[i + 1]) != 0) fail_msg("behind %s: %s", dates[i], next);
  }
  clock_fix(TEST_NOW + 8 * 86400);
  club_comes(&club, "bert@web.de", "Ja, ich komme immer.");
  club_comes(&club, "bert@web.de", "Am 8. Juli kann ich leider nicht."); /* the moved one, by its new day */
  g_autoptr(event_t) event = the_event(&club);
  struct event_count count;
  assert_true(event_count(club.town.store, event->id, "2026-07-07T19:00", &count, NULL));
  assert_int_equal(count.no, 1);
  club_says(&club, "Am 8. Juli fällt es aus.");
  club_confirms(&club, "event_change", "Ja");
  next_is(&club, "2026-06-03T12:00", "2026-08-04T19:00");
  club_close(&club);
}

static void a_day_without_a_year_lies_ahead(void **state)
{
  (void)state;
  struct club club;
  called_at(&club, at("2026-12-20T10:00"),
            "Neujahrsspaziergang am 3. Januar um 13 Uhr, Treffpunkt Segelfliegerdamm 12. Kommt alle mit!");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->starts, "2027-01-03T13:00");
  assert_int_equal(event->year, 2027); /* its page is of the year it begins in */
  club_close(&club);
}

static void a_day_behind_us_is_asked_about(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "termine", "events", true);
  clock_fix(at("2026-12-20T10:00"));
  club_write(&club, "anna@web.de", "termine@kiez.example", "Spaziergang",
             "Spaziergang am 2. Januar 2026 um 13 Uhr, Segelfliegerdamm 12. Kommt alle mit!", true);
  club_has(&club, "event_draft", "anna@web.de", "Wann beginnt es?");
  clock_fix(at("2026-12-20T11:00"));
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Wann: 2. Januar 2027 um 13 Uhr", true);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->starts, "2027-01-02T13:00");
  club_close(&club);
}

static void a_yes_that_comes_too_late_is_asked_for_a_new_day(void **state)
{
  (void)state;
  static const struct {
    const char *text, *now, *answer, *state;
  } cases[] = {
    { "Spaziergang am 2. April 2026 um 13 Uhr, Segelfliegerdamm 12. Kommt alle mit!", "2026-04-03T10:00",
      "Ja", "draft" },
    { "Spaziergang am 2. April 2026, 13 bis 15 Uhr, Segelfliegerdamm 12. Kommt!", "2026-04-02T15:01",
      "Ja, passt alles", "draft" },
    { "Flohmarkt am 2. April 2026, Segelfliegerdamm 12. Kommt alle!", "2026-04-03T00:30", "Stimmt so, ja",
      "draft" },
    { "Spaziergang am 2. April 2026, 13 bis 15 Uhr, Segelfliegerdamm 12. Kommt!", "2026-04-02T13:30", "Ja",
      "open" }, /* is going on */
    { "Spaziergang jeden Donnerstag um 13 Uhr, Segelfliegerdamm 12. Kommt alle!", "2026-06-03T10:00", "Ja",
      "open" },
    { "Spaziergang am 2. April 2026 um 13 Uhr, Segelfliegerdamm 12. Kommt alle mit!", "2026-04-03T10:00",
      "Wann: 9. April 2026 um 13 Uhr\n\nJa", "open" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_open(&club);
    club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Termin", cases[i].text, true);
    clock_fix(at(cases[i].now));
    club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", cases[i].answer, true);
    for (int k = 0; k < 3; k++) club_wait(&club, clock_now() + 60);
    g_autoptr(event_t) event = the_event(&club);
    if (strcmp(event->state, cases[i].state) != 0)
      fail_msg("%s, %s: %s", cases[i].text, cases[i].now, event->state);
    if (strcmp(cases[i].state, "draft") == 0) {
      club_has(&club, "event_draft", "anna@web.de", "Wann beginnt es?");
      assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 0);
      club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Wann: 30. April 2026 um 13 Uhr\n\nJa",
                  true);
      g_autoptr(event_t) later = the_event(&club);
      assert_string_equal(later->state, "open");
      assert_string_equal(later->starts, "2026-04-30T13:00");
    }
    club_close(&club);
  }
}

static void a_moved_date_lasts_as_long_as_the_others(void **state)
{
  (void)state;
  static const struct {
    const char *starts, *ends, *start, *end;
  } cases[] = {
    { "2026-03-05T18:00", "2026-03-05T20:00", "2026-03-13T21:00", "2026-03-13T23:00" },
    { "2026-03-05T18:00", "2026-03-05T20:00", "2026-03-13T23:30", "2026-03-14T01:30" },
    { "2026-03-05T18:00", "2026-03-05T20:15", "2026-03-29T01:00", "2026-03-29T03:15" },
    { "2026-03-05T22:00", "2026-03-06T02:00", "2026-03-31T09:00", "2026-03-31T13:00" },
    { "2026-03-05", "2026-03-07", "2026-04-30", "2026-05-02" },
    { "2026-03-05T18:00", "2026-03-07", "2026-04-30T20:00", "2026-05-02" },
    { "2026-03-05T18:00", "", "2026-03-13T21:00", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct wall start;
    struct event event = { .starts = (char *)cases[i].starts, .ends = (char *)cases[i].ends };
    assert_true(wall_read(cases[i].start, &start));
    struct wall end = event_end_of(&event, &start);
    g_autofree char *said = wall_write(&end);
    assert_string_equal(said, cases[i].end);
  }
}

static void a_date_moved_to_a_late_hour_is_not_over_before_it_begins(void **state)
{
  (void)state;
  struct club club;
  called_at(&club, TEST_NOW,
            "Unser Stammtisch ist jeden Donnerstag von 18 bis 20 Uhr im Segelfliegerdamm 12. Kommt vorbei!");
  club_says(&club, "Der Termin am 12. März ist verschoben auf den 13. März um 21 Uhr.");
  club_has(&club, "event_change", "anna@web.de", "21 bis 23 Uhr");
  club_confirms(&club, "event_change", "Ja");
  next_is(&club, "2026-03-12T12:00", "2026-03-13T21:00");
  next_is(&club, "2026-03-13T22:00", "2026-03-13T21:00");
  next_is(&club, "2026-03-13T23:01", "2026-03-19T18:00");
  club_close(&club);
}

/* ---- a law ---- */

static void put_number(GByteArray *out, int64_t number, int bytes)
{
  for (int i = bytes - 1; i >= 0; i--) {
    guint8 byte = (guint8)((uint64_t)number >> (8 * i));
    g_byte_array_append(out, &byte, 1);
  }
}

/* A zone file (RFC 9636, version 1): winter time, and summer time between the moments. */
static void write_zone(const char *directory, const char *name, const int64_t *moments, int count)
{
  g_autoptr(GByteArray) out = g_byte_array_new();
  guint8 head[20] = { 'T', 'Z', 'i', 'f' };
  g_byte_array_append(out, head, sizeof head);
  const int64_t counts[] = { 0, 0, 0, count, 2, 9 };
  for (gsize i = 0; i < G_N_ELEMENTS(counts); i++) put_number(out, counts[i], 4);
  for (int i = 0; i < count; i++) put_number(out, moments[i], 4);
  for (int i = 0; i < count; i++) put_number(out, (i + 1) % 2, 1);
  put_number(out, 3600, 4), put_number(out, 0, 1), put_number(out, 0, 1);
  put_number(out, 7200, 4), put_number(out, 1, 1), put_number(out, 4, 1);
  g_byte_array_append(out, (const guint8 *)"CET\0CEST", 9);
  g_autofree char *path = g_build_filename(directory, name, NULL);
  assert_true(g_file_set_contents(path, (const char *)out->data, (gssize)out->len, NULL));
}

/* The same event under the old law and the new one: people meet at 19 o'clock by their own clocks. */
static void a_new_law_moves_the_moment_and_not_the_hour(void **state)
{
  (void)state;
  struct wall meeting = { 2027, 1, 12, 19, 0 };
  int64_t old = wall_seconds(&meeting, "Kiez/Alt"), now = wall_seconds(&meeting, "Kiez/Neu");
  assert_int_equal(old, 1799776800); /* 18:00 UTC */
  assert_int_equal(now, old - 3600); /* summer time for good: 17:00 UTC */
  static const char *const zones[] = { "Kiez/Alt", "Kiez/Neu" };
  for (gsize i = 0; i < G_N_ELEMENTS(zones); i++) {
    g_autofree char *words = wall_in_words(&meeting, &(struct wall){ 0 }, "de");
    assert_string_equal(words, "Dienstag, 12. Januar 2027, 19 Uhr");
    struct wall shown = zone_wall(i ? now : old, zones[i]);
    assert_int_equal(shown.hour, 19);
    g_autofree char *format = wall_format(&meeting, zones[i]);
    assert_string_equal(format, i ? "2027-01-12T19:00:00+02:00" : "2027-01-12T19:00:00+01:00");
  }
  struct club club;
  called_at(&club, TEST_NOW, "Hoffest am 12. Januar 2027 um 19 Uhr im Segelfliegerdamm 12. Kommt alle!");
  g_autoptr(event_t) event = the_event(&club);
  struct work work = { .store = club.town.store, .config = club.town.config, .now = TEST_NOW };
  for (gsize i = 0; i < G_N_ELEMENTS(zones); i++) {
    g_free(event->zone);
    event->zone = g_strdup(zones[i]);
    assert_true(event_schedule(&work, event, NULL));
    assert_int_equal(event->next_at, i ? now : old);
    assert_string_equal(event->starts, "2027-01-12T19:00");
  }
  club_close(&club);
}

static int open_zones(void **state)
{
  char *directory = g_dir_make_tmp("kiezpost-zones-XXXXXX", NULL);
  if (!directory) return -1;
  g_autofree char *europe = g_build_filename(directory, "Europe", NULL);
  g_autofree char *ours = g_build_filename(directory, "Kiez", NULL);
  if (symlink("/usr/share/zoneinfo/Europe", europe) != 0 || g_mkdir(ours, 0700) != 0) return -1;
  const int64_t old[] = { 1774746000, 1792890000, 1806195600, 1824944400 }; /* 2026 and 2027 */
  write_zone(directory, "Kiez/Alt", old, 4);
  write_zone(directory, "Kiez/Neu", old, 1);
  g_setenv("TZDIR", directory, TRUE);
  *state = directory;
  return 0;
}

static int close_zones(void **state)
{
  char *directory = *state;
  static const char *const names[] = { "Kiez/Alt", "Kiez/Neu", "Kiez", "Europe" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(directory, names[i], NULL);
    g_remove(path);
  }
  g_rmdir(directory);
  g_free(directory);
  return 0;
}

/* A note of a program, sent without a word of it in the header, says nothing about the event; a person's "bin
 * im Urlaub" does. */
static void a_note_of_who_is_away_is_no_answer(void **state)
{
  (void)state;
  static const struct {
    const char *subject, *text;
    bool is_no;
  } cases[] = {
    { "Out of office", "I am away until June 30 and cannot make it to my inbox. Best, Bert", false },
    { "Abwesend",
      "Danke für deine Nachricht! Ich bin bis zum 5. Juli im Urlaub und kann leider nicht antworten.",
      false },
    { "Vacation: Hoffest", "I will be out of the office. I can't make it to my inbox.", false },
    { "Re: Hoffest", "Bin vom 10. bis 20. verreist und kann Mails leider nicht lesen.", false },
    { "Hoffest", "I'm on vacation until 20 May and won't be able to reply.", false },
    { "Re: Hoffest", "Leider nein, wir sind im Urlaub.", true },
    { "Re: Hoffest", "Sind verreist, können leider nicht kommen.", true },
    { "Re: Hoffest", "Wir können leider nicht kommen, sind dann im Urlaub und nicht erreichbar.", true },
    { "Re: Hoffest", "Sorry, we can't make it, we're away that weekend.", true },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, feast);
    g_autofree char *to = club_reply_address(&club, "event_invitation", "bert@web.de");
    club_comes(&club, "bert@web.de", "Wir kommen zu dritt");
    clock_fix(clock_now() + 3600);
    club_write(&club, "bert@web.de", to, cases[i].subject, cases[i].text, true);
    g_autoptr(event_t) event = the_event(&club);
    struct event_count count;
    assert_true(event_count(club.town.store, event->id, "", &count, NULL));
    bool is_good = count.no == (cases[i].is_no ? 1 : 0) && count.yes == (cases[i].is_no ? 0 : 1);
    if (!is_good)
      print_message("%s | %s: yes %d no %d\n", cases[i].subject, cases[i].text, count.yes, count.no);
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

/* Who comes, said beside who is away, is an answer; beside when mails are read it is none. */
static void who_comes_beside_an_absence_counts(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int yes, people;
  } cases[] = {
    { "doch nur ich, die anderen sind krank", 1, 1 },
    { "Ich komme, mein Mann ist verreist", 1, 1 },
    { "Ich komme allein, die Kinder sind krank", 1, 1 },
    { "Bin leider im Urlaub, aber meine Frau kommt", 1, 1 },
    { "Ich komme, meine Frau ist bis Freitag im Krankenhaus", 1, 1 },
    { "I'm coming, my husband is away", 1, 1 },
    { "Ben geliyorum, eşim tatilde", 1, 1 },
    { "Ja, auch ich bin mal im Urlaub. Bin ab Montag wieder da und komme dann auf Sie zurück.", 0, 0 },
    { "Ich bin bis 20. Mai verreist und lese meine Mails erst danach. Gern!", 0, 0 },
    { "Okay! I'm travelling this week and will reply when I return.", 0, 0 },
    { "Super! Bin im Urlaub und komme am Montag zurück.", 0, 0 },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, feast);
    g_autofree char *to = club_reply_address(&club, "event_invitation", "bert@web.de");
    club_write(&club, "bert@web.de", to, "Re: Hoffest", cases[i].text, true);
    g_autoptr(event_t) event = the_event(&club);
    struct event_count count;
    assert_true(event_count(club.town.store, event->id, "", &count, NULL));
    bool is_good = count.yes == cases[i].yes && count.people == cases[i].people;
    if (!is_good) print_message("%s: yes %d people %d\n", cases[i].text, count.yes, count.people);
    bad += !is_good;
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_said_is_what_stands),
    cmocka_unit_test(a_begin_that_the_clock_leaves_out_is_an_hour_later),
    cmocka_unit_test(a_series_keeps_its_hour_where_the_clocks_change),
    cmocka_unit_test(a_series_with_exceptions_over_a_year),
    cmocka_unit_test(a_day_without_a_year_lies_ahead),
    cmocka_unit_test(a_yes_that_comes_too_late_is_asked_for_a_new_day),
    cmocka_unit_test(a_moved_date_lasts_as_long_as_the_others),
    cmocka_unit_test(a_date_moved_to_a_late_hour_is_not_over_before_it_begins),
    cmocka_unit_test(a_day_behind_us_is_asked_about),
    cmocka_unit_test(a_new_law_moves_the_moment_and_not_the_hour),
    cmocka_unit_test(a_note_of_who_is_away_is_no_answer),
    cmocka_unit_test(who_comes_beside_an_absence_counts),
  };
  return cmocka_run_group_tests(tests, open_zones, close_zones);
}
