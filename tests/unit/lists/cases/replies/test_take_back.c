/* An office takes back an answer that is published: what is left of it, who is told, and when it is asked
 * first. Each is played through the worker. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#include "lib/store/internal.h"

#define OWN "kerstin.muster@ba-tk.berlin.example"

static int open_answered(void **state)
{
  answered_setup_asked(state);
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  return 0;
}

static void a_wish_in_many_words_takes_it_back(void **state)
{
  static const char *const wishes[] = {
    "Bitte die letzte Antwort nicht veröffentlichen, die war falsch.",
    "Bitte nehmen Sie meine Antwort von heute wieder aus dem Archiv.",
    "Wir ziehen unsere Auskunft hiermit zurück.",
    "Können Sie meine Antwort wieder löschen? Sie war für einen anderen Vorgang.",
    "nehmt das bitte wieder von der Seite",
    "Meine gestrige Mail bitte depublizieren",
    "Please withdraw our last answer.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(wishes); i++) {
    if (i > 0) answered_teardown(state), open_answered(state);
    answered_reply(&a, MUSTER, wishes[i], true);
    if (strcmp(answered_state(&a, 1), "forwarded 0") != 0)
      fail_msg("%s: %s", wishes[i], answered_state(&a, 1));
    assert_int_equal(moderated_count(&a.club, "case_answer_withdrawn", "anna@web.de"), 1);
    assert_int_equal(moderated_count(&a.club, "case_taken_back", OWN), 1);
    assert_int_equal(moderated_count(&a.club, "case_answered", "anna@web.de"), 1);
  }
}

static void of_a_private_case_nobody_says_that_it_was_public(void **state)
{
  static const char *const asks[] = { NULL, "Bitte nichts davon veröffentlichen." };
  for (gsize i = 0; i < G_N_ELEMENTS(asks); i++) {
    if (i > 0) answered_teardown(state), open_answered(state);
    if (asks[i]) answered_say(&a, "case_answered", "anna@web.de", "anna@web.de", asks[i], true);
    answered_reply(&a, MUSTER, "Wir ziehen unsere Auskunft hiermit zurück.", true);
    g_autofree char *told = moderated_line(&a.club, "case_taken_back", OWN);
    assert_int_equal(strstr(told, "nicht mehr öffentlich zu lesen") == NULL, i);
    assert_int_equal(strstr(told, "ist zurückgezogen") != NULL, i);
  }
}

static void an_answer_with_such_words_is_an_answer(void **state)
{
  static const char *const answers[] = {
    "Auf Ihre Nachricht wurde der Müll entfernt.",
    "Wie in meiner letzten Mail geschrieben, entfernen wir den Poller am 3.12.",
    "Meine Antwort war leider falsch, der Poller kommt erst in der 20. KW.",
    "Laut der Mitteilung der Firma wird der Poller in der 13. KW ersetzt.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    if (i > 0) answered_teardown(state), open_answered(state);
    answered_reply(&a, MUSTER, answers[i], true);
    if (!g_str_has_suffix(answered_state(&a, 1), " 2")) fail_msg("%s: %s", answers[i], answered_state(&a, 1));
  }
}

static void where_it_is_not_plain_it_is_asked(void **state)
{
  static const char *const words[] = { "Meine Antwort war falsch.", "Nicht veröffentlichen!",
                                       "Sorry, falscher Vorgang!" };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (i > 0) answered_teardown(state), open_answered(state);
    answered_reply(&a, MUSTER, words[i], true);
    assert_string_equal(answered_state(&a, 1), "planned 1");
    assert_int_equal(moderated_count(&a.club, "case_take_back", OWN), 1);
    answered_say(&a, "case_take_back", OWN, "x@gmail.com", "ja", true);
    assert_string_equal(answered_state(&a, 1), "planned 1");
    answered_say(&a, "case_take_back", OWN, MUSTER, "Ja", true);
    assert_string_equal(answered_state(&a, 1), "forwarded 0");
  }
}

static void of_several_the_last_goes_where_that_is_said(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Der Poller wird erst in der 20. KW ersetzt.", true);
  answered_reply(&a, MUSTER, "Bitte löschen Sie meine Antwort.", true);
  assert_string_equal(answered_state(&a, 1), "planned 2");
  assert_int_equal(moderated_count(&a.club, "case_take_back", OWN), 1);
  answered_reply(&a, MUSTER, "Bitte nehmen Sie meine letzte Antwort zurück: sie war falsch.", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  assert_string_equal(it->expected, "2026-03-22");
}

static void it_can_be_put_back(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Bitte nehmen Sie meine Antwort aus dem Archiv.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_taken_back", OWN, MUSTER, "Bitte doch wieder veröffentlichen", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_int_equal(moderated_count(&a.club, "case_answer_withdrawn", "anna@web.de"), 2);
}

static void a_new_answer_beside_it_is_shown_first(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER,
                 "Meine letzte Antwort bitte löschen. Richtig ist: Der Poller wird in der 20. KW ersetzt.",
                 true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  answered_say(&a, "case_publish", OWN, MUSTER, "Ja", true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *text = answered_text(&a, 1);
  assert_non_null(strstr(text, "20. KW"));
}

static void nobody_else_takes_it_back(void **state)
{
  (void)state;
  static const char wish[] = "Bitte nehmen Sie meine Antwort aus dem Archiv.";
  answered_reply(&a, MUSTER, wish, false);
  answered_reply(&a, "Kerstin Muster <muster@gmail.com>", wish, true);
  answered_reply(&a, UNA, wish, true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
}

static void an_answer_to_a_settled_question_takes_it_back_too(void **state)
{
  (void)state;
  answered_teardown(state), answered_setup_asked(state);
  answered_reply(&a, MUSTER, "Vorab: Der Poller wird in der 12. KW ersetzt.", true);
  answered_say(&a, "case_publish", OWN, MUSTER, "ja", true);
  if (strcmp(answered_state(&a, 1), "planned 1") != 0) {
    answered_reply(&a, MUSTER, "Erbitte Zuarbeit. Der Poller wird in der 12. KW ersetzt.", true);
    answered_say(&a, "case_publish", OWN, MUSTER, "ja", true);
  }
  assert_string_equal(answered_state(&a, 1), "planned 1");
  answered_say(&a, "case_publish", OWN, MUSTER, "Bitte die Antwort doch wieder zurückziehen", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
}

static void where_nothing_is_published_the_clerk_learns_it(void **state)
{
  answered_teardown(state), answered_setup_asked(state);
  answered_reply(&a, MUSTER, "Bitte nehmen Sie meine Antwort aus dem Archiv.", true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  g_autofree char *told = moderated_text(&a.club, "case_taken_back", OWN);
  assert_non_null(strstr(told, "nichts zurückzuziehen"));
  assert_int_equal(moderated_count(&a.club, "case_answer_withdrawn", NULL), 0);
}

enum { CROWD = 605 };

/* The thread has so many messages, as copies of its first. */
static void crowd_thread(const struct message *first)
{
  g_autofree char *sql = g_strdup_printf(
      "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO message "
      "(list, message_id, thread, position, depth, mail, subject, text, received) SELECT list, message_id || "
      "n.i, thread, n.i, 1, mail, subject, text, received FROM message, n WHERE message.id = %d; "
      "UPDATE thread SET next_position = %d WHERE id = %d",
      CROWD, (int)first->id, CROWD + 1, (int)first->thread);
  if (!db_exec(a.club.town.store->db, sql, NULL)) fail_msg("the thread stays small");
}

static void its_message_in_the_thread_leaves_a_tombstone(void **state)
{
  answered_teardown(state), answered_setup(state);
  club_write(&a.club, "anna@web.de", "gruenau@kiez.example", "Poller", "Wann kommt der Poller an der Straße?",
             true);
  g_autoptr(GPtrArray) all = messages_latest(a.club.town.store, a.club.list, 1, false, NULL);
  const struct message *asked = all->pdata[0];
  answered_ask(&a);
  g_autofree char *sql =
      g_strdup_printf("UPDATE casefile SET thread = %d, message = %d", (int)asked->thread, (int)asked->id);
  assert_true(db_exec(a.club.town.store->db, sql, NULL));
  crowd_thread(asked);
  answered_reply(&a, MUSTER, "Der Poller wird in der 12. KW ersetzt.", true);
  answered_reply(&a, MUSTER, "Bitte nehmen Sie meine Antwort aus dem Archiv.", true);
  g_autoptr(GPtrArray) thread = messages_of_thread(a.club.town.store, asked->thread, CROWD, 10, NULL);
  assert_int_equal(thread->len, 1);
  const struct message *gone = thread->pdata[0];
  assert_null(strstr(gone->text, "12. KW"));
  assert_non_null(strstr(gone->text, "zurückgezogen"));
}

static void who_waits_is_waited_for_again(void **state)
{
  (void)state;
  answered_reply(&a, MUSTER, "Bitte nehmen Sie meine Antwort aus dem Archiv.", true);
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  assert_int_equal(it->answered, 0);
  assert_string_equal(it->expected, "");
  assert_true(*it->due && *it->next_tick);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_answered, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_wish_in_many_words_takes_it_back),
    CASE(of_a_private_case_nobody_says_that_it_was_public),
    CASE(an_answer_with_such_words_is_an_answer),
    CASE(where_it_is_not_plain_it_is_asked),
    CASE(of_several_the_last_goes_where_that_is_said),
    CASE(it_can_be_put_back),
    CASE(a_new_answer_beside_it_is_shown_first),
    CASE(nobody_else_takes_it_back),
    CASE(an_answer_to_a_settled_question_takes_it_back_too),
    CASE(where_nothing_is_published_the_clerk_learns_it),
    CASE(its_message_in_the_thread_leaves_a_tombstone),
    CASE(who_waits_is_waited_for_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
