/* Whom an organiser means by a name, and that nobody is counted twice or entered for another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/events/event_club.h"

/* The party of an address is called so. */
static void is_called(struct club *club, const char *address, const char *name)
{
  g_autoptr(event_t) event = the_event(club);
  g_autoptr(event_party_t) party = event_party_find(club->town.store, event->id, address, "invited", NULL);
  party->name = (g_free(party->name), g_strdup(name));
  assert_true(store_begin(club->town.store, NULL) && event_party_put(club->town.store, party, 1, NULL) &&
              store_commit(club->town.store, NULL));
}

static void a_first_name_that_only_one_has_is_theirs(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  is_called(&club, "bert@web.de", "Bert Berg");
  club_says(&club, "Bert kommt auch, mit Frau, sagt er an der Tür");
  club_comes(&club, "bert@web.de", "Bin mit meiner Frau dabei");
  club_counts(&club, 1, 0, 0, 2, 0);
  club_says(&club, "Bert kommt doch nicht");
  club_counts(&club, 0, 1, 0, 0, 0);
  club_has(&club, "event_entered", "bert@web.de", "Sie kommen nicht");
  club_answer(&club, "event_entered", "bert@web.de", "bert@web.de", "Doch, wir kommen zu zweit", true);
  club_counts(&club, 1, 0, 0, 2, 0);
  club_says(&club, "Clara kommt zu dritt"); /* who gave no name: by the address */
  club_comes(&club, "clara@web.de", "Ich komme");
  club_counts(&club, 2, 0, 0, 3, 0);
  assert_int_equal(club_count(&club, "event_entered", "clara@web.de"), 0);
  club_close(&club);
}

static void a_first_name_that_several_have_is_asked_about(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  is_called(&club, "bert@web.de", "Kai Berg");
  is_called(&club, "clara@web.de", "Kai Clausen");
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club, "Kai kommt nicht. Frau Schulz kommt zu zweit.");
  club_counts(&club, 2, 0, 0, 3, 0);
  club_has(&club, "event_noted", "anna@web.de", "Kai: nicht eingetragen");
  club_has(&club, "event_noted", "anna@web.de", "Kai Berg, Kai Clausen");
  club_says(&club, "Kai Berg kommt nicht");
  club_counts(&club, 1, 1, 0, 2, 0);
  club_close(&club);
}

/* Another one than who is invited: by title, or by another family's name. */
static void another_of_that_name_is_another(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  is_called(&club, "bert@web.de", "Bert Berg");
  club_comes(&club, "bert@web.de", "Ich komme");
  club_says(&club,
            "Bert Schulz kommt nicht. Oma Bert kommt vielleicht. Herr Berg sagt ab. Berta kommt zu zweit.");
  club_counts(&club, 2, 2, 1, 3, 0);
  club_close(&club);
}

/* Entered before they were invited, or as a stranger. */
static void who_was_entered_and_answers_is_counted_once(void **state)
{
  (void)state;
  struct club club;
  club_calls(&club, feast);
  club_says(&club, "Otto Ostertag kommt zu dritt. Otto kommt.");
  club_counts(&club, 2, 0, 0, 4, 0);
  club_write(&club, "Otto Ostertag <otto@fern.example>", "gruenau@kiez.example", "Hoffest", "Nichts", true);
  g_autofree char *to = club_reply_address(&club, "event_invitation", "bert@web.de");
  club_write(&club, "Otto Ostertag <otto@fern.example>", to, "Re: Hoffest", "Wir kommen zu zweit", true);
  club_answer(&club, "event_late", "anna@web.de", "anna@web.de", "Ja", true);
  club_write(&club, "Otto Ostertag <otto@fern.example>", to, "Re: Hoffest", "Ich komme doch allein", true);
  club_counts(&club, 2, 0, 0, 2, 0); /* a first name alone may be somebody else's */
  club_close(&club);
}

static void the_second_of_a_sentence_does_the_same(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int yes, no, people;
  } cases[] = {
    { "Frau Schulz kommt zu zweit und Herr Meier auch", 2, 0, 3 },
    { "Frau Schulz kommt zu zweit, Herr Meier ebenso.", 2, 0, 3 },
    { "Herr Meier sagt ab und Frau Kaya auch", 0, 2, 0 },
    { "Frau Schulz kommt, Herr Meier auch nicht", 1, 1, 1 },
    { "Peter kommt und Susi auch", 2, 0, 2 },
    { "Krügers von nebenan kommen zu fünft und die Oma von Lena auch", 2, 0, 6 },
    { "Frau Schulz kommt zu zweit und Herr Meier auch zu dritt", 2, 0, 5 },
    { "Mrs Smith is coming and Mr Brown too", 2, 0, 2 },
    { "Frau Schulz kommt zu zweit und bringt Kuchen auch mit", 1, 0, 2 },
    { "Frau Schulz kommt zu zweit und der Hund auch", 1, 0, 2 },
    { "Frau Schulz kommt zu zweit und Kuchen auch", 1, 0, 2 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct club club;
    club_calls(&club, feast);
    print_message("%s\n", cases[i].text);
    club_says(&club, cases[i].text);
    club_counts(&club, cases[i].yes, cases[i].no, 0, cases[i].people, 0);
    club_close(&club);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_first_name_that_only_one_has_is_theirs),
    cmocka_unit_test(a_first_name_that_several_have_is_asked_about),
    cmocka_unit_test(another_of_that_name_is_another),
    cmocka_unit_test(who_was_entered_and_answers_is_counted_once),
    cmocka_unit_test(the_second_of_a_sentence_does_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
