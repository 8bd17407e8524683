/* Places in mails, by a small town of our own: what people write, what is found of it, where it is. */
#include "tests/unit/text/places/places_town.h"

#include <time.h>

static struct gazetteer *town;

static int build(void **state)
{
  (void)state;
  g_autofree char *languages = g_build_filename(config_share(), "languages", NULL);
  const char *const directories[] = { languages, NULL };
  g_autoptr(GError) error = NULL;
  if (!phrases_load(directories, &error)) fail_msg("%s", error->message);
  town = town_build();
  return 0;
}

static int raze(void **state)
{
  (void)state;
  gazetteer_free(town);
  return 0;
}

/* "text|region|source; …" of all places, "!" before what is outside, "?" before what is not certain. */
static char *shown(const char *text, const struct gazetteer *gazetteer)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  g_autoptr(GArray) places = places_find(passage, gazetteer);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < places->len; i++) {
    const struct place_found *it = &g_array_index(places, struct place_found, i);
    g_string_append_printf(out, "%s%s%s|%s|%s", i ? "; " : "",
                           it->is_outside   ? "!"
                           : it->is_certain ? ""
                                            : "?",
                           it->text, it->region ? it->region : "-", place_source_word(it->source));
  }
  return g_string_free(out, FALSE);
}

/* What is called like an ordinary thing is a street to who asks for one. */
static void streets_called_like_things_are_found_by_who_must_know(void **state)
{
  (void)state;
  static const struct {
    const char *text, *place; /* NULL: none */
  } streets[] = {
    { "In der Freiheit liegt Glas", "Freiheit" },
    { "Am Bahndamm liegt Sperrmüll", "Am Bahndamm" },
    { "Alle wollen Freiheit", NULL },
    { "am bahndamm liegt was", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(streets); i++) {
    g_autoptr(passage_t) passage = passage_new(streets[i].text, NULL, 0);
    g_autoptr(GArray) sure = places_find(passage, town);
    g_autoptr(GArray) places = places_find_words(passage, town);
    assert_int_equal(sure->len, 0);
    const struct place_found *best = places_best(places);
    if (g_strcmp0(best ? best->text : NULL, streets[i].place) != 0) fail_msg("%s", streets[i].text);
  }
}

/* The words of a street's name mean nothing else, those beside it do. */
static void words_of_streets_are_hidden(void **state)
{
  (void)state;
  static const struct {
    const char *text, *tag;
    bool stays;
  } words[] = {
    { "Ich wohne jetzt im Rosenweg 7", "word.leave_loose", false },
    { "Wir treffen uns in der August-Bebel-Straße 4", "date.month", false },
    { "Wir treffen uns im August in der Baumallee 4", "date.month", true },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autoptr(passage_t) passage = passage_new(words[i].text, NULL, 0);
    g_autoptr(GArray) places = places_find(passage, town);
    assert_true(places->len > 0);
    places_hide(places, passage);
    if (passage_has(passage, words[i].tag) != words[i].stays) fail_msg("%s", words[i].text);
  }
}

struct place_case {
  const char *text, *places;
};

static void check(const struct place_case *cases, gsize count)
{
  int bad = 0;
  for (gsize i = 0; i < count; i++) {
    g_autofree char *got = shown(cases[i].text, town);
    if (strcmp(got, cases[i].places) == 0) continue;
    print_error("%s\n  got:    %s\n  wanted: %s\n", cases[i].text, got, cases[i].places);
    bad++;
  }
  assert_int_equal(bad, 0);
}

static void streets_are_found_in_all_spellings(void **state)
{
  (void)state;
  static const struct place_case cases[] = {
    { "Vor der Baumschulenstraße 78 liegt Müll.", "Baumschulenstraße 78|Südend|address" },
    { "Baumschulenstr. 78a, Hinterhof", "Baumschulenstr. 78a|Südend|address" },
    { "baumschulenstr 78 a ist alles dunkel", "baumschulenstr 78 a|Südend|address" },
    { "BAUMSCHULENSTRASSE 7 SCHON WIEDER", "BAUMSCHULENSTRASSE 7|Südend|address" },
    { "in der Karl Marx Straße 12", "Karl Marx Straße 12|Nordend|address" },
    { "Karl-Marx-Str. Nr. 12", "Karl-Marx-Str. Nr. 12|Nordend|address" },
    { "auf der Siemenstraße steht Wasser", "Siemenstraße|Adlersruh|address" },
    { "in der Krummen Straße fehlt ein Gullydeckel", "Krummen Straße|Seewald/Uferheim|address" },
    { "Sterndam 102, Sperrmüll", "Sterndam 102|Südend|address" },
    { "Köpenicker Landstr. 120-124", "Köpenicker Landstr. 120-124|Adlersruh|address" },
    { "Köpenicker\nLandstraße 12", "Köpenicker Landstraße 12|Nordend|address" },
    { "Am Falkenberg 117 brennt es", "Am Falkenberg 117|Seewald/Uferheim|address" },
    { "Dammweg 205 önündeki çöp kutusu yanmış", "Dammweg 205|Nordend|address" },
    { "На остановке у дома Schnellerstrasse 127 разбито стекло", "Schnellerstrasse 127|Adlersruh|address" },
    { "Лавка на Шнеллерштрассе 12 сломана", "Шнеллерштрассе 12|Adlersruh|address" },
    { "Wo? Baumallee 70.", "Baumallee 70|Südend|address" },
    { "In der Baumschulenstase fehlt ein Schild", "Baumschulenstase|Südend|address" },
    { "In der Griechischen Alee", "" },
    { "In der Köpenicker Landstrase 12", "Köpenicker Landstrase 12|Nordend|address" },
    { "Müllcontainer brennt Edisonstraße 12", "Edisonstraße 12|Adlersruh|address" },
    { "Laterne kaputt Köpenicker Landstraße 12", "Köpenicker Landstraße 12|Nordend|address" },
    { "Laterne Leipziger Straße 12 aus", "?Leipziger Straße 12|-|address" },
    { "Edisonstraße (Haus 12)", "Edisonstraße (Haus 12)|Adlersruh|address" },
    { "Leipziger Straße 12 ist gesperrt", "?Leipziger Straße 12|-|address" },
    { "Bölsche-Str. 3", "?Bölsche-Str. 3|-|address" },
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void words_between_street_and_number_are_read(void **state)
{
  (void)state;
  static const struct place_case cases[] = {
    { "Baumallee ggü. 70", "Baumallee ggü. 70|Südend|address" },
    { "Baumallee gegenüber Nr. 70", "Baumallee gegenüber Nr. 70|Südend|address" },
    { "in der Baumallee, Höhe Hausnummer 71, ist ein Loch", "Baumallee, Höhe Hausnummer 71|Südend|address" },
    { "Baumallee vor der Nummer 70", "Baumallee vor der Nummer 70|Südend|address" },
    { "bei Hausnummer 70 in der Baumallee", "Baumallee|Südend|address" },
    { "In der Baumallee fehlt Grün. Zwei Kübel am Haus 70 wären schön.", "Baumallee|Südend|address" },
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void crossings_are_found(void **state)
{
  (void)state;
  static const struct place_case cases[] = {
    { "Siemenstr/Ecke Edisonstr fehlen Steine", "Siemenstr/Ecke Edisonstr|Adlersruh|crossing" },
    { "Ecke Siemensstraße Edisonstraße", "Ecke Siemensstraße Edisonstraße|Adlersruh|crossing" },
    { "Ecke Siemensstraße / Edisonstraße", "Ecke Siemensstraße / Edisonstraße|Adlersruh|crossing" },
    { "Siemensstr. Ecke Edisonstr.", "Siemensstr. Ecke Edisonstr.|Adlersruh|crossing" },
    { "an der Ecke Siemensstr. und Edisonstr.", "Ecke Siemensstr. und Edisonstr.|Adlersruh|crossing" },
    { "an der Kreuzung Köpenicker Landstraße / Edisonstraße",
      "Kreuzung Köpenicker Landstraße / Edisonstraße|Adlersruh|crossing" },
    { "Siemens-/Edisonstraße", "Siemens-/Edisonstraße|Adlersruh|crossing" },
    { "Siemens- Ecke Edisonstraße", "Siemens- Ecke Edisonstraße|Adlersruh|crossing" },
    { "Ecke Edison/Siemens liegt Müll", "Ecke Edison/Siemens|Adlersruh|crossing" },
    { "Sterndamm Höhe Königsheideweg", "Sterndamm Höhe Königsheideweg|Südend|crossing" },
    { "bench at the corner of Sterndamm and Königsheideweg",
      "corner of Sterndamm and Königsheideweg|Südend|crossing" },
    { "Die Ampel Sterndamm/Königsheideweg spinnt", "Ampel Sterndamm/Königsheideweg|Südend|crossing" },
    { "Im Sterndamm zwischen Königsheideweg und Baumschulenstr. kehren",
      "Sterndamm zwischen Königsheideweg und Baumschulenstr.|Südend|address" },
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void landmarks_are_found(void **state)
{
  (void)state;
  static const struct place_case cases[] = {
    { "gegenüber von der Apotheke am Nordend", "Apotheke am Nordend|Nordend|landmark" },
    { "Treffpunkt ist vor der Sophie-Brahe-Gemeinschaftsschule.",
      "Sophie-Brahe-Gemeinschaftsschule|Nordend|landmark" },
    { "an der Sofie-Brahe-Schule", "Sofie-Brahe-Schule|Nordend|landmark" },
    { "Die Rolltreppe am S-Bahnhof Adlersruh steht", "S-Bahnhof Adlersruh|Adlersruh|landmark" },
    { "am S-Bhf. Adlersruh", "S-Bhf. Adlersruh|Adlersruh|landmark" },
    { "Bahnhof Adlersruh, Ausgang Süd", "Bahnhof Adlersruh|Adlersruh|landmark" },
    { "Haltestelle Schnellerstraße", "Haltestelle Schnellerstraße|Adlersruh|landmark" },
    { "Vor dem Netto in der Schnellerstraße liegen Scherben",
      "Netto in der Schnellerstraße|Adlersruh|landmark" },
    { "Spielplatz Krumme Straße", "Spielplatz Krumme Straße|Seewald/Uferheim|landmark" },
    { "im Gemeindehaus, Griechische Allee 59.", "Gemeindehaus, Griechische Allee 59|Adlersruh|address" },
    { "vor der Apotheke am Sterndamm", "Apotheke am Sterndamm|Südend|landmark" },
    { "Kita Wulmäuse, Eingang", "Kita Wulmäuse|Adlersruh|landmark" },
    { "JFE Mansarde, Am Falkenberg 3", "JFE Mansarde, Am Falkenberg 3|Seewald/Uferheim|landmark" },
    { "Bibliothek Nordend", "Bibliothek Nordend|Nordend|landmark" },
    { "Wir treffen uns im Kiezklub Vital.", "?Kiezklub Vital|-|landmark" },
    { "Wir treffen uns auf dem Spielplatz.", "?Spielplatz|-|landmark" },
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void regions_and_other_towns_are_told_apart(void **state)
{
  (void)state;
  static const struct place_case cases[] = {
    { "hier in Nordend fehlen Bänke", "Nordend|Nordend|landmark" },
    { "Waldstraße 12 in Uferheim",
      "Waldstraße 12|Seewald/Uferheim|address; Uferheim|Seewald/Uferheim|landmark" },
    { "In der Waldstraße ist es dunkel. Das ist in Nordend.",
      "Waldstraße|Nordend|address; Nordend|Nordend|landmark" },
    { "Waldstraße 5, 12904 Berlin", "Waldstraße 5|Seewald/Uferheim|address" },
    { "In der Karl-Marx-Straße 120 in Neukölln liegt ein Kühlschrank.", "!Karl-Marx-Straße 120|-|address" },
    { "Karl-Marx-Straße 120, 12043 Berlin", "!Karl-Marx-Straße 120|-|address" },
    { "Der Weg in Neukölln ist kaputt", "!Neukölln|-|landmark" },
    { "В Адлерсру", "" },
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void points_are_read(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    double lat, lon;
  } cases[] = {
    { "52.49512, 13.51388", 52.49512, 13.51388 },
    { "(52.49512/13.51388)", 52.49512, 13.51388 },
    { "52,49512 13,51388", 52.49512, 13.51388 },
    { "Stelle: 52.49512° N, 13.51388° E, am Baum", 52.49512, 13.51388 },
    { "52°29'42.4\"N 13°30'50.0\"E", 52.49511, 13.51389 },
    { "N 52° 29.707' E 13° 30.833'", 52.49512, 13.51388 },
    { "lat: 52.49512 lon: 13.51388", 52.49512, 13.51388 },
    { "geo:52.49512,13.51388;u=35", 52.49512, 13.51388 },
    { "https://www.openstreetmap.org/?mlat=52.49512&mlon=13.51388#map=19/52.4/13.4", 52.49512, 13.51388 },
    { "https://www.openstreetmap.org/#map=18/52.49512/13.51388", 52.49512, 13.51388 },
    { "https://maps.google.com/?q=52.49512,13.51388", 52.49512, 13.51388 },
    { "https://www.google.com/maps/search/?api=1&query=52.49512%2C13.51388", 52.49512, 13.51388 },
    { "https://www.google.de/maps/place/X/@52.4,13.4,17z/data=!8m2!3d52.49512!4d13.51388", 52.49512,
      13.51388 },
    { "https://maps.apple.com/?ll=52.49512,13.51388&q=Hier", 52.49512, 13.51388 },
    { "<https://maps.apple.com/place?coordinate=52.49512,13.51388>", 52.49512, 13.51388 },
    { "https://osm.org/go/0MbJ_rdq-?m", 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(passage_t) passage = passage_new(cases[i].text, NULL, 0);
    g_autoptr(GArray) places = places_find(passage, town);
    const struct place_found *best = places_best(places);
    if (!best || !best->has_point || best->source != PLACE_BY_COORDINATES)
      fail_msg("%s: no point", cases[i].text);
    if (cases[i].lat == 0) continue;
    if (ABS(best->lat - cases[i].lat) > 0.00002 || ABS(best->lon - cases[i].lon) > 0.00002)
      fail_msg("%s: %f %f", cases[i].text, best->lat, best->lon);
    assert_string_equal(best->region, "Adlersruh");
  }
}

static void what_is_no_place_is_left_alone(void **state)
{
  (void)state;
  static const struct place_case cases[] = {
    { "Herr Lange von der Linde kommt um 12 Uhr.", "" },
    { "Die Kosten: 1.200,50 Euro, am 12.5. um 18:30 Uhr", "" },
    { "Der Gehweg und der Radweg sind kaputt, der Parkplatz auch.", "" },
    { "Wegen der Straße und der Allee schreibe ich.", "" },
    { "Die Verkäufer und Läufer waren am Ufer.", "" },
    { "Freiheit ist wichtig. Am Bahndamm war es schön.", "" },
    { "Liebe Frau Nordend, danke!", "" },
    { "Schreiben Sie an nordend@kiez.example oder https://kiez.example/nordend/", "" },
    { "Version 52.1.3 kostet 13.50", "" },
    { "Am 52. Tag 13 Uhr", "" },
    { "https://maps.app.goo.gl/AbCdEf", "" },
    { "", "" },
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void the_best_place_says_most(void **state)
{
  (void)state;
  static const struct place_case cases[] = {
    { "Ich wohne in Nordend. Das Loch ist in der Baumschulenstraße 7.", "Baumschulenstraße 7" },
    { "In der Baumallee, genauer Siemensstr/Edisonstr, liegt Müll", "Siemensstr/Edisonstr" },
    { "Baumschulenstraße 7, siehe 52.49512, 13.51388", "52.49512, 13.51388" },
    { "Im Nordend: vor der Sophie-Brahe-Gemeinschaftsschule", "Sophie-Brahe-Gemeinschaftsschule" },
    { "Anders als in Neukölln ist es in der Waldstraße", "Waldstraße" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(passage_t) passage = passage_new(cases[i].text, NULL, 0);
    g_autoptr(GArray) places = places_find(passage, town);
    assert_non_null(places_best(places));
    assert_string_equal(places_best(places)->text, cases[i].places);
  }
}

static void the_region_of_the_list_decides_between_namesakes(void **state)
{
  (void)state;
  g_autoptr(passage_t) passage = passage_new("In der Waldstraße ist es dunkel", "de", 0);
  g_autoptr(GArray) places = places_find(passage, town);
  const struct place_found *street = places_best(places);
  assert_int_equal(street->candidates, 2);
  places_prefer(places, town, "Nordend");
  assert_string_equal(street->region, "Nordend");
  assert_int_equal(street->candidates, 1);
  places_prefer(places, town, NULL);
  places_prefer(places, town, "Nirgends");
  assert_string_equal(street->region, "Nordend");
}

static void without_a_gazetteer_streets_still_look_like_streets(void **state)
{
  (void)state;
  g_autofree char *got = shown("in der Baumschulenstraße 7", NULL);
  assert_string_equal(got, "?Baumschulenstraße 7|-|address");
}

static void long_texts_are_read_in_good_time(void **state)
{
  (void)state;
  static const char *const pieces[] = { "Baumstrasse ", "Ecke ",     "Am ",          "52.1, ",
                                        "https://",     "Siemens-/", "Netto in der " };
  for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
    GString *text = g_string_new(NULL);
    while (text->len < 200 * 1000) g_string_append(text, pieces[i]);
    clock_t before = clock(); /* of the processor: other tests run beside this one */
    g_autofree char *got = shown(text->str, town);
    double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    if (seconds > 2) fail_msg("\"%s\" again and again: %.1f s", pieces[i], seconds);
    g_string_free(text, TRUE);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(streets_are_found_in_all_spellings),
    cmocka_unit_test(words_between_street_and_number_are_read),
    cmocka_unit_test(crossings_are_found),
    cmocka_unit_test(landmarks_are_found),
    cmocka_unit_test(regions_and_other_towns_are_told_apart),
    cmocka_unit_test(points_are_read),
    cmocka_unit_test(what_is_no_place_is_left_alone),
    cmocka_unit_test(streets_called_like_things_are_found_by_who_must_know),
    cmocka_unit_test(words_of_streets_are_hidden),
    cmocka_unit_test(the_best_place_says_most),
    cmocka_unit_test(the_region_of_the_list_decides_between_namesakes),
    cmocka_unit_test(without_a_gazetteer_streets_still_look_like_streets),
    cmocka_unit_test(long_texts_are_read_in_good_time),
  };
  return cmocka_run_group_tests(tests, build, raze);
}
