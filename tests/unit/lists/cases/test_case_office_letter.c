/* What the letter to an office tells of a case: why the coordinator gets it, what was said by whom before,
 * and that somebody entered it for another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/answered.h"

static void the_coordinator_reads_why_and_that_a_sign_is_enough(void **state)
{
  (void)state;
  club_write(&a.club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Uhrzeit",
             "Wer stellt die Uhr vor der Tür um?", true);
  g_autofree char *asked = moderated_line(&a.club, "case_office", SPK);
  assert_non_null(strstr(asked, "zur Koordination"));
  assert_non_null(strstr(asked, "SGA"));
  answered_say(&a, "case_office", SPK, SPK, "SGA", true);
  g_autofree char *sign = answered_sign(&a, 1);
  assert_string_equal(sign, "SGA");
  g_autofree char *moved = moderated_line(&a.club, "case_moved", "anna@web.de");
  assert_null(strstr(moved, "nicht zuständig"));
  assert_non_null(strstr(moved, "geklärt"));
  g_autoptr(office_t) spk = office_by_sign(a.club.town.store, "SPK", NULL);
  assert_int_equal(spk->rerouted, 0);
  g_autofree char *next = moderated_line(&a.club, "case_office", SGA);
  assert_null(strstr(next, "zur Koordination"));
  assert_non_null(strstr(next, "hat geklärt, wer zuständig ist"));
}

static void the_next_office_reads_who_said_what(void **state)
{
  (void)state;
  answered_ask(&a);
  answered_reply(&a, SGA, "Dafür sind wir nicht zuständig, bitte an UNA.", true);
  g_autofree char *asked = moderated_line(&a.club, "case_office", UNA);
  assert_non_null(strstr(asked, "Straßen- und Grünflächenamt hat mitgeteilt, nicht zuständig zu sein"));
  answered_say(&a, "case_office", UNA, UNA, "Nicht zuständig, bitte an SPK.", true);
  g_autofree char *third = moderated_line(&a.club, "case_office", SPK);
  assert_non_null(strstr(third, "zur Koordination. Wissen Sie"));
  assert_non_null(strstr(third, "Umwelt- und Naturschutzamt hat mitgeteilt, nicht zuständig zu sein"));
  assert_non_null(strstr(third, "Straßen- und Grünflächenamt hat mitgeteilt, nicht zuständig zu sein"));
}

static void what_somebody_enters_for_another_says_so_without_the_name(void **state)
{
  (void)state;
  club_write(&a.club, SGA, "frage@kiez.example", "Poller",
             "Im Namen von Frau Schulz (Telefon): Wann wird der Poller an der Straße ersetzt?", true);
  g_autofree char *asked = moderated_line(&a.club, "case_office", SGA);
  assert_non_null(strstr(asked, "Eingetragen wurde sie im Namen von jemandem"));
  assert_null(strstr(asked, "Schulz"));
  g_autofree char *told = moderated_line(&a.club, "case_opened", SGA);
  assert_non_null(strstr(told, "im Namen von Frau Schulz eingetragen"));
  bool is_helped = false;
  g_autoptr(casefile_t) it = casefile_find(a.club.town.store, 2026, 1, NULL);
  assert_true(casefile_is_helped(a.club.town.store, it->id, &is_helped, NULL) && is_helped);
  assert_true(it->is_public); /* the name is in the helper's part alone */
}

static void by_hand_the_admin_reads_first_to_pass_it_on(void **state)
{
  (void)state;
  club_write(&a.club, "Anna <anna@web.de>", "frage@kiez.example", "Schule", "Wann ist die Turnhalle fertig?",
             true);
  g_autofree char *asked = moderated_line(&a.club, "case_office", a.club.town.config->admin);
  const char *hand = strstr(asked, "von Hand weiter an: Schulamt");
  assert_non_null(hand);
  assert_true(hand < strstr(asked, "Turnhalle fertig"));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, answered_setup, answered_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(the_coordinator_reads_why_and_that_a_sign_is_enough),
    CASE(the_next_office_reads_who_said_what),
    CASE(what_somebody_enters_for_another_says_so_without_the_name),
    CASE(by_hand_the_admin_reads_first_to_pass_it_on),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
