/* Questions to offices that tell of other people, of homes and of children, and where the matter is: what the
 * office reads, what the public may, and by which region the case is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lists/district.h"

#include "lib/store/directory.h"
#include "lib/store/gazetteer/gazetteer_rows.h"
#include "lists/offices/offices.h"

#define BOH "boh@ba-tk.berlin.example"

static int64_t bohnsdorf;

static void add_street(struct gazetteer_import *import, const char *name, const char *region, double lat,
                       double lon)
{
  GError *error = NULL;
  for (int house = 2; house <= 20; house += 2)
    if (!gazetteer_import_street(import,
                                 &(struct gazetteer_street){ .name = name,
                                                             .postcode = "12526",
                                                             .locality = region,
                                                             .region = region,
                                                             .house_from = house,
                                                             .house_to = house,
                                                             .lat = lat + house * 0.0001,
                                                             .lon = lon,
                                                             .precision = PLACE_ADDRESS },
                                 &error))
      fail_msg("%s", error->message);
}

static int64_t add_region(const char *slug, const char *name)
{
  GError *error = NULL;
  struct region region = {
    .slug = (char *)slug, .name = (char *)name, .number = (char *)slug, .outline = (char *)""
  };
  assert_true(region_put(club.town.store, &region, &error));
  int64_t id = 0;
  assert_true(office_region_id(club.town.store, name, &id, NULL));
  return id;
}

static int open_district(void **state)
{
  (void)state;
  district_open(&club);
  GError *error = NULL;
  struct gazetteer_import import;
  if (!gazetteer_import_begin(&import, club.town.store, GAZETTEER_STREETS, &error))
    fail_msg("%s", error->message);
  add_street(&import, "Regattastraße", "Grünau", 52.419, 13.578);
  add_street(&import, "Dahmestraße", "Bohnsdorf", 52.40, 13.57);
  if (!gazetteer_import_end(&import, "test", TEST_NOW, &error)) fail_msg("%s", error->message);
  assert_true(store_begin(club.town.store, NULL));
  bohnsdorf = add_region("bohnsdorf", "Bohnsdorf");
  g_autoptr(office_t) office = office_new();
  g_free(office->sign), office->sign = g_strdup("BOH");
  g_free(office->name), office->name = g_strdup("Bauhof Bohnsdorf");
  office_add_address(office, BOH, "main");
  office_add_duty(office, "road", bohnsdorf);
  assert_true(office_put(club.town.store, office, TEST_NOW, NULL) && store_commit(club.town.store, NULL));
  return 0;
}

static void ask(const char *title, const char *text)
{
  club_write(&club, "Anna Schmidt <anna@web.de>", "frage@kiez.example", title, text, true);
}

static struct casefile *case_of(int number)
{
  return district_case(&club, number);
}

static void a_neighbour_is_not_named_and_the_case_is_not_public(void **state)
{
  (void)state;
  ask("Bordstein", "Meine Nachbarin Frau Jung kommt mit dem Rollator nicht über den Bordstein an der Straße. "
                   "Wann wird er abgesenkt?");
  g_autofree char *asked = moderated_line(&club, "case_office", SGA);
  assert_null(strstr(asked, "Jung"));
  assert_non_null(strstr(asked, "Rollator"));
  g_autoptr(casefile_t) it = case_of(1);
  assert_false(it->is_public);
}

static void a_child_is_not_named_nor_how_old_it_is(void **state)
{
  (void)state;
  ask("Gehweg", "Ich heiße Anna Schmidt und wohne Dahmestraße 8. Wann wird der Gehweg an der Straße "
                "saniert? Mein Kind Leonie (4) hat sich verletzt.");
  g_autofree char *asked = moderated_line(&club, "case_office", BOH);
  assert_null(strstr(asked, "Leonie"));
  assert_null(strstr(asked, "(4)"));
  assert_null(strstr(asked, "straße 8"));
  assert_non_null(strstr(asked, "Dahmestraße"));
  g_autoptr(casefile_t) it = case_of(1);
  assert_false(it->is_public);
}

static void where_somebody_lives_loses_its_number_and_the_case_stays_public(void **state)
{
  (void)state;
  ask("Gehweg", "Ich wohne in der Dahmestraße 8, und vor der Tür ist ein Schlagloch. Wann wird es gefüllt?");
  g_autofree char *asked = moderated_line(&club, "case_office", BOH);
  assert_null(strstr(asked, "straße 8"));
  g_autoptr(casefile_t) it = case_of(1);
  assert_true(it->is_public);
  assert_null(strstr(it->place, "8"));
}

static void a_neighbours_address_goes_with_the_name(void **state)
{
  (void)state;
  ask("Gehweg", "Herr Schneider aus der Regattastraße 14 parkt immer auf dem Gehweg. Was tun Sie dagegen?");
  g_autofree char *asked = moderated_line(&club, "case_office", SGA);
  assert_null(strstr(asked, "Schneider"));
  assert_null(strstr(asked, "straße 14"));
}

static void the_number_stays_where_nobody_lives(void **state)
{
  (void)state;
  ask("Schlagloch", "Vor der Regattastraße 12 ist ein Schlagloch in der Straße. Wann wird es gefüllt?");
  g_autofree char *asked = moderated_line(&club, "case_office", SGA);
  assert_non_null(strstr(asked, "Regattastraße 12"));
  assert_non_null(strstr(asked, "Ort: Regattastraße 12"));
}

static void a_question_gets_place_and_region_and_goes_by_them(void **state)
{
  (void)state;
  ask("Schlagloch", "Vor der Dahmestraße 12 ist ein Schlagloch in der Straße. Wann wird es gefüllt?");
  g_autoptr(casefile_t) it = case_of(1);
  assert_string_equal(it->place, "Dahmestraße 12");
  assert_int_equal(it->region, bohnsdorf);
  assert_true(it->has_point);
  assert_int_equal(moderated_count(&club, "case_office", BOH), 1);
  g_autofree char *asked = moderated_line(&club, "case_office", BOH);
  assert_non_null(strstr(asked, "Ort: Dahmestraße 12"));
  assert_non_null(strstr(asked, "Koordinaten: 52.4"));
}

static void another_house_is_another_question(void **state)
{
  (void)state;
  ask("Schlagloch", "Vor der Regattastraße 12 ist ein Schlagloch in der Straße. Wann wird es gefüllt?");
  ask("Schlagloch", "Vor der Regattastraße 14 ist ein Schlagloch in der Straße. Wann wird es gefüllt?");
  assert_int_equal(moderated_count(&club, "case_office", SGA), 2);
  ask("Schlagloch", "Vor der Regattastraße 14 ist ein Schlagloch in der Straße. Wann wird es gefüllt?");
  assert_int_equal(moderated_count(&club, "case_office", SGA), 2);
}

static void who_cannot_read_well_gets_easy_letters(void **state)
{
  (void)state;
  ask("Schlagloch",
      "Das Schlagloch in der Straße ist gefährlich. Wann kommt jemand? ich kann nicht gut lesen. "
      "bitte einfach schreiben.");
  g_autofree char *told = moderated_line(&club, "case_opened", "anna@web.de");
  assert_non_null(strstr(told, "Ihre Frage hat eine Nummer"));
  assert_int_equal(moderated_count(&club, "case_office", SGA), 1);
}

static void how_letters_are_to_be_written_is_no_part_of_the_question(void **state)
{
  (void)state;
  ask("Schlagloch", "Ich kann nicht gut lesen. Bitte ohne Amtsdeutsch antworten. Wann wird das Schlagloch "
                    "in der Straße geflickt?");
  g_autofree char *asked = moderated_line(&club, "case_office", SGA);
  assert_null(strstr(asked, "lesen"));
  assert_null(strstr(asked, "Amtsdeutsch"));
  assert_non_null(strstr(asked, "geflickt"));
}

static void what_is_one_persons_matter_is_not_public(void **state)
{
  static const char *const texts[] = {
    "Mein Grundsicherungsbescheid ist überfällig. Wann kommt er?",
    "Ich warte seit Wochen auf meinen Wohngeldantrag.",
    "Wie steht es um das Aktenzeichen 44/123?",
    "Ich bin gehbehindert. Wann wird das Schlagloch in der Straße geflickt?",
    "Wann wird das Schlagloch in der Straße geflickt? Bitte behandeln Sie meine Frage vertraulich.",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    if (i > 0) district_teardown(state), open_district(state);
    ask("Frage", texts[i]);
    g_autoptr(casefile_t) it = casefile_find(club.town.store, 2026, 1, NULL);
    if (!it || it->is_public) fail_msg("public: %s", texts[i]);
  }
}

static void an_ordinary_question_stays_public(void **state)
{
  static const char *const texts[] = {
    "Wann wird das Schlagloch in der Straße geflickt?",
    "Hat jemand einen Antrag gestellt, dass die Straße gesperrt wird?",
    "Ist der Weg an der Straße öffentlich oder nicht öffentlich?",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    if (i > 0) district_teardown(state), open_district(state);
    ask("Frage", texts[i]);
    g_autoptr(casefile_t) it = casefile_find(club.town.store, 2026, 1, NULL);
    if (!it || !it->is_public) fail_msg("not public: %s", texts[i]);
  }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_district, district_teardown)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_neighbour_is_not_named_and_the_case_is_not_public),
    CASE(a_child_is_not_named_nor_how_old_it_is),
    CASE(where_somebody_lives_loses_its_number_and_the_case_stays_public),
    CASE(a_neighbours_address_goes_with_the_name),
    CASE(the_number_stays_where_nobody_lives),
    CASE(a_question_gets_place_and_region_and_goes_by_them),
    CASE(another_house_is_another_question),
    CASE(who_cannot_read_well_gets_easy_letters),
    CASE(how_letters_are_to_be_written_is_no_part_of_the_question),
    CASE(what_is_one_persons_matter_is_not_public),
    CASE(an_ordinary_question_stays_public),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
