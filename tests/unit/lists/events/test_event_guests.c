/* Who is still written to of an event: not who left the group since, nor who was never let in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/video/video_club.h"

/* Anna changes what everybody is told of. */
static void changes(struct club *club, const char *line)
{
  club_says(club, line);
  club_confirms(club, "event_change", "Ja");
  for (int i = 0; i < 4; i++) club_wait(club, clock_now() + 90);
}

static void leaves(struct club *club, const char *address)
{
  g_autoptr(event_t) event = the_event(club);
  g_autoptr(event_party_t) party = event_party_find(club->town.store, event->id, address, "invited", NULL);
  assert_non_null(party);
  assert_true(store_begin(club->town.store, NULL));
  assert_true(member_remove(club->town.store, event->list, party->person, clock_now(), NULL));
  assert_true(store_commit(club->town.store, NULL));
}

static void who_waits_for_a_yes_or_was_refused_is_not_invited(void **state)
{
  (void)state;
  static const struct {
    const char *policy, *said, *answer;
    bool is_told;
  } cases[] = {
    { NULL, "Ich komme gern", NULL, false },
    { NULL, "Wir kommen zu zweit", "Nein", false },
    { NULL, "Vielleicht", NULL, false },
    { NULL, "Ich kann leider nicht", NULL, false },
    { "Fremde: ablehnen", "Ich komme", NULL, false },
    { NULL, "Ich komme gern", "Ja", true },
    { "Fremde: willkommen", "Ich komme gern", NULL, true },
  };
  int bad = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, feast);
    if (cases[i].policy) {
      club_says(&club, cases[i].policy);
      club_confirms(&club, "event_change", "Ja");
    }
    club_answer(&club, "event_invitation", "bert@web.de", "dora@post.de", cases[i].said, true);
    if (cases[i].answer)
      club_answer(&club, "event_late", "anna@web.de", "anna@web.de", cases[i].answer, true);
    int before = club_count(&club, "event_invitation", "bert@web.de");
    changes(&club, "Ort: Rathaus");
    changes(&club, "Ort: Bürgerhaus");
    int told = club_count(&club, "event_invitation", "dora@post.de");
    bool is_good = (told > 0) == cases[i].is_told;
    if (!is_good) print_message("%s, %s, %s: %d\n", cases[i].policy, cases[i].said, cases[i].answer, told);
    bad += !is_good;
    assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), before + 2); /* others are told */
    club_close(&club);
  }
  assert_int_equal(bad, 0);
}

/* The invitation, with its calendar and the way into a room, does not wait for what comes due next. */
static void whom_an_organiser_lets_in_is_invited_at_once(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_answer(&club, "event_invitation", "bert@web.de", "dora@post.de", "Ich komme gern", true);
  club_wait(&club, clock_now() + 90);
  assert_int_equal(club_count(&club, "event_invitation", "dora@post.de"), 0);
  int bert = club_count(&club, "event_invitation", "bert@web.de");
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  club_wait(&club, clock_now() + 90);
  assert_int_equal(club_count(&club, "event_invitation", "dora@post.de"), 1);
  assert_int_equal(club_count(&club, "event_invitation", "bert@web.de"), bert); /* nobody else */
  g_autoptr(event_t) event = the_event(&club);
  assert_true(event->next_tick > clock_now()); /* what comes due later is not forgotten */
  club_close(&club);
}

static void who_has_left_hears_of_it_only_if_they_come(void **state)
{
  (void)state;
  static const struct {
    const char *said, *then;
    bool is_told;
  } cases[] = { { NULL, NULL, false },
                { "Ich kann leider nicht", NULL, false },
                { "Ja, zu zweit", NULL, true },
                { "Vielleicht", NULL, true },
                { "Ja", "Doch nicht, ich kann leider nicht", false } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, feast);
    if (cases[i].said) club_comes(&club, "bert@web.de", cases[i].said);
    if (cases[i].then) club_comes(&club, "bert@web.de", cases[i].then);
    leaves(&club, "bert@web.de");
    int before = club_count(&club, "event_invitation", "bert@web.de");
    int clara = club_count(&club, "event_invitation", "clara@web.de");
    changes(&club, "Ort: Rathaus");
    changes(&club, "Wann: 17. Mai 2026, 15 bis 18 Uhr");
    int told = club_count(&club, "event_invitation", "bert@web.de") - before;
    if (told != (cases[i].is_told ? 2 : 0)) fail_msg("%s: told %d times", cases[i].said, told);
    assert_int_equal(club_count(&club, "event_invitation", "clara@web.de"), clara + 2);
    club_close(&club);
  }
}

static void who_has_left_is_not_asked_whether_they_come(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  leaves(&club, "bert@web.de");
  club_wait(&club, begins() - 3 * 24 * 3600);
  for (int i = 0; i < 4; i++) club_wait(&club, clock_now() + 90);
  assert_int_equal(club_count(&club, "event_answer_please", "clara@web.de"), 1);
  assert_int_equal(club_count(&club, "event_answer_please", "bert@web.de"), 0);
  club_close(&club);
}

/* Has somebody a way into the room? */
static bool has_way_in(struct club *club, const char *address, const char *role)
{
  g_autoptr(event_t) event = the_event(club);
  g_autoptr(event_party_t) party = event_party_find(club->town.store, event->id, address, role, NULL);
  if (!party) fail_msg("no party %s", address);
  struct work work = {
    .store = club->town.store, .config = club->town.config, .bbb = club->town.bbb, .now = clock_now()
  };
  struct room_way way;
  assert_true(room_way_for(&work, event, party, &way, NULL));
  bool has = way.link != NULL;
  room_way_clear(&way);
  return has;
}

static void who_has_left_has_no_way_into_the_room_any_more(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=\npin=\n");
  assert_true(has_way_in(&club, "bert@web.de", "invited"));
  leaves(&club, "bert@web.de");
  assert_false(has_way_in(&club, "bert@web.de", "invited"));
  assert_true(has_way_in(&club, "clara@web.de", "invited"));
  assert_true(has_way_in(&club, "anna@web.de", "organizer"));
  club_close(&club);
}

/* An event that is for everybody has nobody but guests whom nobody has invited. */
static void whoever_comes_to_an_open_event_has_a_way_into_its_room(void **state)
{
  (void)state;
  struct club club;
  video_club(&club, by_video, "dial=\npin=\n");
  club_says(&club, "Wer: alle");
  club_confirms(&club, "event_change", "Ja");
  g_autoptr(event_t) event = the_event(&club);
  assert_string_equal(event->audience, "open");
  club_answer(&club, "event_invitation", "bert@web.de", "dora@post.de", "Ich komme gern", true);
  club_answer(&club, "event_invitation", "bert@web.de", "emil@post.de", "Ich kann leider nicht", true);
  assert_true(has_way_in(&club, "dora@post.de", "stranger"));
  assert_false(has_way_in(&club, "emil@post.de", "stranger"));
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(who_waits_for_a_yes_or_was_refused_is_not_invited),
    cmocka_unit_test(whom_an_organiser_lets_in_is_invited_at_once),
    cmocka_unit_test(who_has_left_hears_of_it_only_if_they_come),
    cmocka_unit_test(who_has_left_is_not_asked_whether_they_come),
    cmocka_unit_test(who_has_left_has_no_way_into_the_room_any_more),
    cmocka_unit_test(whoever_comes_to_an_open_event_has_a_way_into_its_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
