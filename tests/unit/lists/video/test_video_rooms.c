/* Rooms of events by video: when they are asked for, and what happens when they do not open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/video/video_club.h"

/* ---- when a room is asked for ---- */

static void the_room_is_asked_for_with_the_yes_that_opens_the_event(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, NULL);
  g_autoptr(job_t) job = the_job(&club);
  assert_non_null(job);
  assert_string_equal(job->state, "due");
  assert_string_equal(job->about, "event 2026/1");
  has(job->request, "name=");
  has(job->request, "&meetingID=kiez-");
  has(job->request, "&record=false");
  assert_null(strstr(job->request, "PW="));
  assert_null(strstr(job->request, "639259d4"));
  club_close(&club);
}

static void invitations_wait_two_minutes_for_the_first_answer(void **state)
{
  (void)state;
  struct club club;
  club_open(&club);
  town_has_video(&club.town);
  club_write(&club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Sitzung", by_video, true);
  club_wait(&club, TEST_NOW + 3600);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 3; i++) club_wait(&club, TEST_NOW + 3630 + 30 * i);
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 0);
  for (int i = 0; i < 4; i++) club_wait(&club, TEST_NOW + 3730 + 30 * i);
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 1);
  club_close(&club);
}

/* What the request of the job says for a parameter; "" for nothing. */
static const char *asked(struct club *club, const char *name)
{
  static char value[100];
  g_autoptr(job_t) job = the_job(club);
  g_autofree char *mark = g_strconcat("&", name, "=", NULL);
  const char *at = job ? strstr(job->request, mark) : NULL;
  value[0] = '\0';
  if (at) g_snprintf(value, sizeof value, "%.*s", (int)strcspn(at + strlen(mark), "&"), at + strlen(mark));
  return value;
}

static void it_is_asked_for_shortly_before_and_kept_open(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=030 1\npin=70757\n");
  assert_null(the_job(&club));
  club_wait(&club, begins() - 21 * 60);
  assert_null(the_job(&club));
  club_wait(&club, begins() - 19 * 60);
  assert_string_equal(asked(&club, "voiceBridge"), "70757"); /* the same as in the invitation */
  assert_string_equal(asked(&club, "meetingExpireIfNoUserJoinedInMinutes"), "230");
  g_autoptr(job_t) first = the_job(&club);
  assert_true(reach_brings(&club, "answered", "dial=030 1\npin=70757\n"));
  club_wait(&club, begins() - 18 * 60);
  assert_null(the_job(&club));
  club_wait(&club, begins() - 13 * 60);
  g_autoptr(job_t) second = the_job(&club);
  assert_non_null(second);
  assert_string_equal(first->request, second->request); /* or the server would not count it as the same */
  assert_true(reach_brings(&club, "answered", "dial=030 1\npin=70757\n"));
  club_wait(&club, begins() - 12 * 60);
  club_wait(&club, begins() + 2 * 3600);
  assert_true(has_job(&club));
  assert_true(reach_brings(&club, "answered", "dial=030 1\npin=70757\n"));
  for (int i = 0; i < 4; i++) club_wait(&club, begins() + 3 * 3600 + 60 + 600 * i);
  assert_null(the_job(&club));
  club_close(&club);
}

static void a_new_date_brings_a_new_time_with_the_same_links(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=\npin=\n");
  g_autofree char *before = link_of(&club, "event_invitation", "bert@web.de");
  club_says(&club, "Wann: Sonntag, 17. Mai 2026, 15 bis 18 Uhr");
  club_confirms(&club, "event_change", "Ja");
  g_autofree char *after = link_of(&club, "event_invitation", "bert@web.de");
  assert_string_equal(before, after);
  club_wait(&club, begins() - 10 * 60);
  assert_null(the_job(&club));
  club_wait(&club, begins() + 24 * 3600 - 10 * 60);
  assert_true(has_job(&club));
  club_close(&club);
}

static void a_job_of_what_was_called_off_or_moved_is_not_wanted(void **state)
{
  (void)state;
  static const char *const changes[] = { "Das fällt leider aus.",
                                         "Wann: Sonntag, 17. Mai 2026, 15 bis 18 Uhr", "Video: nein" };
  for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
    struct club club;
    video_club(&club, by_video, "dial=\npin=\n");
    club_wait(&club, begins() - 19 * 60);
    g_autoptr(job_t) job = the_job(&club);
    assert_non_null(job);
    g_autofree char *url = room_job_url(club.town.store, club.town.bbb, job, NULL);
    assert_non_null(url);
    club_says(&club, changes[i]);
    club_answer(&club, "event_change", "anna@web.de", "anna@web.de", "Ja", true);
    g_autoptr(GError) why = NULL;
    g_autofree char *none = room_job_url(club.town.store, club.town.bbb, job, &why);
    if (none || why) fail_msg("%s: still wanted", changes[i]);
    club_close(&club);
  }
}

static void every_date_of_a_series_has_the_room(void **state)
{
  (void)state;
  struct club club;
  video_club(&club,
             "Hallo zusammen,\n\nab Samstag, 16. Mai 2026 jeden Samstag um 15 bis 16 Uhr Stammtisch im "
             "Segelfliegerdamm 12, hybrid.\n\nAnna",
             "dial=\npin=\n");
  for (int week = 0; week < 3; week++) {
    int64_t date = begins() + week * 7 * 24 * 3600;
    for (int i = 0; i < 3; i++) club_wait(&club, date - 3600 + i * 60);
    assert_null(the_job(&club));
    club_wait(&club, date - 19 * 60);
    assert_true(has_job(&club));
    assert_true(reach_brings(&club, "answered", "dial=\npin=\n"));
    for (int i = 0; i < 3; i++) club_wait(&club, date + 3600 + 60 + i * 60);
  }
  club_close(&club);
}

/* ---- what goes wrong ---- */

static void organisers_and_the_admin_read_that_a_room_does_not_open(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=\npin=\n");
  club_wait(&club, begins() - 19 * 60);
  assert_true(reach_brings(&club, "failed", "bbb.example does not answer within 20 seconds."));
  club_wait(&club, begins() - 9 * 60);
  club_has(&club, "event_room", "anna@web.de", "lässt sich gerade nicht öffnen");
  club_has(&club, "reach_failed", "admin@amt.example", "bbb.example does not answer within 20 seconds.");
  assert_int_equal(club_count(&club, "event_room", "bert@web.de"), 0);
  for (int i = 0; i < 3; i++) { /* once a date, however often it fails */
    club_wait(&club, clock_now() + 300);
    reach_brings(&club, "failed", "bbb.example does not answer within 20 seconds.");
  }
  club_wait(&club, clock_now() + 60);
  assert_int_equal(club_count(&club, "event_room", "anna@web.de"), 1);
  assert_int_equal(club_count(&club, "reach_failed", "admin@amt.example"), 1);
  club_wait(&club, clock_now() + 300);
  assert_true(reach_brings(&club, "answered", "dial=\npin=\n"));
  club_wait(&club, clock_now() + 60);
  club_has(&club, "event_room", "anna@web.de", "jetzt doch offen");
  club_close(&club);
}

static void another_pin_is_told_to_all_again(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=030 1\npin=70757\n");
  club_wait(&club, begins() - 19 * 60);
  assert_true(reach_brings(&club, "answered", "pin_is_taken=1\n"));
  club_wait(&club, begins() - 18 * 60);
  assert_string_equal(asked(&club, "voiceBridge"), "");
  assert_true(reach_brings(&club, "answered", "dial=030 1\npin=81868\n"));
  for (int i = 0; i < 3; i++) club_wait(&club, clock_now() + 60);
  club_has(&club, "event_invitation", "bert@web.de", "PIN 81868");
  g_autofree char *calendar = calendar_of(&club, "event_invitation", "bert@web.de");
  has(calendar, "SEQUENCE:1");
  club_close(&club);
}

/* A server that says so of a PIN that nobody has asked for would be asked for ever. */
static void a_server_that_has_no_pin_to_give_is_not_asked_at_once_again(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=030 1\npin=70757\n");
  club_wait(&club, begins() - 19 * 60);
  assert_true(reach_brings(&club, "answered", "pin_is_taken=1\n"));
  club_wait(&club, begins() - 18 * 60);
  assert_true(reach_brings(&club, "answered", "pin_is_taken=1\n")); /* without a PIN */
  club_wait(&club, begins() - 18 * 60 + 2);
  assert_false(reach_brings(&club, "answered", "pin_is_taken=1\n")); /* nothing is due */
  club_has(&club, "event_room", "anna@web.de", "lässt sich gerade nicht öffnen");
  club_has(&club, "reach_failed", "admin@amt.example", "PIN is taken");
  club_wait(&club, begins() - 10 * 60);
  assert_true(reach_brings(&club, "answered", "dial=030 1\npin=70757\n")); /* later it is */
  club_wait(&club, begins() - 9 * 60);
  club_has(&club, "event_room", "anna@web.de", "jetzt doch offen");
  club_close(&club);
}

static void an_answer_to_an_older_turn_counts_no_more(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, NULL);
  struct store *store = club.town.store;
  assert_true(store_begin(store, NULL));
  g_autoptr(job_t) taken = job_take(store, clock_now(), NULL);
  assert_non_null(taken);
  assert_true(job_put(store, taken, NULL)); /* wanted anew meanwhile */
  bool counts = true;
  assert_true(job_settle(store, taken, "answered", 0, "dial=\npin=1\n", &counts, NULL));
  assert_false(counts);
  assert_true(store_commit(store, NULL));
  g_autoptr(job_t) job = the_job(&club);
  assert_string_equal(job->state, "due");
  assert_int_equal(job->attempts, 0);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_room_is_asked_for_with_the_yes_that_opens_the_event),
    cmocka_unit_test(invitations_wait_two_minutes_for_the_first_answer),
    cmocka_unit_test(it_is_asked_for_shortly_before_and_kept_open),
    cmocka_unit_test(a_new_date_brings_a_new_time_with_the_same_links),
    cmocka_unit_test(a_job_of_what_was_called_off_or_moved_is_not_wanted),
    cmocka_unit_test(every_date_of_a_series_has_the_room),
    cmocka_unit_test(organisers_and_the_admin_read_that_a_room_does_not_open),
    cmocka_unit_test(another_pin_is_told_to_all_again),
    cmocka_unit_test(a_server_that_has_no_pin_to_give_is_not_asked_at_once_again),
    cmocka_unit_test(an_answer_to_an_older_turn_counts_no_more),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
