/* Polls for a date end to end: somebody asks when, their author confirms, everybody says when they can in
 * their own words, and the date that most can becomes an event. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

#include "lib/store/people/people.h"
#include "lists/events/polls/poll.h"
#include "lists/understand/itip.h"

static const char question[] =
    "Hallo zusammen,\n\nwir wollen den Hof bepflanzen. Wann passt es euch?\n\n1) Dienstag, 17. März, 18 Uhr\n"
    "2) Donnerstag, 19. März, 19 Uhr\n3) Samstag, 21. März, 15 Uhr\n\nBitte antwortet bis zum 10. "
    "März.\n\nAnna";

static void anna_asks(struct club *club)
{
  club_open(club);
  club_write(club, "Anna Amsel <anna@web.de>", "gruenau@kiez.example", "Hof bepflanzen", question, true);
  club_wait(club, TEST_NOW + 3600);
}

static void it_is_open(struct club *club)
{
  anna_asks(club);
  club_answer(club, "event_poll_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 4; i++) club_wait(club, TEST_NOW + 3660 + 60 * i);
}

static void votes(struct club *club, const char *who, const char *text)
{
  club_answer(club, "event_poll", who, who, text, true);
}

static void option_is(struct club *club, guint number, int yes, int maybe, int no, int liked)
{
  g_autoptr(event_t) event = the_event(club);
  g_autoptr(GPtrArray) options = poll_options(club->town.store, event->id, NULL);
  if (options->len < number) fail_msg("no option %u", number);
  const struct poll_option *it = options->pdata[number - 1];
  if (it->yes != yes || it->maybe != maybe || it->no != no || it->liked != liked)
    fail_msg("%u: yes %d maybe %d no %d liked %d", number, it->yes, it->maybe, it->no, it->liked);
}

static void voters_are(struct club *club, int count)
{
  g_autoptr(event_t) event = the_event(club);
  g_autoptr(poll_t) poll = poll_get(club->town.store, event->id, NULL);
  assert_non_null(poll);
  assert_int_equal(poll->voters, count);
}

static void its_author_confirms_before_anybody_is_asked(void **state)
{
  (void)state;
  struct club club;
  anna_asks(&club);
  assert_int_equal(club_count(&club, "event_draft", "anna@web.de"), 0);
  club_has(&club, "event_poll_draft", "anna@web.de", "2) Donnerstag, 19. März 2026, 19 Uhr");
  club_has(&club, "event_poll_draft", "anna@web.de", "Antwort bis: 10. März");
  assert_int_equal(club_count(&club, "event_poll", "bert@web.de"), 0);
  club_answer(&club, "event_poll_draft", "anna@web.de", "dieb@evil.example", "Ja", true);
  assert_int_equal(club_count(&club, "event_poll_opened", "anna@web.de"), 0);
  club_answer(&club, "event_poll_draft", "anna@web.de", "anna@web.de",
              "1) Dienstag, 17. März, 18 Uhr\n2) Freitag, 20. März, 18 Uhr", true);
  club_has(&club, "event_poll_draft", "anna@web.de", "2) Freitag, 20. März 2026, 18 Uhr");
  assert_int_equal(club_count(&club, "event_poll_opened", "anna@web.de"), 0);
  club_answer(&club, "event_poll_draft", "anna@web.de", "anna@web.de", "Ja, passt so", true);
  for (int i = 0; i < 4; i++) club_wait(&club, TEST_NOW + 7200 + 60 * i);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "poll");
  club_has(&club, "event_poll", "bert@web.de", "2) Freitag, 20. März 2026, 18 Uhr");
  club_has(&club, "event_poll", "bert@web.de", "wir wollen den Hof bepflanzen.");
  club_has(&club, "event_poll", "bert@web.de", "bis zum 10. März 2026");
  assert_int_equal(club_count(&club, "event_poll", "bert@web.de"), 1);
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 0);
  club_close(&club);
}

static void a_no_asks_nobody(void **state)
{
  (void)state;
  struct club club;
  anna_asks(&club);
  club_answer(&club, "event_poll_draft", "anna@web.de", "anna@web.de", "Nein danke", true);
  club_wait(&club, TEST_NOW + 7200);
  assert_int_equal(club_count(&club, "event_poll", "bert@web.de"), 0);
  assert_int_equal(club_count(&club, "event_dropped", "anna@web.de"), 1);
  club_close(&club);
}

static void votes_count_once_a_person_and_the_last_one_counts(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "bert@web.de", "1 und 2, 1 lieber");
  votes(&club, "clara@web.de", "Dienstag geht, Donnerstag nicht");
  option_is(&club, 1, 2, 0, 0, 1);
  option_is(&club, 2, 1, 0, 1, 0);
  option_is(&club, 3, 0, 0, 2, 0);
  votes(&club, "bert@web.de", "Dienstag kann ich doch nicht"); /* the rest stays */
  option_is(&club, 1, 1, 0, 1, 0);
  option_is(&club, 2, 1, 0, 1, 0);
  votes(&club, "bert@web.de", "3 geht auch");
  option_is(&club, 3, 1, 0, 1, 0);
  votes(&club, "bert@web.de", "nur 1"); /* all of it anew */
  option_is(&club, 1, 2, 0, 0, 0);
  option_is(&club, 2, 0, 0, 2, 0);
  voters_are(&club, 2);
  /* another address of Bert's, and a letter that was forwarded to Clara */
  assert_true(store_begin(club.town.store, NULL));
  int64_t bert = person_find(club.town.store, "bert@web.de", NULL);
  assert_true(person_add_address(club.town.store, bert, "bert@arbeit.example", TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  club_answer(&club, "event_poll", "bert@web.de", "bert@arbeit.example", "alle", true);
  option_is(&club, 2, 1, 0, 1, 0);
  voters_are(&club, 2);
  club_answer(&club, "event_poll", "bert@web.de", "clara@web.de", "keiner passt", true);
  option_is(&club, 1, 1, 0, 1, 0);
  voters_are(&club, 2);
  assert_int_equal(club_count(&club, "event_poll_unclear", "bert@web.de"), 0);
  club_close(&club);
}

static void a_vote_from_elsewhere_that_nobody_vouches_for_is_none(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "bert@web.de", "1 und 2, 1 lieber");
  static const char *const from[] = { "bert.berg@fern.example", "clara@web.de" };
  for (gsize i = 0; i < G_N_ELEMENTS(from); i++) {
    club_answer(&club, "event_poll", "bert@web.de", from[i], "keiner passt", false);
    option_is(&club, 1, 1, 0, 0, 1);
    voters_are(&club, 1);
  }
  club_answer(&club, "event_poll", "bert@web.de", "otto@fern.example", "alle", true); /* proven: their own */
  option_is(&club, 1, 2, 0, 0, 1);
  voters_are(&club, 2);
  club_answer(&club, "event_poll", "bert@web.de", "bert@web.de", "nur 2", false); /* whom we asked */
  option_is(&club, 1, 1, 0, 1, 0);
  club_close(&club);
}

static void who_votes_too_late_reads_the_result_themselves(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "bert@web.de", "nur 2");
  club_answer(&club, "event_poll_opened", "anna@web.de", "anna@web.de", "Bitte abbrechen, hat sich erledigt.",
              true);
  for (int i = 0; i < 3; i++) club_wait(&club, clock_now() + 60);
  int before = club_count(&club, "event_poll_result", "bert@web.de");
  club_answer(&club, "event_poll", "bert@web.de", "otto@fern.example", "nur 1", true);
  assert_int_equal(club_count(&club, "event_poll_result", "bert@web.de"), before);
  assert_int_equal(club_count(&club, "event_poll_result", "otto@fern.example"), 1);
  club_close(&club);
}

static void two_who_turn_out_to_be_one_have_one_vote(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "bert@web.de", "nur 1");
  club_wait(&club, TEST_NOW + 4000);
  votes(&club, "clara@web.de", "nur 2");
  voters_are(&club, 2);
  assert_true(store_begin(club.town.store, NULL));
  int64_t bert = person_find(club.town.store, "bert@web.de", NULL),
          clara = person_find(club.town.store, "clara@web.de", NULL);
  assert_true(person_merge(club.town.store, bert, clara, TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  club_answer(&club, "event_poll_opened", "anna@web.de", "anna@web.de", "Stand?", true);
  voters_are(&club, 1);
  option_is(&club, 1, 0, 0, 1, 0);
  option_is(&club, 2, 1, 0, 0, 0);
  club_close(&club);
}

static void robots_and_riddles_do_not_count(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "bert@web.de",
        "Ich bin bis 17. März nicht im Büro. Ihre Mail wird nicht weitergeleitet. In dringenden Fällen "
        "wenden Sie "
        "sich an meine Vertretung.");
  voters_are(&club, 0);
  assert_int_equal(club_count(&club, "event_poll_unclear", "bert@web.de"), 0);
  votes(&club, "bert@web.de", "Wer bringt eigentlich Erde mit?");
  voters_are(&club, 0);
  assert_int_equal(club_count(&club, "event_poll_unclear", "bert@web.de"), 1);
  club_close(&club);
}

static void the_organiser_asks_how_it_stands_and_nobody_else_reads_names(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "bert@web.de", "1 und 2, 1 lieber");
  votes(&club, "clara@web.de", "egal");
  club_answer(&club, "event_poll_opened", "anna@web.de", "anna@web.de", "Stand?", true);
  club_has(&club, "event_poll_state", "anna@web.de",
           "1) Dienstag, 17. März 2026, 18 Uhr: passt 2 mal, 1 mal am besten");
  club_has(&club, "event_poll_state", "anna@web.de", "1) Bert, am liebsten");
  club_answer(&club, "event_poll", "bert@web.de", "bert@web.de", "Stand?", true);
  assert_int_equal(club_count(&club, "event_poll_state", "bert@web.de"), 0);
  /* the organiser's own vote */
  club_answer(&club, "event_poll_opened", "anna@web.de", "anna@web.de", "Ich kann 2 und 3", true);
  option_is(&club, 3, 2, 0, 1, 0);
  voters_are(&club, 3);
  club_close(&club);
}

static void the_date_that_most_can_becomes_an_event(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "bert@web.de", "1 und 2, 1 lieber");
  club_wait(&club, TEST_NOW + 7 * 86400 + 12 * 3600); /* 9 March in the evening */
  for (int i = 0; i < 3; i++) club_wait(&club, clock_now() + 60);
  assert_int_equal(club_count(&club, "event_poll", "clara@web.de"), 2); /* once more */
  assert_int_equal(club_count(&club, "event_poll", "bert@web.de"), 1);  /* had answered */
  votes(&club, "clara@web.de", "Donnerstag geht, Dienstag nicht");
  club_wait(&club, TEST_NOW + 9 * 86400); /* 11 March */
  for (int i = 0; i < 4; i++) club_wait(&club, clock_now() + 60);
  club_has(&club, "event_poll_result", "bert@web.de",
           "Für Hof bepflanzen ist es Donnerstag, 19. März 2026, 19 Uhr.");
  g_autofree char *result = club_text(&club, "event_poll_result", "clara@web.de");
  assert_null(strstr(result, "Bert")); /* numbers alone */
  club_has(&club, "event_draft", "anna@web.de", "Wann: Donnerstag, 19. März 2026, 19 Uhr");
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 0);
  votes(&club, "bert@web.de", "doch lieber 3"); /* too late */
  option_is(&club, 3, 0, 0, 2, 0);
  club_has(&club, "event_poll_result", "bert@web.de", "konnten wir nicht mehr zählen");
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Wo: Segelfliegerdamm 12", true);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  for (int i = 0; i < 4; i++) club_wait(&club, clock_now() + 60);
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "open");
  assert_string_equal(event->starts, "2026-03-19T19:00");
  g_autofree char *raw = post_mail(&club.town, "event_invitation", "clara@web.de");
  assert_non_null(raw);
  g_autoptr(mail_t) mail = mail_read(raw, strlen(raw), &(struct mail_reading){ .domain = "x.example" });
  g_autoptr(calendar_t) calendar = itip_find(mail);
  assert_non_null(calendar);
  club_comes(&club, "clara@web.de", "Ja, gern");
  club_counts(&club, 1, 0, 0, 1, 0);
  club_close(&club);
}

static void the_organiser_takes_one_or_ends_it(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "bert@web.de", "2");
  club_answer(&club, "event_poll_opened", "anna@web.de", "anna@web.de", "Wir nehmen den Samstag.", true);
  club_has(&club, "event_draft", "anna@web.de", "Wann: Samstag, 21. März 2026, 15 Uhr");
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Nehmt doch 2", true);
  club_has(&club, "event_draft", "anna@web.de", "Wann: Donnerstag, 19. März 2026, 19 Uhr");
  club_close(&club);
  it_is_open(&club);
  votes(&club, "bert@web.de", "2");
  club_answer(&club, "event_poll_opened", "anna@web.de", "dieb@evil.example", "Schluss", true);
  g_autoptr(event_t) before = the_event(&club);
  assert_string_equal(before->state, "poll");
  club_answer(&club, "event_poll_opened", "anna@web.de", "anna@web.de", "Schluss", true);
  club_has(&club, "event_draft", "anna@web.de", "Wann: Donnerstag, 19. März 2026, 19 Uhr");
  club_close(&club);
}

static void a_poll_that_is_dropped_says_so(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  club_answer(&club, "event_poll_opened", "anna@web.de", "anna@web.de", "Bitte abbrechen, hat sich erledigt.",
              true);
  for (int i = 0; i < 3; i++) club_wait(&club, clock_now() + 60);
  club_has(&club, "event_poll_result", "bert@web.de", "kein Termin mehr gesucht");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->state, "cancelled");
  club_close(&club);
}

static void one_that_an_operator_calls_off_says_so_too(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  g_autoptr(event_t) event = the_event(&club);
  g_free(event->state);
  event->state = g_strdup("cancelled");
  event->sequence++;
  event->next_tick = clock_now();
  assert_true(store_begin(club.town.store, NULL));
  assert_true(event_put(club.town.store, event, NULL));
  assert_true(store_commit(club.town.store, NULL));
  for (int i = 0; i < 3; i++) club_wait(&club, clock_now() + 60);
  assert_int_equal(club_count(&club, "event_poll_result", "bert@web.de"), 1);
  club_has(&club, "event_poll_result", "bert@web.de", "kein Termin mehr gesucht");
  assert_int_equal(club_count(&club, "event_off", "bert@web.de"), 0);
  club_close(&club);
}

static void termine_and_the_front_door_take_polls_too(void **state)
{
  (void)state;
  static const char *const doors[] = { "termine@kiez.example", "kiez@kiez.example" };
  for (gsize i = 0; i < G_N_ELEMENTS(doors); i++) {
    struct club club;
    club_open(&club);
    town_list(&club.town, "termine", "events", true);
    club_write(&club, "anna@web.de", doors[i], "Treffen der Hausgemeinschaft", question, true);
    club_wait(&club, TEST_NOW + 3600);
    if (club_count(&club, "event_poll_draft", "anna@web.de") != 1) {
      g_autofree char *all = post_letters(&club.town);
      fail_msg("%s: %s", doors[i], all);
    }
    club_close(&club);
  }
}

/* Bert has left the group, and has not said when he can; Clara left as well, but takes part. */
static void who_has_left_is_asked_no_more_when_they_can(void **state)
{
  (void)state;
  struct club club;
  it_is_open(&club);
  votes(&club, "clara@web.de", "2 und 3");
  g_autoptr(event_t) event = the_event(&club);
  static const char *const gone[] = { "bert@web.de", "clara@web.de" };
  for (gsize i = 0; i < G_N_ELEMENTS(gone); i++) {
    g_autoptr(event_party_t) party = event_party_find(club.town.store, event->id, gone[i], "invited", NULL);
    assert_true(store_begin(club.town.store, NULL));
    assert_true(member_remove(club.town.store, event->list, party->person, clock_now(), NULL));
    assert_true(store_commit(club.town.store, NULL));
  }
  int before = club_count(&club, "event_poll", "bert@web.de");
  for (int day = 1; day < 12; day++)
    for (int i = 0; i < 3; i++) club_wait(&club, TEST_NOW + day * 24 * 3600 + i * 90);
  club_answer(&club, "event_draft", "anna@web.de", "anna@web.de", "Wo: Segelfliegerdamm 12\n\nJa", true);
  for (int i = 0; i < 6; i++) club_wait(&club, clock_now() + 90);
  assert_int_equal(club_count(&club, "event_poll", "bert@web.de"), before);
  assert_int_equal(club_count(&club, "event_poll_result", "bert@web.de"), 0);
  assert_int_equal(club_count(&club, "event_poll_result", "clara@web.de"), 1);
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), 0);
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(who_has_left_is_asked_no_more_when_they_can),
    cmocka_unit_test(its_author_confirms_before_anybody_is_asked),
    cmocka_unit_test(a_no_asks_nobody),
    cmocka_unit_test(votes_count_once_a_person_and_the_last_one_counts),
    cmocka_unit_test(a_vote_from_elsewhere_that_nobody_vouches_for_is_none),
    cmocka_unit_test(who_votes_too_late_reads_the_result_themselves),
    cmocka_unit_test(two_who_turn_out_to_be_one_have_one_vote),
    cmocka_unit_test(robots_and_riddles_do_not_count),
    cmocka_unit_test(the_organiser_asks_how_it_stands_and_nobody_else_reads_names),
    cmocka_unit_test(the_date_that_most_can_becomes_an_event),
    cmocka_unit_test(the_organiser_takes_one_or_ends_it),
    cmocka_unit_test(a_poll_that_is_dropped_says_so),
    cmocka_unit_test(one_that_an_operator_calls_off_says_so_too),
    cmocka_unit_test(termine_and_the_front_door_take_polls_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
