/* Cases end to end: a question by mail becomes a case with a number, the responsible office gets a letter,
 * its answer reaches whoever asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"

static struct club club;

static int open_district(void **state)
{
  (void)state;
  clock_fix(TEST_NOW);
  club_open(&club);
  town_list(&club.town, "frage", "questions", true);
  assert_true(store_begin(club.town.store, NULL));
  g_autoptr(office_t) sga = office_new(), spk = office_new();
  g_free(sga->sign), sga->sign = g_strdup("SGA");
  g_free(sga->name), sga->name = g_strdup("Straßen- und Grünflächenamt");
  office_add_address(sga, "sga@ba-tk.berlin.example", "main");
  office_add_duty(sga, "road", 0);
  g_free(spk->sign), spk->sign = g_strdup("SPK");
  g_free(spk->name), spk->name = g_strdup("Sozialraumorientierte Planungskoordination");
  spk->is_coordinator = true;
  office_add_address(spk, "spk@ba-tk.berlin.example", "main");
  assert_true(office_put(club.town.store, sga, TEST_NOW, NULL));
  assert_true(office_put(club.town.store, spk, TEST_NOW, NULL));
  assert_true(store_commit(club.town.store, NULL));
  return 0;
}

static int close_district(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

static void a_question_reaches_the_office_and_its_answer_comes_back(void **state)
{
  (void)state;
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", "Poller in der Bölschestraße",
             "Wann wird der umgefahrene Poller an der Straße ersetzt?\n\nGruß\nAnna", true);
  g_autofree char *told = moderated_text(&club, "case_opened", "anna@web.de");
  assert_non_null(strstr(told, "KP-2026-0001"));
  assert_non_null(strstr(told, "Straßen- und Grünflächenamt"));
  g_autofree char *asked = moderated_text(&club, "case_office", "sga@ba-tk.berlin.example");
  assert_non_null(strstr(asked, "Poller"));
  assert_null(strstr(asked, "anna@web.de"));
  club_answer(&club, "case_office", "sga@ba-tk.berlin.example", "sga@ba-tk.berlin.example",
              "Sehr geehrte Damen und Herren,\n\nder Poller wird in der 12. KW ersetzt.\n\nMit freundlichen "
              "Grüßen\nIm Auftrag\nMuster",
              true);
  g_autofree char *answer = moderated_text(&club, "case_answered", "anna@web.de");
  assert_non_null(strstr(answer, "12. KW"));
  assert_null(strstr(answer, "Muster"));
  g_autoptr(casefile_t) it = casefile_find(club.town.store, 2026, 1, NULL);
  assert_string_equal(it->state, "planned");
  assert_int_equal(it->public_entries, 3);
}

static void what_nobody_is_known_for_goes_to_the_coordinator(void **state)
{
  (void)state;
  club_write(&club, "anna@web.de", "frage@kiez.example", "Wahl", "Wann ist die nächste Wahl?", true);
  assert_int_equal(moderated_count(&club, "case_office", "spk@ba-tk.berlin.example"), 1);
}

static void a_stranger_does_not_answer_for_an_office(void **state)
{
  (void)state;
  club_write(&club, "anna@web.de", "frage@kiez.example", "Schlagloch", "Das Schlagloch ist noch da.", true);
  club_answer(&club, "case_office", "sga@ba-tk.berlin.example",
              "Straßen- und Grünflächenamt <sga@gmail.example>", "Erledigt.", true);
  club_answer(&club, "case_office", "sga@ba-tk.berlin.example", "sga@ba-tk.berlin.example", "Erledigt.",
              false);
  assert_int_equal(moderated_count(&club, "case_answered", NULL), 0);
  g_autoptr(casefile_t) it = casefile_find(club.town.store, 2026, 1, NULL);
  assert_string_equal(it->state, "forwarded");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_question_reaches_the_office_and_its_answer_comes_back, open_district,
                                    close_district),
    cmocka_unit_test_setup_teardown(what_nobody_is_known_for_goes_to_the_coordinator, open_district,
                                    close_district),
    cmocka_unit_test_setup_teardown(a_stranger_does_not_answer_for_an_office, open_district, close_district),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
