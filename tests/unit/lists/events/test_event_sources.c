/* Invitations of foreign calendars end to end: the event remembers their UID and version, a later one changes
 * it, and nobody but its organiser's own mail does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_source_club.h"

static void an_invitation_becomes_a_draft_with_a_uid_of_our_own(void **state)
{
  (void)state;
  struct club club;
  is_draft_of_calendar(&club, FEAST);
  begins(&club, "draft", "2026-05-16T15:00");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->ends, "2026-05-16T18:00");
  assert_string_equal(event->place, "Segelfliegerdamm 12");
  assert_null(strstr(event->uid, "040000008200"));
  club_has(&club, "event_draft", "anna@web.de", "Samstag, 16. Mai 2026, 15 bis 18 Uhr");
  club_close(&club);
}

static void a_later_version_of_a_draft_changes_it_and_is_shown(void **state)
{
  (void)state;
  struct club club;
  is_draft_of_calendar(&club, FEAST);
  anna(&club, "REQUEST", 1, "20260302T113000Z", LATER);
  begins(&club, "draft", "2026-05-16T16:00");
  assert_int_equal(events_in(&club), 1);
  assert_int_equal(club_count(&club, "event_draft", "anna@web.de"), 2);
  assert_int_equal(club_count(&club, "post", "bert@web.de"), 1); /* the first one alone was a post */
  club_close(&club);
}

static void a_later_version_changes_the_event_and_an_older_one_nothing(void **state)
{
  (void)state;
  struct club club;
  stands(&club, FEAST);
  club_comes(&club, "bert@web.de", "Ja, zu zweit");
  club_counts(&club, 1, 0, 0, 2, 0);
  anna(&club, "REQUEST", 2, "20260302T130000Z", LATER);
  begins(&club, "open", "2026-05-16T16:00");
  club_counts(&club, 0, 0, 0, 0, 0); /* another time: asked again */
  assert_int_equal(club_count(&club, "event_changed", "anna@web.de"), 1);
  assert_int_equal(club_count(&club, "event_change", "anna@web.de"), 0); /* nothing to ask */
  g_autofree char *raw = post_mail(&club.town, "event_invitation", "bert@web.de");
  assert_non_null(strstr(raw, "SEQUENCE:1"));
  anna(&club, "REQUEST", 1, "20260302T140000Z", FEAST);
  begins(&club, "open", "2026-05-16T16:00");
  anna(&club, "REQUEST", 2, "20260302T120000Z", FEAST);
  begins(&club, "open", "2026-05-16T16:00");
  anna(&club, "REQUEST", 2, "20260302T130000Z", LATER); /* the same once more */
  assert_int_equal(club_count(&club, "event_changed", "anna@web.de"), 1);
  assert_int_equal(events_in(&club), 1);
  club_close(&club);
}

static void a_cancel_calls_it_off_once_and_for_good(void **state)
{
  (void)state;
  struct club club;
  stands(&club, FEAST);
  anna(&club, "CANCEL", 0, "20260302T120000Z", FEAST "STATUS:CANCELLED\n");
  begins(&club, "cancelled", "2026-05-16T15:00");
  g_autofree char *off = post_mail(&club.town, "event_off", "bert@web.de");
  assert_non_null(off);
  assert_non_null(strstr(off, "METHOD:CANCEL"));
  anna(&club, "CANCEL", 0, "20260302T120000Z", FEAST "STATUS:CANCELLED\n");
  assert_int_equal(club_count(&club, "event_changed", "anna@web.de"), 1);
  anna(&club, "REQUEST", 3, "20260302T150000Z", FEAST);
  begins(&club, "cancelled", "2026-05-16T15:00");
  club_close(&club);
}

static void nobody_else_changes_it_by_its_uid(void **state)
{
  (void)state;
  struct club club;
  stands(&club, FEAST);
  g_autofree char *off = object(9, "20260302T180000Z", FEAST "STATUS:CANCELLED\n");
  g_autofree char *later = object(9, "20260302T180000Z", LATER);
  sends(&club, "dieb@evil.example", "gruenau@kiez.example", "CANCEL", "", off, true);
  sends(&club, "bert@web.de", "gruenau@kiez.example", "CANCEL", "", off, true);
  begins(&club, "open", "2026-05-16T15:00");
  sends(&club, "bert@web.de", "gruenau@kiez.example", "REQUEST", "Ist mein Termin", later, true);
  g_autoptr(GPtrArray) all = events_page(club.town.store, 0, 0, 10, NULL);
  g_autoptr(event_t) first = event_get(club.town.store, ((struct event *)all->pdata[0])->id, NULL);
  assert_string_equal(first->starts, "2026-05-16T15:00"); /* what Bert writes is Bert's own draft */
  assert_string_equal(first->state, "open");
  club_close(&club);
}

static void who_only_says_to_be_the_organiser_is_asked(void **state)
{
  (void)state;
  struct club club;
  stands(&club, FEAST);
  g_autofree char *off = object(9, "20260302T180000Z", FEAST "STATUS:CANCELLED\n");
  sends(&club, "anna@web.de", "gruenau@kiez.example", "CANCEL", "", off, false);
  begins(&club, "open", "2026-05-16T15:00");
  assert_int_equal(club_count(&club, "event_proof", "anna@web.de"), 1);
  club_answer(&club, "event_proof", "anna@web.de", "anna@web.de", "Ja, das war ich", true);
  begins(&club, "cancelled", "2026-05-16T15:00");
  club_close(&club);
}

#define SERIES                                                                                               \
  "SUMMARY:Stammtisch\nLOCATION:Segelfliegerdamm 12\nDTSTART;TZID=Europe/Berlin:20260303T190000\n"           \
  "DTEND;TZID=Europe/Berlin:20260303T210000\nRRULE:FREQ=MONTHLY;BYDAY=1TU\n"

/* "2026-04-07T19:00 -> …", of all dates that are not as the rule says. Caller frees. */
static char *dates_of(struct club *club)
{
  g_autoptr(event_t) event = the_event(club);
  g_autoptr(GPtrArray) dates = event_dates(club->town.store, event->id, NULL);
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint i = 0; i < dates->len; i++) {
    const struct event_date *date = dates->pdata[i];
    g_string_append_printf(all, "%s%s>%s", all->len ? " " : "", date->original,
                           *date->starts ? date->starts : "off");
  }
  return g_string_free(g_steal_pointer(&all), FALSE);
}

static void dates_are(struct club *club, const char *wanted)
{
  g_autofree char *dates = dates_of(club);
  assert_string_equal(dates, wanted);
}

static void a_date_is_moved_then_called_off(void **state)
{
  (void)state;
  struct club club;
  stands(&club, SERIES);
  dates_are(&club, "");
  anna(&club, "REQUEST", 0, "20260302T130000Z",
       "SUMMARY:Stammtisch\nRECURRENCE-ID;TZID=Europe/Berlin:20260407T190000\n"
       "DTSTART;TZID=Europe/Berlin:20260408T183000\nDTEND;TZID=Europe/Berlin:20260408T203000\n");
  dates_are(&club, "2026-04-07T19:00>2026-04-08T18:30");
  begins(&club, "open", "2026-03-03T19:00");
  /* Google names the date in UTC */
  anna(&club, "CANCEL", 0, "20260302T140000Z",
       "SUMMARY:Stammtisch\nRECURRENCE-ID:20260407T170000Z\nDTSTART:20260407T170000Z\nSTATUS:CANCELLED\n");
  dates_are(&club, "2026-04-07T19:00>off");
  begins(&club, "open", "2026-03-03T19:00");
  /* the move, late */
  anna(&club, "REQUEST", 0, "20260302T130000Z",
       "SUMMARY:Stammtisch\nRECURRENCE-ID;TZID=Europe/Berlin:20260407T190000\n"
       "DTSTART;TZID=Europe/Berlin:20260408T183000\n");
  dates_are(&club, "2026-04-07T19:00>off");
  assert_int_equal(events_in(&club), 1);
  club_close(&club);
}

static void dates_left_out_do_not_take_place(void **state)
{
  (void)state;
  struct club club;
  stands(&club, SERIES "EXDATE;TZID=Europe/Berlin:20260505T190000\n");
  dates_are(&club, "2026-05-05T19:00>off");
  anna(&club, "REQUEST", 1, "20260302T130000Z",
       SERIES "EXDATE;TZID=Europe/Berlin:20260505T190000,20260804T190000\nEXDATE:20261201T180000Z\n");
  dates_are(&club, "2026-05-05T19:00>off 2026-08-04T19:00>off 2026-12-01T19:00>off");
  begins(&club, "open", "2026-03-03T19:00");
  club_close(&club);
}

/* Mails come late, and twice. What the organiser called off in words their calendar does not know. */
static void only_a_newer_version_leaves_dates_out_or_brings_them_back(void **state)
{
  (void)state;
  struct club club;
  stands(&club, SERIES);
  anna(&club, "REQUEST", 1, "20260302T120000Z", SERIES "EXDATE;TZID=Europe/Berlin:20260505T190000\n");
  dates_are(&club, "2026-05-05T19:00>off");
  int told = club_count(&club, "event_invitation", "bert@web.de");
  anna(&club, "REQUEST", 0, "20260302T130000Z", SERIES "EXDATE;TZID=Europe/Berlin:20260804T190000\n");
  anna(&club, "REQUEST", 1, "20260302T110000Z", SERIES "EXDATE;TZID=Europe/Berlin:20260804T190000\n");
  anna(&club, "REQUEST", 0, "20260302T130000Z", SERIES); /* an older one without it */
  dates_are(&club, "2026-05-05T19:00>off");
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), told);
  club_says(&club, "Am 7. Juli fällt es aus.");
  club_confirms(&club, "event_change", "Ja");
  anna(&club, "CANCEL", 1, "20260302T140000Z",
       "SUMMARY:Stammtisch\nRECURRENCE-ID;TZID=Europe/Berlin:20260901T190000\nSTATUS:CANCELLED\n"
       "DTSTART;TZID=Europe/Berlin:20260901T190000\n");
  dates_are(&club, "2026-05-05T19:00>off 2026-07-07T19:00>off 2026-09-01T19:00>off");
  told = club_count(&club, "event_invitation", "bert@web.de");
  anna(&club, "REQUEST", 2, "20260302T150000Z", SERIES);
  dates_are(&club, "2026-07-07T19:00>off 2026-09-01T19:00>off");
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), told + 1);
  anna(&club, "REQUEST", 3, "20260302T160000Z", SERIES "EXDATE;TZID=Europe/Berlin:20260505T190000\n");
  dates_are(&club, "2026-05-05T19:00>off 2026-07-07T19:00>off 2026-09-01T19:00>off");
  club_close(&club);
}

/* Programs write the way into a room where the place belongs, and once more in the text. */
static void the_way_into_a_room_is_no_place(void **state)
{
  (void)state;
  struct club club;
  stands(&club, "SUMMARY:Stammtisch\nLOCATION:https://us02web.zoom.us/j/1?pwd=a\n"
                "DTSTART;TZID=Europe/Berlin:20260303T190000\nDTEND;TZID=Europe/Berlin:20260303T210000\n"
                "RRULE:FREQ=MONTHLY;BYDAY=1TU\n");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->video_link, "https://us02web.zoom.us/j/1?pwd=a");
  assert_string_equal(event->place, "");
  club_has(&club, "event_invitation", "bert@web.de", "https://us02web.zoom.us/j/1?pwd=a");
  anna(&club, "REQUEST", 0, "20260302T130000Z",
       "SUMMARY:Stammtisch\nRECURRENCE-ID;TZID=Europe/Berlin:20260407T190000\nLOCATION:Rathaus / "
       "https://us02web.zoom.us/j/1?pwd=b\nDTSTART;TZID=Europe/Berlin:20260408T183000\n");
  g_autoptr(GPtrArray) dates = event_dates(club.town.store, event->id, NULL);
  assert_int_equal(dates->len, 1);
  assert_string_equal(((const struct event_date *)dates->pdata[0])->place, "Rathaus");
  club_close(&club);
}

static void a_cancel_of_nothing_known_is_said_once(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_list(&club.town, "termine", "events", true);
  g_autofree char *off = object(1, "20260302T180000Z", FEAST "STATUS:CANCELLED\n");
  sends(&club, "anna@web.de", "termine@kiez.example", "CANCEL", "", off, true);
  sends(&club, "anna@web.de", "termine@kiez.example", "CANCEL", "", off, true);
  assert_int_equal(events_in(&club), 0);
  assert_int_equal(club_count(&club, "event_not_known", "anna@web.de"), 1);
  sends(&club, "otto@web.de", "termine@kiez.example", "CANCEL", "", off, false);
  assert_int_equal(club_count(&club, "event_not_known", "otto@web.de"), 0);
  club_close(&club);
}

static void our_own_invitation_sent_on_is_no_new_event(void **state)
{
  (void)state;
  struct club club;
  stands(&club, FEAST);
  g_autoptr(event_t) event = the_event(&club);
  g_autofree char *own = g_strdup_printf(
      "BEGIN:VEVENT\nUID:%s\nSEQUENCE:0\nDTSTAMP:20260302T130000Z\n" FEAST "END:VEVENT\n", event->uid);
  sends(&club, "bert@web.de", "gruenau@kiez.example", "REQUEST", "Habt ihr das gesehen?", own, true);
  assert_int_equal(events_in(&club), 1);
  assert_int_equal(club_count(&club, "event_draft", "bert@web.de"), 0);
  club_close(&club);
}

static void the_organiser_may_send_it_in_answer_to_our_letter(void **state)
{
  (void)state;
  struct club club;
  stands(&club, FEAST);
  g_autofree char *to = club_reply_address(&club, "event_opened", "anna@web.de");
  g_autofree char *later = object(1, "20260302T130000Z", LATER);
  sends(&club, "anna@web.de", to, "REQUEST", "", later, true);
  begins(&club, "open", "2026-05-16T16:00");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_invitation_becomes_a_draft_with_a_uid_of_our_own),
    cmocka_unit_test(a_later_version_of_a_draft_changes_it_and_is_shown),
    cmocka_unit_test(a_later_version_changes_the_event_and_an_older_one_nothing),
    cmocka_unit_test(a_cancel_calls_it_off_once_and_for_good),
    cmocka_unit_test(nobody_else_changes_it_by_its_uid),
    cmocka_unit_test(who_only_says_to_be_the_organiser_is_asked),
    cmocka_unit_test(a_date_is_moved_then_called_off),
    cmocka_unit_test(dates_left_out_do_not_take_place),
    cmocka_unit_test(only_a_newer_version_leaves_dates_out_or_brings_them_back),
    cmocka_unit_test(the_way_into_a_room_is_no_place),
    cmocka_unit_test(a_cancel_of_nothing_known_is_said_once),
    cmocka_unit_test(our_own_invitation_sent_on_is_no_new_event),
    cmocka_unit_test(the_organiser_may_send_it_in_answer_to_our_letter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
