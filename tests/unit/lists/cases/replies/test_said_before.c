/* What stands in our letter, and what the office has answered before, is no new answer, end to end: with any
 * quote or none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

#define KERSTIN "\"Muster, Kerstin\" <" MUSTER ">"
#define ANSWER  "Der Poller wird im Mai 2026 ersetzt."

/* The office's letter, each line behind a mark. Caller frees. */
static char *letter(const char *mark)
{
  g_autofree char *text = moderated_text(&a.club, "case_office", SGA);
  g_auto(GStrv) lines = g_strsplit(strchr(text, '\n') + 1, "\n", -1);
  g_autofree char *between = g_strconcat("\n", mark, NULL), *all = g_strjoinv(between, lines);
  return g_strconcat(mark, all, NULL);
}

static void reply_above(const char *words, const char *mark)
{
  g_autofree char *quote = letter(mark), *text = g_strconcat(words, "\n\n", quote, NULL);
  answered_reply(&a, KERSTIN, text, true);
}

static void assert_answer(const char *state, const char *text)
{
  g_autofree char *said = answered_text(&a, 1);
  assert_string_equal(said, text);
  assert_string_equal(answered_state(&a, 1), state);
}

static void our_letter_without_marks_is_cut(void **state)
{
  (void)state;
  reply_above(ANSWER "\n\nMfG Muster", "");
  assert_answer("planned 1", ANSWER);
}

static void an_answer_below_our_letter_counts(void **state)
{
  static const char *const marks[] = { "", "> " };
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    if (i) answered_teardown(state), answered_setup_asked(state);
    g_autofree char *quote = letter(marks[i]),
                    *text = g_strconcat(quote, "\n\n" ANSWER "\n\nMfG Muster", NULL);
    answered_reply(&a, KERSTIN, text, true);
    assert_answer("planned 1", ANSWER);
  }
}

static void our_letter_alone_answers_nothing(void **state)
{
  static const char *const marks[] = { "", "> ", "| " };
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    if (i) answered_teardown(state), answered_setup_asked(state);
    reply_above("", marks[i]);
    assert_answer("forwarded 0", "");
  }
}

static void the_same_answer_again_is_published_once(void **state)
{
  static const char *const marks[] = { "", "> " };
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    if (i) answered_teardown(state), answered_setup_asked(state);
    reply_above(ANSWER "\n\nMfG Muster", marks[i]);
    reply_above(ANSWER "\n\nMfG Muster", marks[i]);
    assert_answer("planned 1", ANSWER);
    assert_int_equal(moderated_count(&a.club, "case_answered", "anna@web.de"), 1);
    assert_int_equal(moderated_count(&a.club, "case_publish", NULL), 0);
  }
}

static void what_was_answered_before_is_cut_below_new_words(void **state)
{
  (void)state;
  answered_reply(&a, KERSTIN, ANSWER "\n\nMfG Muster", true);
  answered_reply(&a, KERSTIN, "Es wird nun doch Juni 2026.\n\n" ANSWER "\n\nMfG Muster", true);
  assert_answer("planned 2", "Es wird nun doch Juni 2026.");
}

static void what_is_led_to_stays(void **state)
{
  (void)state;
  answered_reply(&a, KERSTIN, ANSWER, true);
  answered_reply(&a, KERSTIN, "Es bleibt bei unserer Auskunft:\n\n" ANSWER, true);
  assert_answer("planned 2", "Es bleibt bei unserer Auskunft:\n\n" ANSWER);
}

static void the_same_words_answer_a_new_question(void **state)
{
  (void)state;
  answered_reply(&a, KERSTIN, ANSWER, true);
  answered_say(&a, "case_answered", "anna@web.de", "Anna Schmidt <anna@web.de>",
               "Gilt das auch für den zweiten Poller daneben?", true);
  answered_reply(&a, KERSTIN, ANSWER, true);
  assert_answer("planned 2", ANSWER);
}

static void other_words_are_an_answer_of_their_own(void **state)
{
  (void)state;
  answered_reply(&a, KERSTIN, ANSWER, true);
  answered_reply(&a, KERSTIN, "Der Poller wird im Juni 2026 ersetzt.", true);
  assert_answer("planned 2", "Der Poller wird im Juni 2026 ersetzt.");
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, answered_setup_asked, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    FLOW(our_letter_without_marks_is_cut),
    FLOW(an_answer_below_our_letter_counts),
    FLOW(our_letter_alone_answers_nothing),
    FLOW(the_same_answer_again_is_published_once),
    FLOW(what_was_answered_before_is_cut_below_new_words),
    FLOW(what_is_led_to_stays),
    FLOW(the_same_words_answer_a_new_question),
    FLOW(other_words_are_an_answer_of_their_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
