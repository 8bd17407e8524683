/* Offices by an admin's mail: lines that are sent back changed, and what nobody else may do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/moderated.h"

#include "lib/store/cases/offices.h"
#include "lists/admin/office_lines.h"
#include "lists/letters.h"
#include "lists/offices/offices.h"

#define ADMIN "admin@amt.example"

static struct club club;

static int open_town(void **state)
{
  (void)state;
  clock_fix(TEST_NOW);
  club_open(&club);
  struct region region = {
    .slug = (char *)"gruenau", .number = (char *)"1", .name = (char *)"Grünau", .outline = (char *)"[]"
  };
  assert_true(store_begin(club.town.store, NULL));
  assert_true(region_put(club.town.store, &region, NULL));
  assert_true(store_commit(club.town.store, NULL));
  return 0;
}

static int close_town(void **state)
{
  (void)state;
  club_close(&club);
  return 0;
}

/* The admin asks for the offices and answers. */
static void answer(const char *text)
{
  club_write(&club, ADMIN, "kiez@kiez.example", "Ämter", "Ämter zeigen", true);
  club_answer(&club, "offices", ADMIN, ADMIN, text, true);
}

static void a_line_makes_an_office_and_tells_its_address(void **state)
{
  (void)state;
  answer("Amt SGA: Straßen- und Grünflächenamt, Adresse sga@ba-tk.example, Themen Straße, Grün, Frist 10 "
         "Tage\n");
  g_autoptr(office_t) office = office_by_sign(club.town.store, "SGA", NULL);
  assert_non_null(office);
  assert_string_equal(office->name, "Straßen- und Grünflächenamt");
  assert_string_equal(office_main_address(office), "sga@ba-tk.example");
  assert_int_equal(office->duties->len, 2);
  assert_int_equal(office->days, 10);
  assert_int_equal(moderated_count(&club, "office_changed", "sga@ba-tk.example"), 1);
  assert_int_equal(moderated_count(&club, "offices", ADMIN), 2);
}

static void a_line_that_comes_by_itself_brings_the_letter(void **state)
{
  (void)state;
  club_write(&club, ADMIN, "postmaster@kiez.example", "", "Amt SGA: Straßenamt, Adresse sga@ba-tk.example",
             true);
  assert_int_equal(moderated_count(&club, "offices", ADMIN), 1);
  assert_null(office_by_sign(club.town.store, "SGA", NULL));
}

static void a_line_changes_what_it_says_alone(void **state)
{
  (void)state;
  answer("Amt SGA: Straßenamt, Adresse sga@ba-tk.example, alt@ba-tk.example, Themen Straße\n");
  clock_fix(TEST_NOW + 3600);
  answer("Amt SGA: Adresse sga@ba-tk.example, Vertretung chef@ba-tk.example, Gebiet Grünau, Koordination\n");
  g_autoptr(office_t) office = office_by_sign(club.town.store, "SGA", NULL);
  assert_string_equal(office->name, "Straßenamt");
  assert_int_equal(office->addresses->len, 2);
  assert_true(office->is_coordinator);
  const struct office_duty *duty = office->duties->pdata[0];
  assert_string_equal(duty->topic, "road");
  assert_int_not_equal(duty->region, 0);
  assert_int_equal(moderated_count(&club, "office_changed", "alt@ba-tk.example"), 2); /* entered, left */
  assert_int_equal(moderated_count(&club, "office_changed", "chef@ba-tk.example"), 1);
  assert_int_equal(moderated_count(&club, "office_changed", "sga@ba-tk.example"), 1);
  clock_fix(TEST_NOW + 7200);
  answer("Amt SGA: entfernen\n");
  assert_null(office_by_sign(club.town.store, "SGA", NULL));
}

static void what_may_not_be_is_said_and_not_done(void **state)
{
  (void)state;
  static const char *const lines[] = {
    "Amt SGA: Straßenamt, Domain web.de\n",
    "Amt SGA: Straßenamt, Adresse gruenau@kiez.example\n",
    "Amt SGA: Straßenamt, Themen Wetter\n",
    "Amt SGA: Straßenamt, Gebiet Atlantis\n",
    "Amt SGA: Straßenamt, Adresse keine Ahnung wo\n",
    "Amt SGA: Adresse sga@ba-tk.example\n", /* it is new and has no name */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    clock_fix(TEST_NOW + (int64_t)i * 90000);
    answer(lines[i]);
    assert_null(office_by_sign(club.town.store, "SGA", NULL));
  }
  assert_int_equal(moderated_count(&club, "office_changed", NULL), 0);
}

static void nobody_else_makes_an_office(void **state)
{
  (void)state;
  static const char line[] = "Amt SGA: Straßenamt, Adresse eva@web.de, Themen Straße\n";
  club_write(&club, "eva@web.de", "kiez@kiez.example", "Ämter", "Ämter zeigen", true);
  assert_int_equal(moderated_count(&club, "offices", NULL), 0);
  club_write(&club, ADMIN, "kiez@kiez.example", "Ämter", "Ämter zeigen", true);
  club_answer(&club, "offices", ADMIN, "eva@web.de", line, true); /* a letter that was passed on */
  club_answer(&club, "offices", ADMIN, ADMIN, line, false);       /* a From is quickly forged */
  assert_null(office_by_sign(club.town.store, "SGA", NULL));
}

/* The line that is shown is read back as the same office. */
static void what_is_shown_is_read_back(void **state)
{
  (void)state;
  g_autoptr(letters_t) letters = letters_new(club.town.config);
  struct work work = { .store = club.town.store, .config = club.town.config, .letters = letters };
  g_autoptr(GPtrArray) regions = regions_all(club.town.store, NULL);
  g_autoptr(office_t) office = office_new();
  g_free(office->name), office->name = g_strdup("Amt für Alles");
  office_add_address(office, "a@ba.example", "main");
  office_add_address(office, "b@ba.example", "main");
  office_add_address(office, "c@ba.example", "deputy");
  office_add_address(office, "@ba.example", "sender");
  g_autofree char *all = office_topics_line();
  g_auto(GStrv) topics = g_strsplit(all, ", ", -1);
  for (char **topic = topics; *topic; topic++)
    office_add_duty(office, *topic, ((const struct region *)regions->pdata[0])->id);
  office->four_eyes = office->is_by_hand = true;
  static const char *const languages[] = { "de", "de-x-leicht", "en" };
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
    g_autofree char *line = office_line(&work, office, languages[i], NULL);
    g_autoptr(office_t) read = office_new();
    bool is_removed = false;
    if (!office_line_apply(line, regions, read, &is_removed)) fail_msg("%s", line);
    g_autofree char *again = office_line(&work, read, languages[i], NULL);
    assert_string_equal(line, again);
    assert_int_equal(read->duties->len, office->duties->len);
    assert_false(is_removed);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_line_makes_an_office_and_tells_its_address, open_town, close_town),
    cmocka_unit_test_setup_teardown(a_line_that_comes_by_itself_brings_the_letter, open_town, close_town),
    cmocka_unit_test_setup_teardown(a_line_changes_what_it_says_alone, open_town, close_town),
    cmocka_unit_test_setup_teardown(what_may_not_be_is_said_and_not_done, open_town, close_town),
    cmocka_unit_test_setup_teardown(nobody_else_makes_an_office, open_town, close_town),
    cmocka_unit_test_setup_teardown(what_is_shown_is_read_back, open_town, close_town),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
