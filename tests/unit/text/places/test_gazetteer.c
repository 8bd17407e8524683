/* The gazetteer: which region a point lies in, what a text may mean, which part of a street a number is in.
 */
#include "lib/text/places/gazetteer_private.h"
#include "tests/unit/text/places/places_town.h"

static int build(void **state)
{
  *state = town_build();
  return 0;
}

static int raze(void **state)
{
  gazetteer_free(*state);
  return 0;
}

static void points_lie_in_regions_exactly(void **state)
{
  static const struct {
    const char *why, *region;
    double lat, lon;
  } cases[] = {
    { "plainly inside", "Nordend", 52.502, 13.502 },
    { "in a hole that another region fills", "Südend", 52.505, 13.505 },
    { "in the second polygon's twin", "Südend", 52.495, 13.505 },
    { "just east of a border", "Adlersruh", 52.500, 13.51001 },
    { "just west of it", "Nordend", 52.5001, 13.50999 },
    { "a bare ring is an outline too", "Seewald/Uferheim", 52.50, 13.525 },
    { "outside of all", NULL, 52.52, 13.505 },
    { "far away", NULL, -33.0, 151.0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *got = gazetteer_region_of(*state, cases[i].lat, cases[i].lon);
    if (g_strcmp0(got, cases[i].region) != 0) fail_msg("%s: %s", cases[i].why, got ? got : "(none)");
  }
}

static void what_is_no_outline_is_refused(void **state)
{
  (void)state;
  static const char *const texts[] = { "",
                                       "{}",
                                       "[[1,2],[3,4]]",
                                       "[[[[[[1,2]]]]]]",
                                       "[[[400,1],[1,2],[2,3]]]",
                                       "[[[1],[2],[3]]]",
                                       "{\"type\":\"Point\",\"coordinates\":[13.5,52.5]}",
                                       "[[[13.5,52.5],[13.6,52.5]" };
  g_autoptr(gazetteer_t) gazetteer = gazetteer_new();
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GError) error = NULL;
    if (gazetteer_add_region(gazetteer, "X", "x", texts[i], &error)) fail_msg("taken: %s", texts[i]);
    assert_non_null(error);
  }
  gazetteer_finish(gazetteer);
  assert_true(gazetteer_is_empty(gazetteer));
}

static void keys_forget_spelling(void **state)
{
  (void)state;
  static const struct {
    const char *name, *key;
  } cases[] = {
    { "Karl-Marx-Straße", "karlmarxstr" },
    { "karl marx str.", "karlmarxstr" },
    { "Karl-Marx-Strase", "karlmarxstr" },
    { "KARL-MARX-STRASSE", "karlmarxstr" },
    { "Straße am See", "stramsee" },
    { "Schmollerpl.", "schmollerplatz" },
    { "Rudower Ch.", "rudowerchaussee" },
    { "St. Josef", "stjosef" },
    { "Sankt Josef", "stjosef" },
    { "Шнеллерштрассе", "schnellerstr" },
    { "Трептов", "treptow" },
    { "Адлерсхоф", "adlershof" },
    { "Köllnische Straße", "koellnischestr" },
    { "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct place_key key;
    place_key_of(&key, cases[i].name);
    assert_string_equal(key.text, cases[i].key);
  }
}

static void distances_are_counted(void **state)
{
  (void)state;
  static const struct {
    const char *a, *b;
    guint distance;
  } cases[] = { { "siemensstr", "siemenstr", 1 }, { "abcd", "abdc", 1 }, { "abcd", "abcd", 0 },
                { "edison", "edisson", 1 },       { "wald", "feld", 2 }, { "abc", "xyz", 3 },
                { "kurz", "sehrvielmehr", 3 } };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_int_equal(place_key_distance(cases[i].a, strlen(cases[i].a), cases[i].b, strlen(cases[i].b), 2),
                     cases[i].distance);
}

static void texts_find_what_is_meant(void **state)
{
  static const struct {
    const char *text, *name, *region;
    int house;
    enum place_precision precision;
  } cases[] = {
    { "Baumschulenstr 78", "Baumschulenstraße", "Südend", 78, PLACE_STREET },
    { "Baumschulenstr. 78a", "Baumschulenstraße", "Südend", 78, PLACE_STREET },
    { "baumschulenstrasse 78 a", "Baumschulenstraße", "Südend", 78, PLACE_STREET },
    { "Karl Marx Str 5", "Karl-Marx-Straße", "Nordend", 5, PLACE_STREET },
    { "Baumallee 12", "Baumallee", "Nordend", 12, PLACE_ADDRESS },
    { "Baumallee 70", "Baumallee", "Südend", 70, PLACE_STREET },
    { "Siemenstr", "Siemensstraße", "Adlersruh", 0, PLACE_STREET },
    { "Edissonstr. 3", "Edisonstraße", "Adlersruh", 3, PLACE_STREET },
    { "Koepenicker Landstr. 150", "Köpenicker Landstraße", "Adlersruh", 150, PLACE_STREET },
    { "Sofie-Brahe-Gemeinschaftschule", "Sophie-Brahe-Gemeinschaftsschule", "Nordend", 0, PLACE_ADDRESS },
    { "Sophie-Brahe-Schule", "Sophie-Brahe-Gemeinschaftsschule", "Nordend", 0, PLACE_ADDRESS },
    { "Melli-Beese-Grundschule", "Melli-Beese-Schule (Grundschule)", "Seewald/Uferheim", 0, PLACE_ADDRESS },
    { "Kita Biene Maja", "EKT - Kinderland \"Biene Maja\"", "Seewald/Uferheim", 0, PLACE_ADDRESS },
    { "S-Bhf Adlersruh", "Bahnhof Adlersruh", "Adlersruh", 0, PLACE_ADDRESS },
    { "Netto Schnellerstraße", "Schnellerstraße", "Adlersruh", 0, PLACE_STREET },
    { "Uferheim", "Seewald/Uferheim", "Seewald/Uferheim", 0, PLACE_AREA },
    { "Шнеллерштрассе 12", "Schnellerstraße", "Adlersruh", 12, PLACE_STREET },
    { "Krummen Straße 4", "Krumme Straße", "Seewald/Uferheim", 4, PLACE_ADDRESS },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct gazetteer_answer answers[GAZETTEER_ANSWERS];
    guint count = gazetteer_find(*state, cases[i].text, answers);
    if (count == 0) fail_msg("%s: nothing", cases[i].text);
    bool is_right = strcmp(answers[0].name, cases[i].name) == 0 &&
                    g_strcmp0(answers[0].region, cases[i].region) == 0 &&
                    answers[0].house == cases[i].house && answers[0].precision == cases[i].precision;
    if (!is_right)
      fail_msg("%s: %s %d, %s, %s", cases[i].text, answers[0].name, answers[0].house, answers[0].region,
               place_precision_word(answers[0].precision));
  }
}

static void doubt_gives_up_to_three_answers(void **state)
{
  struct gazetteer_answer answers[GAZETTEER_ANSWERS];
  assert_int_equal(gazetteer_find(*state, "Waldstraße", answers), 2);
  assert_string_not_equal(answers[0].region, answers[1].region);
  assert_int_equal(gazetteer_find(*state, "Kleiner Fratz", answers), 2);
  assert_int_equal(gazetteer_find(*state, "Nirgendsweg 3", answers), 0);
  assert_int_equal(gazetteer_find(*state, "", answers), 0);
  g_autofree char *much = g_strnfill(5000, 'x');
  assert_int_equal(gazetteer_find(*state, much, answers), 0);
}

static void an_empty_gazetteer_finds_nothing(void **state)
{
  (void)state;
  struct gazetteer_answer answers[GAZETTEER_ANSWERS];
  g_autoptr(gazetteer_t) nothing = gazetteer_new();
  gazetteer_finish(nothing);
  assert_true(gazetteer_is_empty(nothing));
  assert_int_equal(gazetteer_find(nothing, "Baumallee 3", answers), 0);
  assert_null(gazetteer_region_of(nothing, 52.5, 13.5));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(points_lie_in_regions_exactly),
    cmocka_unit_test(what_is_no_outline_is_refused),
    cmocka_unit_test(keys_forget_spelling),
    cmocka_unit_test(distances_are_counted),
    cmocka_unit_test(texts_find_what_is_meant),
    cmocka_unit_test(doubt_gives_up_to_three_answers),
    cmocka_unit_test(an_empty_gazetteer_finds_nothing),
  };
  return cmocka_run_group_tests(tests, build, raze);
}
