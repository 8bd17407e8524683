/* A private case becomes public: because whoever asked says so, twice; by nobody else; and what was private
 * stays so unless they say that, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#include "lists/cases/residents/words.h"

#define ANNA  "Anna Schmidt <anna@web.de>"
#define CLERK "kerstin.muster@ba-tk.berlin.example"

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
  assert_string_equal(answered_state(&a, 1), "planned 0"); /* the office is shown it first */
  answered_say(&a, "case_publish", CLERK, MUSTER, "ja", true);
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

/* "Alles klar" says yes, and nothing of the text; whoever says "ohne" or "nicht" has it hidden. */
static void only_plain_words_show_the_text(void **state)
{
  static const struct {
    const char *text;
    bool is_public, shows;
  } cases[] = {
    { "Ja, alles klar", true, false },
    { "Ja, alles gut, vielen Dank!", true, false },
    { "Ja, alles", true, false },
    { "Ja, komplett ohne meinen Text", true, false },
    { "Ja, aber nicht mit meinem Text", false, false }, /* asked once more */
    { "Ja, nicht mit meinem Text", false, false },
    { "Nicht meinen Text", false, false },
    { "Yes, without my text", true, false },
    { "Yes, everything is fine", false, false },
    { "Ja, auch mein Text", true, true },
    { "Ja bitte, samt meiner Frage. Danke!", true, true },
    { "Yes, including my text", true, true },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    say("case_opened", "Von mir aus kann das jetzt doch öffentlich sein.");
    say("case_public", cases[i].text);
    if (is_public() != cases[i].is_public || is_entry_public(1) != cases[i].shows)
      fail_msg("%s: %d %d", cases[i].text, is_public(), is_entry_public(1));
    answered_teardown(state);
    setup_secret(state);
  }
}

static void what_stays_hidden_is_said(void **state)
{
  (void)state;
  say("case_opened", "Von mir aus kann das jetzt doch öffentlich sein.");
  say("case_public", "Ja, alles klar");
  g_autofree char *told = moderated_line(&a.club, "case_noted", "anna@web.de");
  assert_non_null(strstr(told, "Ihr Text bleibt verborgen"));
}

/* A wish that is asked about already is not met with silence, nor handed to the office. */
static void a_wish_said_twice_is_asked_again(void **state)
{
  (void)state;
  say("case_noted", "Das darf jetzt doch wieder veröffentlicht werden.");
  say("case_noted", "Sie können es wieder online stellen.");
  assert_int_equal(moderated_count(&a.club, "case_public", "anna@web.de"), 2);
  assert_int_equal(moderated_count(&a.club, "case_added", NULL), 0);
  g_autofree char *asked = moderated_line(&a.club, "case_public", "anna@web.de");
  assert_non_null(strstr(asked, "noch offen"));
  assert_non_null(strstr(asked, "Poller"));
  say("case_public", "ja");
  assert_true(is_public());
}

static void a_wish_beyond_the_days_questions_is_told_so(void **state)
{
  (void)state;
  for (int i = 0; i < 3; i++) {
    say("case_noted", "Das darf jetzt doch wieder veröffentlicht werden.");
    say("case_public", "nein, lieber nicht");
  }
  say("case_noted", "Meine Frage darf jetzt jeder lesen.");
  assert_int_equal(moderated_count(&a.club, "case_public", "anna@web.de"), 3);
  assert_int_equal(moderated_count(&a.club, "case_added", NULL), 0);
  g_autofree char *told = moderated_line(&a.club, "case_noted", "anna@web.de");
  assert_non_null(strstr(told, "heute schon"));
  assert_non_null(strstr(told, "morgen"));
}

/* The office holds letters that promised one reader: it is told, and its first answer is shown to it. */
static void the_office_learns_that_its_answers_are_read_by_all_now(void **state)
{
  (void)state;
  say("case_opened", "Von mir aus kann das jetzt doch öffentlich sein.");
  say("case_public", "ja");
  g_autofree char *told = moderated_line(&a.club, "case_now_public", SGA);
  assert_non_null(strstr(told, "KP-2026-0001"));
  assert_non_null(strstr(told, "werden veröffentlicht"));
  assert_null(strstr(told, "Praxis"));
  answered_reply(&a, MUSTER, "Der Poller wird am 4. Mai 2026 ersetzt.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *asked = moderated_line(&a.club, "case_publish", CLERK);
  assert_non_null(strstr(asked, "war zuerst nicht öffentlich"));
  answered_say(&a, "case_publish", CLERK, MUSTER, "ja", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  answered_reply(&a, MUSTER, "Der Poller kommt schon am 2. Mai 2026.", true);
  assert_string_equal(answered_state(&a, 1), "planned 2");
}

static void what_an_office_was_asked_while_it_was_private_is_asked_anew(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Der Poller wird am 4. Mai 2026 ersetzt. Meine Antworten stehen unten in rot.",
                 true);
  assert_int_equal(moderated_count(&a.club, "case_publish", CLERK), 1);
  say("case_opened", "Von mir aus kann das jetzt doch öffentlich sein.");
  say("case_public", "ja");
  answered_say(&a, "case_publish", CLERK, MUSTER, "ja", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_publish", CLERK), 2);
  answered_say(&a, "case_publish", CLERK, MUSTER, "ja", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

/* A colleague agreed to what only one person was to read. */
static void a_draft_of_that_time_goes_back_to_its_author(void **state)
{
  (void)state;
  answered_set(&a, "SGA", true, "role");
  answered_reply(&a, MUSTER, "Der Poller wird am 4. Mai 2026 ersetzt.", true);
  assert_int_equal(moderated_count(&a.club, "case_draft", SGA), 1);
  say("case_opened", "Von mir aus kann das jetzt doch öffentlich sein.");
  say("case_public", "ja");
  answered_say(&a, "case_draft", SGA, SGA, "ok", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_int_equal(moderated_count(&a.club, "case_publish", CLERK), 1);
  answered_say(&a, "case_publish", CLERK, MUSTER, "ja", true);
  answered_say(&a, "case_draft", SGA, SGA, "ok", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

/* A row of a mail about several cases is no way round. */
static void a_row_about_it_is_given_back_to_its_author(void **state)
{
  (void)state;
  say("case_opened", "Von mir aus kann das jetzt doch öffentlich sein.");
  say("case_public", "ja");
  club_write(&a.club, "Ben <ben@web.de>", "frage@kiez.example", "Schlagloch in der Bölschestraße",
             "Wann wird das Schlagloch an der Straße repariert?", true);
  answered_reply(&a, SGA, "KP-2026-0001: wird im Mai ersetzt\nKP-2026-0002: wird im Juni repariert", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_string_equal(answered_state(&a, 2), "planned 1");
  g_autofree char *told = moderated_line(&a.club, "case_rows", SGA);
  assert_non_null(strstr(told, "KP-2026-0001"));
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
    SECRET(only_plain_words_show_the_text),
    SECRET(what_stays_hidden_is_said),
    WITHHELD(a_wish_said_twice_is_asked_again),
    WITHHELD(a_wish_beyond_the_days_questions_is_told_so),
    SECRET(the_office_learns_that_its_answers_are_read_by_all_now),
    SECRET(what_an_office_was_asked_while_it_was_private_is_asked_anew),
    SECRET(a_row_about_it_is_given_back_to_its_author),
    SECRET(a_draft_of_that_time_goes_back_to_its_author),
    SECRET(wishes_are_told_from_what_is_said_of_places),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
