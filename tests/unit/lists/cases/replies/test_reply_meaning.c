/* What an office's answer means beside its words: another office's name, and question marks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

static guint wrong;

/* Answers the case anew: the state after it, and the office that is asked. */
static void check(const char *text, const char *state, const char *sign)
{
  answered_open(&a);
  answered_ask(&a);
  answered_reply(&a, SGA, text, true);
  g_autofree char *is = g_strdup(answered_state(&a, 1)), *asked = answered_sign(&a, 1);
  guint drafts = moderated_count(&a.club, "case_publish", NULL);
  if (drafts) {
    g_free(is);
    is = g_strdup("asked");
  }
  bool is_wrong = strcmp(is, state) != 0 || strcmp(asked, sign) != 0;
  if (is_wrong) print_error("%s\n  %s %s\n", text, is, asked);
  club_close(&a.club);
  wrong += is_wrong;
}

static void an_answer_beside_another_office_s_name_is_kept(void **state)
{
  (void)state;
  check("Für Falschparker ist das Umwelt- und Naturschutzamt zuständig; den Poller ersetzen wir im Mai.",
        "planned 1", "SGA");
  check("Den Poller haben wir ersetzt. Zuständig für den Baum ist UNA.", "done 1", "SGA");
  check("Zuständig ist UNA. Der Poller wird im Mai ersetzt.", "asked", "SGA");
  check("Den Poller ersetzen wir im Mai, den Baum bitte an UNA weiterleiten.", "asked", "SGA");
  check("Nicht zuständig, bitte an UNA.", "forwarded 0", "UNA");
  check("Dafür ist das Umwelt- und Naturschutzamt zuständig, wir sind es nicht.", "forwarded 0", "UNA");
  assert_int_equal(wrong, 0);
}

static void a_question_that_is_repeated_and_answered_asks_nothing(void **state)
{
  (void)state;
  check("zu Ihren Fragen:\n1. Wann? Der Poller wird im Mai ersetzt.\n2. Was kostet das? Ca. 1.200 Euro.",
        "planned 1", "SGA");
  check("Wann wird der Poller ersetzt? Im Mai.", "planned 1", "SGA");
  check("Warum dauert es? Die Lieferzeit ist lang. Wann kommt er? Im Mai wird er ersetzt.", "planned 1",
        "SGA");
  assert_int_equal(wrong, 0);
}

static void a_question_of_the_office_s_own_asks_back(void **state)
{
  (void)state;
  check("Welche Hausnummer ist gemeint?", "waiting 1", "SGA");
  check("Welche Hausnummer ist gemeint? Dann können wir den Auftrag auslösen.", "waiting 1", "SGA");
  check("Können Sie uns ein Foto schicken? Der Auftrag ist vorbereitet.", "waiting 1", "SGA");
  check("Wann wird der Poller ersetzt? Im Mai. Welcher Poller ist es?", "waiting 1", "SGA");
  check("Wo genau steht er? Auf welcher Seite? Vielen Dank im Voraus.", "waiting 1", "SGA");
  assert_int_equal(wrong, 0);
}

static void what_only_points_below_is_no_answer(void **state)
{
  (void)state;
  check("Guten Tag, meine Antworten stehen unten in rot.", "forwarded 0", "SGA");
  check("Antworten siehe unten im Text", "forwarded 0", "SGA");
  check("Siehe unten, der Poller wird im Mai ersetzt.", "asked", "SGA");
  assert_int_equal(wrong, 0);
}

static void which_case_it_is_is_no_part_of_the_answer(void **state)
{
  (void)state;
  answered_open(&a);
  answered_ask(&a);
  answered_reply(&a, SGA, "Betr. Ihre Anfrage KP-2026-0001: Der Poller wird im Mai ersetzt.", true);
  g_autofree char *text = answered_text(&a, 1);
  assert_string_equal(text, "Der Poller wird im Mai ersetzt.");
  club_close(&a.club);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_answer_beside_another_office_s_name_is_kept),
    cmocka_unit_test(a_question_that_is_repeated_and_answered_asks_nothing),
    cmocka_unit_test(a_question_of_the_office_s_own_asks_back),
    cmocka_unit_test(what_only_points_below_is_no_answer),
    cmocka_unit_test(which_case_it_is_is_no_part_of_the_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
