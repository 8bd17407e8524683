/* A small town of our own for the tests of places: four regions side by side, each a hundredth of a degree
 * wide, with streets and places. Names are such as a district has; nothing is where it is in the world. */
#ifndef TEST_TEXT_PLACES_TOWN_H
#define TEST_TEXT_PLACES_TOWN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/config.h"
#include "lib/text/places/gazetteer.h"
#include "lib/text/places/places.h"
#include <string.h>

static inline struct gazetteer *town_build(void)
{
  static const struct {
    const char *name, *geojson;
  } regions[] = {
    { "Nordend", "{\"type\":\"Polygon\",\"coordinates\":[[[13.50,52.50],[13.51,52.50],[13.51,52.51],[13.50,"
                 "52.51],[13.50,52.50]],"
                 "[[13.504,52.504],[13.506,52.504],[13.506,52.506],[13.504,52.506],[13.504,52.504]]]}" },
    { "Südend", "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[13.50,52.49],[13.51,52.49],[13.51,52.50],[13."
                "50,52.50],[13.50,52.49]]],"
                "[[[13.504,52.504],[13.506,52.504],[13.506,52.506],[13.504,52.506],[13.504,52.504]]]]}" },
    { "Adlersruh", "[[[13.51,52.49],[13.52,52.49],[13.52,52.51],[13.51,52.51],[13.51,52.49]]]" },
    { "Seewald/Uferheim", "[[13.52,52.49],[13.53,52.49],[13.53,52.51],[13.52,52.51],[13.52,52.49]]" },
  };
  static const struct gazetteer_street streets[] = {
    { "Baumallee", "12901", "Nordend", "Nordend", 1, 60, 52.501, 13.501, PLACE_STREET },
    { "Baumallee", "12901", "Nordend", "Südend", 61, 120, 52.495, 13.501, PLACE_STREET },
    { "Karl-Marx-Straße", "12901", "Nordend", "Nordend", 1, 99, 52.502, 13.502, PLACE_STREET },
    { "Baumschulenstraße", "12902", "Südend", "Südend", 1, 110, 52.493, 13.503, PLACE_STREET },
    { "Siemensstraße", "12903", "Adlersruh", "Adlersruh", 2, 34, 52.500, 13.512, PLACE_STREET },
    { "Edisonstraße", "12903", "Adlersruh", "Adlersruh", 1, 63, 52.501, 13.513, PLACE_STREET },
    { "Köpenicker Landstraße", "12901", "Nordend", "Nordend", 1, 100, 52.505, 13.501, PLACE_AREA },
    { "Köpenicker Landstraße", "12903", "Adlersruh", "Adlersruh", 101, 200, 52.502, 13.514, PLACE_STREET },
    { "Waldstraße", "12901", "Nordend", "Nordend", 1, 30, 52.507, 13.507, PLACE_STREET },
    { "Waldstraße", "12904", "Seewald", "Seewald/Uferheim", 1, 40, 52.500, 13.525, PLACE_STREET },
    { "Griechische Allee", "12903", "Adlersruh", "Adlersruh", 1, 70, 52.499, 13.515, PLACE_STREET },
    { "Krumme Straße", "12904", "Seewald", "Seewald/Uferheim", 1, 20, 52.495, 13.526, PLACE_STREET },
    { "Am Falkenberg", "12904", "Seewald", "Seewald/Uferheim", 1, 150, 52.496, 13.527, PLACE_STREET },
    { "Am Bahndamm", "12904", "Seewald", "Seewald/Uferheim", 1, 30, 52.497, 13.527, PLACE_STREET },
    { "Freiheit", "12904", "Seewald", "Seewald/Uferheim", 1, 30, 52.498, 13.527, PLACE_STREET },
    { "Sterndamm", "12902", "Südend", "Südend", 1, 256, 52.494, 13.505, PLACE_STREET },
    { "Königsheideweg", "12902", "Südend", "Südend", 1, 300, 52.495, 13.506, PLACE_STREET },
    { "Schnellerstraße", "12903", "Adlersruh", "Adlersruh", 1, 145, 52.495, 13.515, PLACE_STREET },
    { "Dammweg", "12901", "Nordend", "Nordend", 1, 250, 52.508, 13.502, PLACE_STREET },
  };
  static const struct gazetteer_place places[] = {
    { "Sophie-Brahe-Gemeinschaftsschule", "Schule", "Dammweg", "216-218", "12901", "Nordend", "Nordend",
      52.5081, 13.5021 },
    { "Apotheke am Nordend", "Apotheke", "Baumallee", "12", "12901", "Nordend", "Nordend", 52.5011, 13.5012 },
    { "Stern-Apotheke", "Apotheke", "Sterndamm", "90", "12902", "Südend", "Südend", 52.4941, 13.5052 },
    { "Kita Wuhlmäuse", "Kita", "Edisonstraße", "20", "12903", "Adlersruh", "Adlersruh", 52.5012, 13.5131 },
    { "Melli-Beese-Schule (Grundschule)", "Schule", "Krumme Straße", "4", "12904", "Seewald",
      "Seewald/Uferheim", 52.4951, 13.5261 },
    { "EKT - Kinderland \"Biene Maja\"", "Kita", "Waldstraße", "3", "12904", "Seewald", "Seewald/Uferheim",
      52.5001, 13.5251 },
    { "JFE Mansarde", "Jugendfreizeiteinrichtung", "Am Falkenberg", "3", "12904", "Seewald",
      "Seewald/Uferheim", 52.4961, 13.5271 },
    { "Kleiner Fratz", "Kita", "Sterndamm", "8", "12902", "Südend", "Südend", 52.4942, 13.5053 },
    { "Kleiner Fratz", "Kita", "Dammweg", "8", "12901", "Nordend", "Nordend", 52.5082, 13.5022 },
    { "Bahnhof Adlersruh", "Bahnhof", "", "", "", "", "", 52.4975, 13.5165 },
  };
  struct gazetteer *town = gazetteer_new();
  for (gsize i = 0; i < G_N_ELEMENTS(regions); i++)
    assert_true(gazetteer_add_region(town, regions[i].name, "", regions[i].geojson, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS(streets); i++) gazetteer_add_street(town, &streets[i]);
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) gazetteer_add_place(town, &places[i]);
  gazetteer_finish(town);
  return town;
}

#endif
