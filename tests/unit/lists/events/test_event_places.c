/* Who has a place and comes with more than there are keeps what they have; the others wait for theirs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

static void with_places(struct club *club, const char *line)
{
  club_calls(club, feast);
  club_says(club, line);
  club_confirms(club, "event_change", "Ja");
}

static void a_place_stays_and_one_more_waits(void **state)
{
  (void)state;
  struct club club;
  with_places(&club, "Plätze: 3");
  club_comes(&club, "bert@web.de", "Ich komme");
  club_comes(&club, "clara@web.de", "Wir kommen zu zweit");
  club_counts(&club, 2, 0, 0, 3, 0);
  club_comes(&club, "bert@web.de", "Ich bringe noch meine Frau mit, wir sind also zu zweit");
  club_counts(&club, 2, 0, 0, 3, 0); /* he keeps his */
  assert_int_equal(club_count(&club, "event_waits", "bert@web.de"), 0);
  club_has(&club, "event_more", "bert@web.de", "Sie behalten Ihren Platz");
  club_has(&club, "event_more", "bert@web.de", "eine weitere Person");
  club_comes(&club, "clara@web.de", "Ich komme doch allein");
  club_counts(&club, 2, 0, 0, 3, 0); /* she leaves hers to his wife */
  club_has(&club, "event_moved_up", "bert@web.de", "mit 2 Personen");
  club_comes(&club, "clara@web.de", "Ich kann doch nicht");
  club_counts(&club, 1, 1, 0, 2, 0);
  assert_int_equal(club_count(&club, "event_moved_up", "bert@web.de"), 1);
  club_close(&club);
}

static void as_many_as_fit_come_and_whoever_has_none_is_first(void **state)
{
  (void)state;
  struct club club;
  with_places(&club, "Plätze: 4");
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club, "Frau Schulz kommt zu zweit");
  club_comes(&club, "bert@web.de", "Wir sind zu viert");
  club_counts(&club, 2, 0, 0, 4, 0); /* two of his four */
  club_has(&club, "event_more", "bert@web.de", "Sie behalten 2 Plätze");
  club_has(&club, "event_more", "bert@web.de", "2 weitere Personen");
  club_says(&club, "Stand?");
  club_has(&club, "event_state", "anna@web.de", "Bert (2), 2 mehr auf der Warteliste");
  club_comes(&club, "clara@web.de", "Ich komme");
  club_counts(&club, 2, 0, 0, 4, 1);
  club_says(&club, "Frau Schulz kommt doch nicht");
  club_counts(&club, 2, 1, 0, 4, 0); /* Clara, then one more of his */
  club_has(&club, "event_moved_up", "bert@web.de", "mit 3 Personen");
  club_says(&club, "Plätze: 5");
  club_confirms(&club, "event_change", "Ja");
  club_counts(&club, 2, 1, 0, 5, 0);
  club_close(&club);
}

static void a_newer_answer_ends_the_waiting(void **state)
{
  (void)state;
  static const char *const answers[] = { "Ich komme doch allein", "Ich kann leider gar nicht" };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    struct club club;
    with_places(&club, "Plätze: 2");
    club_comes(&club, "bert@web.de", "Ich komme");
    club_comes(&club, "clara@web.de", "Ich komme");
    club_comes(&club, "bert@web.de", "Wir kommen zu zweit");
    club_answer(&club, "event_more", "bert@web.de", "bert@web.de", answers[i], true);
    club_says(&club, "Plätze: 9");
    club_confirms(&club, "event_change", "Ja");
    club_counts(&club, i ? 1 : 2, i ? 1 : 0, 0, i ? 1 : 2, 0);
    assert_int_equal(club_count(&club, "event_moved_up", "bert@web.de"), 0);
    club_close(&club);
  }
}

/* Fewer places than there were take nobody's away; and whom the organiser enters keeps theirs as well. */
static void nobody_loses_a_place_that_they_had(void **state)
{
  (void)state;
  struct club club;
  with_places(&club, "Plätze: 3");
  club_comes(&club, "bert@web.de", "Wir kommen zu zweit");
  club_says(&club, "Frau Schulz kommt");
  club_says(&club, "Plätze: 2");
  club_confirms(&club, "event_change", "Ja");
  club_comes(&club, "bert@web.de", "Wir kommen zu zweit und bringen Kuchen mit");
  club_counts(&club, 2, 0, 0, 3, 0);
  club_says(&club, "Frau Schulz kommt zu dritt");
  club_counts(&club, 2, 0, 0, 3, 0);
  club_has(&club, "event_noted", "anna@web.de",
           "Frau Schulz: kommt, 1 Person (für 2 mehr ist kein Platz frei)");
  club_close(&club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_place_stays_and_one_more_waits),
    cmocka_unit_test(as_many_as_fit_come_and_whoever_has_none_is_first),
    cmocka_unit_test(a_newer_answer_ends_the_waiting),
    cmocka_unit_test(nobody_loses_a_place_that_they_had),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
