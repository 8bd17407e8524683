/* Answers of offices that are about something else than they seem: other words for "not us", programs that
 * have only got our mail, several cases in a sentence, and a mail that only names a number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

static void reopen(void)
{
  answered_teardown(NULL);
  answered_setup(NULL);
}

static void other_words_for_not_us_hand_it_on(void **state)
{
  (void)state;
  static const char *const words[] = {
    "gehört zum Umweltamt",
    "→ UNA",
    "UNA",
    "Das müsste das Umwelt- und Naturschutzamt beantworten, ich bin da raus.",
    "Wurde zuständigkeitshalber an das Umweltamt abgegeben.",
    "Ich habe Ihre Mail an die Kollegen vom Umweltamt weitergeleitet.",
    "Falsch bei uns, das ist Sache des Naturschutzamts.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (i) reopen();
    answered_ask(&a);
    answered_reply(&a, SGA, words[i], true);
    g_autofree char *sign = answered_sign(&a, 1);
    if (strcmp(sign, "UNA") != 0) fail_msg("\"%s\": %s, %s", words[i], sign, answered_state(&a, 1));
    assert_int_equal(moderated_count(&a.club, "case_office", UNA), 1);
    assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  }
}

static void what_is_an_answer_stays_one(void **state)
{
  (void)state;
  static const char *const words[] = {
    "Wir klären das mit dem Umweltamt und melden uns.",
    "Der Poller wird im Mai ersetzt; das Umweltamt hat der Fällung der Linde daneben schon zugestimmt, so "
    "dass "
    "die Arbeiten dort ohne weitere Verzögerung beginnen können.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (i) reopen();
    answered_ask(&a);
    answered_reply(&a, SGA, words[i], true);
    g_autofree char *sign = answered_sign(&a, 1);
    if (strcmp(sign, "SGA") != 0) fail_msg("\"%s\" goes to %s", words[i], sign);
  }
}

static void an_office_that_names_itself_is_asked(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, SGA, "bitte an SGA", true);
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "case_publish", SGA), 1);
}

static void another_body_reaches_the_coordinator_by_name(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, SGA, "Zuständig: Deutsche Bahn", true);
  g_autofree char *asked = moderated_text(&a.club, "case_office", SPK);
  assert_non_null(strstr(asked, "Deutsche Bahn"));
}

static void a_program_that_has_only_got_it_is_no_answer(void **state)
{
  (void)state;
  static const char *const words[] = {
    "Eingangsbestätigung\n\nSehr geehrte Damen und Herren, Ihre E-Mail ist bei uns eingegangen und wird "
    "schnellstmöglich "
    "bearbeitet. Dies ist eine automatisch erzeugte Nachricht.",
    "Ihre Anfrage wurde unter der Ticketnummer 4711 registriert.",
    "Muster, Kerstin möchte die Nachricht \"AW: Poller\" zurückrufen.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (i) reopen();
    answered_ask(&a);
    answered_reply(&a, SGA, words[i], true);
    if (strcmp(answered_state(&a, 1), "forwarded 0") != 0)
      fail_msg("\"%s\": %s", words[i], answered_state(&a, 1));
    assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  }
}

/* The words of a program's receipt, said by a person who has handed it on: somebody hears of it. */
static void a_person_who_hands_it_on_is_no_program(void **state)
{
  (void)state;
  static const char *const words[] = {
    "Hierfür ist die Deutsche Bahn zuständig, ich habe Ihr Anliegen dorthin weitergeleitet.",
    "Wir haben Ihr Anliegen an die Berliner Wasserbetriebe weitergeleitet, da es sich um einen Kanaldeckel "
    "handelt.",
    "Anliegen wurde an die BSR weitergeleitet.",
    "Wir haben Ihr Anliegen an den Revierleiter weitergeleitet; er meldet sich bei uns.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (i) reopen();
    answered_ask(&a);
    int before = moderated_count(&a.club, "case_office", SPK);
    answered_reply(&a, SGA, words[i], true);
    int heard = moderated_count(&a.club, "case_answered", "anna@web.de") +
                moderated_count(&a.club, "case_publish", SGA) +
                moderated_count(&a.club, "case_unclear", SGA) + moderated_count(&a.club, "case_office", SPK) -
                before;
    if (heard == 0) fail_msg("nobody hears of \"%s\": %s", words[i], answered_state(&a, 1));
  }
}

static void a_program_that_sends_an_answer_answers(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, SGA, "Der Poller wird im Mai ersetzt.\n\nDiese Nachricht wurde automatisch versandt.",
                 true);
  assert_int_equal(moderated_count(&a.club, "case_answered", "anna@web.de"), 1);
}

static void two_cases_in_one_sentence_are_both_answered(void **state)
{
  (void)state;
  answered_ask(&a);
  club_write(&a.club, "Bert <bert@web.de>", "frage@kiez.example", "Schlagloch",
             "Wann wird das Schlagloch in der Straße am Hafen gefüllt?", true);
  answered_reply(&a, SGA, "KP-2026-0001 und KP-2026-0002 sind erledigt.", true);
  assert_string_equal(answered_state(&a, 1), "done 1");
  assert_string_equal(answered_state(&a, 2), "done 1");
  g_autofree char *one = answered_text(&a, 1), *two = answered_text(&a, 2);
  assert_string_equal(one, "KP-2026-0001 ist erledigt."); /* each says its own */
  assert_string_equal(two, "KP-2026-0002 ist erledigt.");
}

static void a_new_mail_with_the_number_belongs_to_the_case(void **state)
{
  (void)state;
  static const char *const subjects[] = { "KP-2026-0001 Poller", "Fall 2026/1", "zu KP 2026 0001" };
  for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++) {
    if (i) reopen();
    answered_ask(&a);
    club_write(&a.club, MUSTER, "frage@kiez.example", subjects[i], "Der Poller wird im Mai ersetzt.", true);
    if (strcmp(answered_state(&a, 1), "planned 1") != 0)
      fail_msg("\"%s\": %s", subjects[i], answered_state(&a, 1));
    assert_string_equal(answered_state(&a, 2), "none");
  }
}

static void the_number_before_an_answer_is_not_shown(void **state)
{
  (void)state;
  answered_ask(&a);
  club_write(&a.club, MUSTER, "frage@kiez.example", "Poller",
             "Zu KP 2026 0001: Der Poller wird im Mai ersetzt.", true);
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Der Poller wird im Mai ersetzt.");
}

static void from_another_office_or_unproven_it_is_asked_about(void **state)
{
  (void)state;
  answered_ask(&a);
  club_write(&a.club, UNA, "frage@kiez.example", "KP-2026-0001", "Der Poller wird im Mai ersetzt.", true);
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "case_publish", UNA), 1);
  club_write(&a.club, "zoe@web.de", "frage@kiez.example", "KP-2026-0001", "Der Poller wird im Mai ersetzt.",
             true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, answered_setup, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(other_words_for_not_us_hand_it_on),
    CASE(what_is_an_answer_stays_one),
    CASE(an_office_that_names_itself_is_asked),
    CASE(another_body_reaches_the_coordinator_by_name),
    CASE(a_program_that_has_only_got_it_is_no_answer),
    CASE(a_person_who_hands_it_on_is_no_program),
    CASE(a_program_that_sends_an_answer_answers),
    CASE(two_cases_in_one_sentence_are_both_answered),
    CASE(a_new_mail_with_the_number_belongs_to_the_case),
    CASE(the_number_before_an_answer_is_not_shown),
    CASE(from_another_office_or_unproven_it_is_asked_about),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
