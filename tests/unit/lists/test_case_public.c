/* A private case becomes public: because whoever asked says so, twice; by nobody else; and what was private
 * stays so unless they say that, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#include "lists/cases/residents/words.h"

#define ANNA "Anna Schmidt <anna@web.de>"

static void say(const char *letter, const char *text)
{
  answered_say(&a, letter, "anna@web.de", ANNA, text, true);
}

/* Anna has made her case private. */
static int setup_withheld(void **state)
{
  answered_setup_asked(state);
  say("case_opened", "Bitte nicht veröffentlichen.");
  return 0;
}

/* Ben's question was never public. */
static int setup_secret(void **state)
{
  answered_setup(state);
  club_write(&a.club, ANNA, "frage@kiez.example", "Poller vor meiner Praxis in der Bölschestraße",
             "Bitte nicht veröffentlichen. Wann wird der umgefahrene Poller ersetzt?", true);
  return 0;
}

static bool is_public(void)
{
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  return it->is_public;
}

static bool is_entry_public(int position)
{
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  g_autoptr(case_entry_t) entry = case_entry_get(a.club.town.store, it->id, position, NULL);
  return entry->is_public;
}

static void a_wish_is_asked_once_and_a_yes_does_it(void **state)
{
  (void)state;
  assert_false(is_public());
  say("case_noted", "Das darf jetzt doch wieder veröffentlicht werden.");
  assert_false(is_public());
  assert_int_equal(moderated_count(&a.club, "case_public", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&a.club, "case_added", NULL), 0);
  g_autofree char *asked = moderated_text(&a.club, "case_public", "anna@web.de");
  assert_non_null(strstr(asked, "Wann wird der umgefahrene Poller"));
  say("case_public", "ja");
  assert_true(is_public());
  g_autofree char *told = moderated_text(&a.club, "case_noted", "anna@web.de");
  assert_non_null(strstr(told, "wieder im öffentlichen Archiv"));
}

static void no_or_nothing_leaves_it_private(void **state)
{
  (void)state;
  say("case_noted", "Meinetwegen stellen Sie es doch wieder ins Netz.");
  say("case_public", "nein, lieber nicht");
  assert_false(is_public());
}

static void what_was_written_meanwhile_stays_private(void **state)
{
  (void)state;
  say("case_noted", "Der Poller liegt jetzt im Beet und stört.");
  answered_reply(&a, MUSTER, "Der Poller wird am 20. April 2026 ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "planned 1"); /* for its pages, were there any */
  say("case_answered", "Danke! Machen Sie die Anfrage bitte wieder öffentlich.");
  say("case_public", "ja, mit meinem Text");
  assert_true(is_public());
  assert_string_equal(answered_state(&a, 1), "planned 0");
  answered_reply(&a, MUSTER, "Der Poller wird am 4. Mai 2026 ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

static void the_office_alone_makes_nothing_public(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Bitte veröffentlichen. Der Poller wird am 20. April 2026 ersetzt.", true);
  assert_int_equal(moderated_count(&a.club, "case_public", NULL), 0);
  assert_false(is_public());
}

static void nobody_else_makes_it_public(void **state)
{
  (void)state;
  answered_say(&a, "case_noted", "anna@web.de", "Eve <eve@gmx.de>", "Das darf wieder öffentlich sein.", true);
  assert_int_equal(moderated_count(&a.club, "case_public", NULL), 0);
  say("case_noted", "Das darf wieder öffentlich sein.");
  answered_say(&a, "case_public", "anna@web.de", MUSTER, "ja", true);
  answered_say(&a, "case_public", "anna@web.de", "Eve <eve@gmx.de>", "ja", true);
  assert_false(is_public());
}

static void words_that_were_never_public_stay_hidden(void **state)
{
  (void)state;
  assert_false(is_entry_public(1));
  say("case_opened", "Von mir aus kann das jetzt doch öffentlich sein.");
  g_autofree char *asked = moderated_text(&a.club, "case_public", "anna@web.de");
  assert_null(strstr(asked, "umgefahrene"));
  say("case_public", "ja");
  assert_true(is_public());
  assert_false(is_entry_public(1));
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  assert_null(strstr(it->title, "Praxis"));
  assert_string_equal(it->place, "");
}

static void they_are_shown_where_that_is_said(void **state)
{
  (void)state;
  say("case_opened", "Von mir aus kann das jetzt doch öffentlich sein.");
  say("case_public", "ja, mit meinem Text");
  assert_true(is_public());
  assert_true(is_entry_public(1));
}

static void wishes_are_told_from_what_is_said_of_places(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    bool is_wish;
  } cases[] = {
    { "Sie können es wieder online stellen.", true },
    { "Ich habe nichts mehr dagegen, dass es veröffentlicht wird.", true },
    { "doch veröffentlichen bitte", true },
    { "Meine Frage darf jetzt jeder lesen.", true },
    { "You can make it public again.", true },
    { "Bitte weiterhin nicht veröffentlichen.", false },
    { "Der Weg soll wieder öffentlich sein.", false },
    { "Wann ist die Bibliothek wieder offen?", false },
    { "Danke für die Antwort!", false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(passage_t) passage = passage_new(cases[i].text, NULL, 0);
    if (case_words_public(passage, NULL) != cases[i].is_wish) fail_msg("%s", cases[i].text);
  }
}

#define WITHHELD(name) cmocka_unit_test_setup_teardown(name, setup_withheld, answered_teardown)
#define SECRET(name)   cmocka_unit_test_setup_teardown(name, setup_secret, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    WITHHELD(a_wish_is_asked_once_and_a_yes_does_it),
    WITHHELD(no_or_nothing_leaves_it_private),
    WITHHELD(what_was_written_meanwhile_stays_private),
    WITHHELD(the_office_alone_makes_nothing_public),
    WITHHELD(nobody_else_makes_it_public),
    SECRET(words_that_were_never_public_stay_hidden),
    SECRET(they_are_shown_where_that_is_said),
    SECRET(wishes_are_told_from_what_is_said_of_places),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
