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

/* ---- another room ---- */

/* The meeting that a link leads to. */
static char *meeting_in(const char *link)
{
  const char *at = strstr(link, "meetingID=");
  assert_non_null(at);
  at += strlen("meetingID=");
  return g_strndup(at, strcspn(at, "&"));
}

static void wait_a_little(struct club *club)
{
  for (int i = 0; i < 5; i++) club_wait(club, clock_now() + 60);
}

static void who_organises_no_more_leads_no_room(void **state)
{
  (void)state;
  static const char *const ways[] = { "bert@web.de ist nicht mehr Mitorganisator",
                                      "Bitte Mitorganisator bert@web.de streichen" };
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    struct club club;
    video_club(&club, by_video, "dial=030 1\npin=70757\n");
    g_autofree char *clara_before = link_of(&club, "event_invitation", "clara@web.de");
    club_says(&club, "Mitorganisator: bert@web.de");
    club_wait(&club, clock_now() + 600);
    club_answer(&club, "event_host_ask", "bert@web.de", "bert@web.de", "Ja", true);
    g_autofree char *led = link_of(&club, "event_host_welcome", "bert@web.de");
    has(led, "role=MODERATOR");
    club_says(&club, ways[i]);
    club_has(&club, "event_host", "anna@web.de", "ist es jetzt ein neuer");
    assert_true(reach_brings(&club, "answered", "dial=030 1\npin=81868\n"));
    wait_a_little(&club);
    g_autofree char *anna = link_of(&club, "event_invitation", "anna@web.de");
    g_autofree char *bert = link_of(&club, "event_invitation", "bert@web.de");
    g_autofree char *clara = link_of(&club, "event_invitation", "clara@web.de");
    g_autofree char *old = meeting_in(led), *now = meeting_in(anna);
    g_autofree char *before = meeting_in(clara_before), *after = meeting_in(clara);
    assert_string_equal(old, before);
    assert_string_equal(now, after);
    assert_string_not_equal(old, now);
    has(anna, "role=MODERATOR");
    has(bert, "role=VIEWER");
    has(bert, now);
    club_has(&club, "event_invitation", "clara@web.de", "PIN 81868"); /* the old PIN opens nothing, too */
    club_wait(&club, begins() - 19 * 60);
    assert_string_equal(asked(&club, "meetingID"), now);
    club_close(&club);
  }
}

static void an_organiser_may_have_another_room_when_a_link_went_astray(void **state)
{
  (void)state;
  static const char *const ways[] = { "Bitte ein neuer Videoraum",
                                      "Wir brauchen einen neuen Link für das Videotreffen",
                                      "Videolink erneuern, bitte", "We need a new video room please" };
  for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
    struct club club;
    video_club(&club, by_video, "dial=\npin=\n");
    g_autofree char *before = link_of(&club, "event_invitation", "bert@web.de");
    club_says(&club, ways[i]);
    g_autofree char *question = club_text(&club, "event_change", "anna@web.de");
    if (!question) fail_msg("%s: not asked", ways[i]);
    g_autofree char *still = link_of(&club, "event_invitation", "bert@web.de");
    assert_string_equal(before, still); /* not before the yes */
    club_answer(&club, "event_change", "anna@web.de", "anna@web.de", "Ja", true);
    assert_true(reach_brings(&club, "answered", "dial=\npin=\n"));
    wait_a_little(&club);
    g_autofree char *after = link_of(&club, "event_invitation", "bert@web.de");
    g_autofree char *old = meeting_in(before), *now = meeting_in(after);
    if (strcmp(old, now) == 0) fail_msg("%s: the same room", ways[i]);
    assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 2);
    club_close(&club);
  }
}

static void the_organiser_reads_who_has_the_link_and_is_of_the_group_no_more(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=\npin=\n");
  club_says(&club, "Stand?");
  g_autofree char *state_before = club_text(&club, "event_state", "anna@web.de");
  assert_null(strstr(state_before, "noch den Link"));
  g_autofree char *before = link_of(&club, "event_invitation", "bert@web.de");
  club_write(&club, "bert@web.de", "gruenau+austreten@kiez.example", "Austreten", "", true);
  club_wait(&club, clock_now() + 600);
  club_says(&club, "Wer kommt?");
  club_has(&club, "event_state", "anna@web.de",
           "1 Person ist nicht mehr in der Gruppe und hat noch den Link");
  club_says(&club, "Neuer Videoraum");
  club_answer(&club, "event_change", "anna@web.de", "anna@web.de", "Ja", true);
  reach_brings(&club, "answered", "dial=\npin=\n");
  wait_a_little(&club);
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 1); /* no new one for who has left */
  assert_int_equal(club_count(&club, "event_invitation", "clara@web.de"), 2);
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
    cmocka_unit_test(who_organises_no_more_leads_no_room),
    cmocka_unit_test(an_organiser_may_have_another_room_when_a_link_went_astray),
    cmocka_unit_test(the_organiser_reads_who_has_the_link_and_is_of_the_group_no_more),
    cmocka_unit_test(organisers_and_the_admin_read_that_a_room_does_not_open),
    cmocka_unit_test(another_pin_is_told_to_all_again),
    cmocka_unit_test(a_server_that_has_no_pin_to_give_is_not_asked_at_once_again),
    cmocka_unit_test(an_answer_to_an_older_turn_counts_no_more),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
