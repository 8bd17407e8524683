/* Another time that a calendar proposes is a question to who organises: their yes moves the event, their no
 * tells who proposed it, and neither is an answer of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

static const char evening[] =
    "Unser Stammtisch ist jeden ersten Dienstag im Monat um 19 Uhr im Segelfliegerdamm 12. Kommt vorbei!";

/* Bert's calendar proposes a time; `more`: further lines. */
static void proposes(struct club *club, const char *start, const char *more)
{
  g_autofree char *to = club_reply_address(club, "event_invitation", "bert@web.de");
  g_autoptr(event_t) event = the_event(club);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=pass header.from=web.de\nFrom: bert@web.de\nTo: %s\n"
      "Subject: Neue Zeit vorgeschlagen: Hoffest\nMessage-ID: <p%d@web.de>\nDate: Mon, 02 Mar 2026 12:15:00 "
      "+0100\nMIME-Version: 1.0\nContent-Type: text/calendar; charset=utf-8; method=COUNTER\n\n"
      "BEGIN:VCALENDAR\nMETHOD:COUNTER\nVERSION:2.0\nBEGIN:VEVENT\nUID:%s\n%sATTENDEE;PARTSTAT=TENTATIVE:"
      "mailto:bert@web.de\nDTSTART;TZID=Europe/Berlin:%s\nEND:VEVENT\nEND:VCALENDAR\n",
      to, ++club->mails, event->uid, more, start);
  post_in(&club->town, "bert@web.de", to, mail);
  post_work(&club->town);
}

static void is_at(struct club *club, const char *starts, const char *ends)
{
  g_autoptr(event_t) event = the_event(club);
  if (strcmp(event->starts, starts) != 0 || strcmp(event->ends, ends) != 0)
    fail_msg("it is %s to %s", event->starts, event->ends);
}

/* What Anna says about herself: nothing. */
static void anna_says_nothing_of_herself(struct club *club)
{
  g_autoptr(event_t) event = the_event(club);
  g_autoptr(event_party_t) anna =
      event_party_find(club->town.store, event->id, "anna@web.de", "organizer", NULL);
  g_autoptr(rsvp_t) rsvp = rsvp_get(club->town.store, event->id, "", anna->id, NULL);
  assert_null(rsvp);
}

static void a_yes_moves_it_and_all_are_told(void **state)
{
  (void)state;
  static const char *const yes[] = { "Ja",
                                     "Ja, machen wir so",
                                     "Einverstanden",
                                     "Ok, machen wir",
                                     "Ja, Sonntag um 16 Uhr passt",
                                     "Gute Idee, wir verlegen es gern",
                                     "Das passt mir auch besser",
                                     "Yes, that works for me",
                                     "Evet",
                                     "Да, так и сделаем" };
  for (gsize i = 0; i < G_N_ELEMENTS(yes); i++) {
    struct club club;
    club_calls(&club, feast);
    club_comes(&club, "clara@web.de", "Ich komme zu zweit");
    proposes(&club, "20260517T160000", "");
    club_has(&club, "event_counter", "anna@web.de", "Soll es verlegt werden?");
    int told = club_count(&club, "event_invitation", "clara@web.de");
    club_confirms(&club, "event_counter", yes[i]);
    print_message("%s\n", yes[i]);
    is_at(&club, "2026-05-17T16:00", "2026-05-17T19:00");
    anna_says_nothing_of_herself(&club);
    assert_int_equal(club_count(&club, "event_invitation", "clara@web.de"), told + 1);
    club_has(&club, "event_changed", "anna@web.de", "Sonntag, 17. Mai 2026, 16 bis 19 Uhr");
    assert_int_equal(club_count(&club, "event_counter_no", "bert@web.de"), 0);
    club_close(&club);
  }
}

static void a_no_tells_who_proposed_it(void **state)
{
  (void)state;
  static const char *const no[] = { "Nein",
                                    "Nein, es bleibt dabei",
                                    "Es bleibt bei Samstag",
                                    "Wir bleiben bei 15 Uhr am Samstag",
                                    "Da kann ich leider nicht",
                                    "Das passt den anderen leider nicht",
                                    "No, we stay with Saturday",
                                    "Нет, оставим как есть" };
  for (gsize i = 0; i < G_N_ELEMENTS(no); i++) {
    struct club club;
    club_calls(&club, feast);
    proposes(&club, "20260517T160000", "");
    club_confirms(&club, "event_counter", no[i]);
    print_message("%s\n", no[i]);
    is_at(&club, "2026-05-16T15:00", "2026-05-16T18:00");
    anna_says_nothing_of_herself(&club);
    club_has(&club, "event_counter_no", "bert@web.de", "es bleibt bei Samstag, 16. Mai 2026");
    club_answer(&club, "event_counter_no", "bert@web.de", "bert@web.de", "Ja, dann zu zweit", true);
    club_counts(&club, 1, 0, 0, 2, 0);
    club_close(&club);
  }
}

static void what_is_neither_decides_nothing(void **state)
{
  (void)state;
  static const char *const words[] = { "Ich frage mal die anderen", "Hat Bert das wirklich geschrieben?",
                                       "Ja, wenn alle können" };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    struct club club;
    club_calls(&club, feast);
    proposes(&club, "20260517T160000", "");
    club_confirms(&club, "event_counter", words[i]);
    print_message("%s\n", words[i]);
    is_at(&club, "2026-05-16T15:00", "2026-05-16T18:00");
    assert_int_equal(club_count(&club, "event_counter_no", "bert@web.de"), 0);
    assert_int_equal(club_count(&club, "request_again", "anna@web.de"), 1);
    club_confirms(&club, "request_again", "Ja");
    is_at(&club, "2026-05-17T16:00", "2026-05-17T19:00");
    club_close(&club);
  }
}

static void a_third_time_is_shown_first(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  proposes(&club, "20260517T160000", "");
  club_confirms(&club, "event_counter", "Lieber Sonntag um 14 Uhr");
  is_at(&club, "2026-05-16T15:00", "2026-05-16T18:00");
  club_has(&club, "event_change", "anna@web.de", "Sonntag, 17. Mai 2026, 14 bis 17 Uhr");
  club_confirms(&club, "event_change", "Ja");
  is_at(&club, "2026-05-17T14:00", "2026-05-17T17:00");
  club_confirms(&club, "event_counter", "Ja"); /* an older letter: how it would be is shown anew */
  is_at(&club, "2026-05-17T14:00", "2026-05-17T17:00");
  assert_int_equal(club_count(&club, "event_change", "anna@web.de"), 2);
  club_close(&club);
}

static void one_date_of_a_series_alone_moves(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, evening);
  proposes(&club, "20260408T190000", "RECURRENCE-ID:20260407T170000Z\n");
  club_has(&club, "event_counter", "anna@web.de", "Mittwoch, 8. April 2026");
  club_confirms(&club, "event_counter", "Ja, gerne");
  g_autoptr(event_t) event = the_event(&club);
  g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
  assert_int_equal(dates->len, 1);
  const struct event_date *date = dates->pdata[0];
  assert_string_equal(date->original, "2026-04-07T19:00");
  assert_string_equal(date->starts, "2026-04-08T19:00");
  assert_string_equal(event->starts, "2026-03-03T19:00");
  club_close(&club);
}

/* What no yes can do is told, and asked nothing. */
static void no_question_is_made_of_the_past_or_a_whole_series(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, evening);
  proposes(&club, "20260408T190000", "");
  club_has(&club, "event_counter", "anna@web.de", "Möchten Sie etwas ändern");
  club_close(&club);
  club_calls(&club, feast);
  proposes(&club, "20260101T150000", "");
  club_has(&club, "event_counter", "anna@web.de", "Möchten Sie etwas ändern");
  is_at(&club, "2026-05-16T15:00", "2026-05-16T18:00");
  club_close(&club);
}

/* From the organiser's address, and nobody vouches for it. */
static void nobody_decides_in_the_organisers_name(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  proposes(&club, "20260517T160000", "");
  club_answer(&club, "event_counter", "anna@web.de", "anna@web.de", "Ja", false);
  club_answer(&club, "event_counter", "anna@web.de", "bert@web.de", "Ja", true);
  is_at(&club, "2026-05-16T15:00", "2026-05-16T18:00");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_yes_moves_it_and_all_are_told),
    cmocka_unit_test(a_no_tells_who_proposed_it),
    cmocka_unit_test(what_is_neither_decides_nothing),
    cmocka_unit_test(a_third_time_is_shown_first),
    cmocka_unit_test(one_date_of_a_series_alone_moves),
    cmocka_unit_test(no_question_is_made_of_the_past_or_a_whole_series),
    cmocka_unit_test(nobody_decides_in_the_organisers_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
