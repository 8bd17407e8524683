/* An office answers several cases in one mail, end to end: each row is a reply of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

/* Cases 2 and 3 beside the one that is there. */
static void ask_two_more(void)
{
  club_write(&a.club, "bert@web.de", "frage@kiez.example", "Poller", "Wann wird der zweite Poller ersetzt?",
             true);
  club_write(&a.club, "clara@web.de", "frage@kiez.example", "Schlagloch",
             "Wann wird das Schlagloch am Sterndamm gefüllt?", true);
}

static void each_row_does_what_a_mail_alone_would(void **state)
{
  (void)state;
  ask_two_more();
  answered_reply(
      &a, SGA, "- KP-2026-0001: ok, im Mai\n- KP-2026-0002: bitte an UNA\n- KP-2026-0003: welche Hausnummer?",
      true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *sign = answered_sign(&a, 2);
  assert_string_equal(sign, "UNA");
  assert_string_equal(answered_state(&a, 3), "waiting 1");
}

static void an_internal_row_holds_back_no_other(void **state)
{
  (void)state;
  ask_two_more();
  answered_reply(&a, SGA,
                 "KP-2026-0001: wird im Mai ersetzt\nKP-2026-0002: intern: die Firma ist pleite\n"
                 "KP-2026-0003: erledigt",
                 true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_string_equal(answered_state(&a, 2), "forwarded 0");
  assert_string_equal(answered_state(&a, 3), "done 1");
  g_autofree char *said = moderated_text(&a.club, "case_rows", SGA);
  assert_non_null(strstr(said, "KP-2026-0002 (von Ihnen als intern"));
  assert_null(strstr(said, "KP-2026-0001"));
}

static void what_is_said_above_all_rows_counts_for_them(void **state)
{
  (void)state;
  ask_two_more();
  answered_reply(
      &a, SGA, "Intern: noch nicht freigegeben\n\nKP-2026-0001: wird im Mai ersetzt\nKP-2026-0002: erledigt",
      true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_string_equal(answered_state(&a, 2), "forwarded 0");
}

static void the_same_list_again_is_published_once(void **state)
{
  static const char LIST[] =
      "KP-2026-0001: Der Poller wird im Mai ersetzt.\nKP-2026-0002: Der Poller ist repariert.";
  (void)state;
  ask_two_more();
  answered_reply(&a, SGA, LIST, true);
  answered_reply(&a, SGA, LIST, true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  assert_string_equal(answered_state(&a, 2), "done 1");
  assert_int_equal(moderated_count(&a.club, "case_answered", "anna@web.de"), 1);
  assert_int_equal(moderated_count(&a.club, "case_rows", NULL), 0);
}

static void a_row_that_changed_is_published(void **state)
{
  (void)state;
  ask_two_more();
  answered_reply(&a, SGA,
                 "Nr.\tStand\tTermin\tAntwort\nKP-2026-0001\tin Arbeit\t\tDer Poller ist bestellt.\n"
                 "KP-2026-0002\tin Arbeit\t\tDer Poller ist bestellt.\n",
                 true);
  answered_reply(&a, SGA,
                 "Nr.\tStand\tTermin\tAntwort\nKP-2026-0001\terledigt\t\tDer Poller ist bestellt.\n"
                 "KP-2026-0002\tin Arbeit\t\tDer Poller ist bestellt.\n",
                 true);
  assert_string_equal(answered_state(&a, 1), "done 2");
  assert_string_equal(answered_state(&a, 2), "in_progress 1");
}

static void one_row_of_a_table_goes_to_another_office(void **state)
{
  (void)state;
  ask_two_more();
  answered_reply(&a, SGA,
                 "Nr.\tAntwort\nKP-2026-0001\tPoller kommt im Mai\nKP-2026-0002\tabgegeben an UNA\n"
                 "KP-2026-0003\tist repariert\n",
                 true);
  assert_string_equal(answered_state(&a, 1), "planned 1");
  g_autofree char *sign = answered_sign(&a, 2);
  assert_string_equal(sign, "UNA");
  assert_string_equal(answered_state(&a, 2), "forwarded 0");
  assert_string_equal(answered_state(&a, 3), "done 1");
}

static void short_numbers_in_a_list_are_its_cases(void **state)
{
  (void)state;
  ask_two_more();
  answered_reply(&a, SGA, "KP-2026-0001 und 0002: erledigt, 0003 folgt im Mai", true);
  assert_string_equal(answered_state(&a, 1), "done 1");
  assert_string_equal(answered_state(&a, 2), "done 1");
  assert_string_equal(answered_state(&a, 3), "planned 1");
}

static void a_room_and_a_dial_are_no_cases(void **state)
{
  static const char *const answers[] = { "KP-2026-0001: Der Poller wird ersetzt. Zimmer 0214, App. 0815",
                                         "KP-2026-0001: Der Poller wird ersetzt, 0173 5554433",
                                         "KP-2026-0001, 2027 wird der Poller ersetzt." };
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    if (i) answered_teardown(state), answered_setup_asked(state);
    answered_reply(&a, SGA, answers[i], true);
    assert_string_equal(answered_state(&a, 1), "planned 1");
    assert_int_equal(moderated_count(&a.club, "case_rows", NULL), 0);
  }
}

static void nobody_gets_a_mangled_answer(void **state)
{
  (void)state;
  ask_two_more();
  answered_reply(&a, SGA, "Der Poller (KP-2026-0001) wird im Mai ersetzt, die Bank (KP-2026-0003) im Juni.",
                 true);
  assert_string_equal(answered_state(&a, 1), "forwarded 0");
  assert_string_equal(answered_state(&a, 3), "forwarded 0");
  g_autofree char *said = moderated_text(&a.club, "case_rows", SGA);
  assert_non_null(strstr(said, "KP-2026-0001"));
  assert_non_null(strstr(said, "KP-2026-0003"));
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, answered_setup_asked, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    FLOW(each_row_does_what_a_mail_alone_would),
    FLOW(an_internal_row_holds_back_no_other),
    FLOW(what_is_said_above_all_rows_counts_for_them),
    FLOW(the_same_list_again_is_published_once),
    FLOW(a_row_that_changed_is_published),
    FLOW(one_row_of_a_table_goes_to_another_office),
    FLOW(short_numbers_in_a_list_are_its_cases),
    FLOW(a_room_and_a_dial_are_no_cases),
    FLOW(nobody_gets_a_mangled_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
