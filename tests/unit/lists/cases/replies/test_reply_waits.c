/* Answers of offices that wait for somebody's yes are not forgotten: who was asked is reminded, and in the
 * end the author and the coordinator learn that nothing was published. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

static void days_go_by(int days)
{
  for (int i = 0; i < days; i++) {
    clock_fix(clock_now() + 86400);
    post_work(&a.club.town);
  }
}

static void a_draft_is_reminded_of_and_goes_back_to_its_author_and_the_coordinator(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, MUSTER, "Entwurf\n\nDer Poller wird im Mai ersetzt.", true);
  assert_int_equal(moderated_count(&a.club, "case_draft", SGA), 1);
  days_go_by(4);
  assert_int_equal(moderated_count(&a.club, "case_draft", SGA), 2);
  g_autofree char *again = moderated_text(&a.club, "case_draft", SGA);
  assert_non_null(strstr(again, "Erinnerung"));
  assert_non_null(strstr(again, "im Mai ersetzt"));
  days_go_by(11);
  assert_int_equal(moderated_count(&a.club, "case_reply_waits", "kerstin.muster@ba-tk.berlin.example"), 1);
  assert_int_equal(moderated_count(&a.club, "case_reply_waits", SPK), 1);
  g_autofree char *told = moderated_text(&a.club, "case_reply_waits", SPK);
  assert_null(strstr(told, "im Mai ersetzt"));
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
}

/* The third of April 2026 is Good Friday, the sixth Easter Monday. */
static void on_public_holidays_offices_get_no_reminder(void **state)
{
  (void)state;
  clock_fix(1774944000); /* Tuesday, 31 March 2026, 10:00 in Berlin */
  answered_ask(&a);
  answered_reply(&a, MUSTER, "Entwurf\n\nDer Poller wird im Mai ersetzt.", true);
  g_autofree char *first = moderated_text(&a.club, "case_draft", SGA);
  assert_null(strstr(first, "noch einmal"));
  days_go_by(3);
  assert_int_equal(moderated_count(&a.club, "case_draft", SGA), 1);
  days_go_by(1);
  assert_int_equal(moderated_count(&a.club, "case_draft", SGA), 2);
  g_autofree char *again = moderated_text(&a.club, "case_draft", SGA);
  assert_null(strstr(again, "nicht sicher verstanden"));
}

static void a_yes_ends_the_waiting(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, MUSTER, "Entwurf\n\nDer Poller wird im Mai ersetzt.", true);
  answered_say(&a, "case_draft", SGA, SGA, "ok", true);
  days_go_by(20);
  assert_int_equal(moderated_count(&a.club, "case_reply_waits", NULL), 0);
  assert_int_equal(moderated_count(&a.club, "case_draft", SGA), 1);
}

static void whoever_agrees_to_their_own_draft_is_told(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, MUSTER, "Entwurf\n\nDer Poller wird im Mai ersetzt.", true);
  answered_say(&a, "case_draft", SGA, MUSTER, "ok", true);
  assert_int_equal(moderated_count(&a.club, "case_answered", NULL), 0);
  g_autofree char *told = moderated_text(&a.club, "case_reply_waits", "kerstin.muster@ba-tk.berlin.example");
  assert_non_null(strstr(told, "jemand anderes"));
}

static void an_unproven_author_gets_no_letter(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, MUSTER, "Der Poller wird im Mai ersetzt.", false);
  assert_int_equal(moderated_count(&a.club, "official", SGA), 1);
  days_go_by(16);
  assert_int_equal(moderated_count(&a.club, "official", SGA), 2);
  assert_int_equal(moderated_count(&a.club, "case_reply_waits", "kerstin.muster@ba-tk.berlin.example"), 0);
  assert_int_equal(moderated_count(&a.club, "case_reply_waits", SPK), 1);
}

static void forged_answers_to_one_case_bring_three_letters_a_day(void **state)
{
  (void)state;
  answered_ask(&a);
  for (int i = 0; i < 8; i++) {
    g_autofree char *text = g_strdup_printf("Der Poller wird im Mai %d ersetzt.", 2026 + i);
    answered_reply(&a, MUSTER, text, false);
  }
  assert_int_equal(moderated_count(&a.club, "official", SGA), 3);
}

static void an_office_is_not_asked_what_offices_may_write_to_it(void **state)
{
  (void)state;
  club_write(&a.club, SGA, "frage@kiez.example", "Poller",
             "Im Namen von Frau Schulz: Wann wird der Poller an der Straße ersetzt?", true);
  assert_int_equal(moderated_count(&a.club, "consent", NULL), 0);
}

/* Nothing in a letter may say that the answer will be read by all. */
static void assert_promises_nothing(const char *purpose, const char *address)
{
  static const char *const promises[] = { "wird veröffentlicht",         "veröffentlicht werden",
                                          "Veröffentlicht wird",         "noch nichts veröffentlicht",
                                          "nicht veröffentlicht",        "würde sie erscheinen",
                                          "ohne das veröffentlicht",     "eines Kollegen veröffentlicht",
                                          "nicht für die Öffentlichkeit" };
  g_autofree char *text = moderated_line(&a.club, purpose, address);
  for (gsize i = 0; i < G_N_ELEMENTS(promises); i++)
    if (strstr(text, promises[i])) fail_msg("%s says \"%s\": %s", purpose, promises[i], text);
}

/* "Nicht veröffentlichen", says who asked; then no letter promises the office the opposite. */
static void letters_of_a_private_case_promise_no_publication(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_say(&a, "case_opened", "anna@web.de", "anna@web.de", "Nicht veröffentlichen", true);
  answered_reply(&a, MUSTER, "Der Kollege muss das erst prüfen, ich frage ihn.", true);
  assert_promises_nothing("case_publish", "kerstin.muster@ba-tk.berlin.example");
  g_autofree char *asked = moderated_line(&a.club, "case_publish", "kerstin.muster@ba-tk.berlin.example");
  assert_non_null(strstr(asked, "öffentlich wird sie nicht"));
  answered_reply(&a, MUSTER, "Der Poller wird im Juni ersetzt.", false);
  assert_promises_nothing("official", SGA);
  answered_set(&a, "SGA", true, "role");
  answered_reply(&a, MUSTER, "Der Poller wird im Juli ersetzt.", true);
  assert_promises_nothing("case_draft", SGA);
  answered_say(&a, "case_draft", SGA, SGA, "ok", true);
  assert_int_equal(moderated_count(&a.club, "case_answered", "anna@web.de"), 1);
  answered_say(&a, "case_answered", "anna@web.de", "anna@web.de", "Danke! Wann genau im Juli?", true);
  g_autofree char *more = moderated_line(&a.club, "case_added", SGA);
  assert_non_null(strstr(more, "geht nur an die fragende Person"));
}

static void a_draft_of_a_private_case_that_waits_in_vain_promises_nothing(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_say(&a, "case_opened", "anna@web.de", "anna@web.de", "Nicht veröffentlichen", true);
  answered_reply(&a, MUSTER, "Der Kollege muss das erst prüfen, ich frage ihn.", true);
  days_go_by(30);
  assert_promises_nothing("case_reply_waits", "kerstin.muster@ba-tk.berlin.example");
  assert_promises_nothing("case_reply_waits", SPK);
}

/* Who is asked whether a question is theirs reads of the archive only where it would stand there. */
static void a_question_that_stays_private_is_confirmed_without_talk_of_the_archive(void **state)
{
  (void)state;
  club_write(&a.club, "Bert Braun <bert@web.de>", "frage@kiez.example", "Nachbar",
             "Mein Nachbar Herr Kowalski parkt auf dem Gehweg. Wer ist zuständig?", false);
  g_autofree char *asked = moderated_line(&a.club, "question_confirm", "bert@web.de");
  assert_null(strstr(asked, "öffentlichen Archiv"));
  club_write(&a.club, "Cora Braun <cora@web.de>", "frage@kiez.example", "Poller",
             "Wann wird der Poller an der Straße ersetzt?", false);
  g_autofree char *open = moderated_line(&a.club, "question_confirm", "cora@web.de");
  assert_non_null(strstr(open, "öffentlichen Archiv"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, answered_setup, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_draft_is_reminded_of_and_goes_back_to_its_author_and_the_coordinator),
    CASE(on_public_holidays_offices_get_no_reminder),
    CASE(a_yes_ends_the_waiting),
    CASE(whoever_agrees_to_their_own_draft_is_told),
    CASE(an_unproven_author_gets_no_letter),
    CASE(forged_answers_to_one_case_bring_three_letters_a_day),
    CASE(letters_of_a_private_case_promise_no_publication),
    CASE(a_draft_of_a_private_case_that_waits_in_vain_promises_nothing),
    CASE(a_question_that_stays_private_is_confirmed_without_talk_of_the_archive),
    CASE(an_office_is_not_asked_what_offices_may_write_to_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
