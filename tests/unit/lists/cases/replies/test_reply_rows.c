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
    FLOW(nobody_gets_a_mangled_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
