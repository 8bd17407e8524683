/* Places in any text, with a small gazetteer: what is found stands in the text, in order, with points on
 * earth; and any text asked of the gazetteer, as an outline, as a table. */
#include "lib/base/config.h"
#include "lib/text/csv.h"
#include "lib/text/places/outlines.h"
#include "lib/text/places/places.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct gazetteer *make_gazetteer(void)
{
  static const char *const streets[] = { "Baumschulenstraße", "Siemensstraße", "Edisonstraße",
                                         "Am Falkenberg",     "Krumme Straße", "Köpenicker Landstraße",
                                         "Freiheit",          "Sterndamm",     "Griechische Allee" };
  struct gazetteer *made = gazetteer_new();
  gazetteer_add_region(made, "Nordend/Uferheim", "n", "[[13.5,52.5],[13.6,52.5],[13.6,52.6],[13.5,52.5]]",
                       NULL);
  for (int i = 0; i < 18; i++) {
    struct gazetteer_street row = {
      streets[i / 2],   "12901",           "Köpenick", i % 2 ? "Nordend/Uferheim" : "Südend",
      1 + 50 * (i % 2), 50 + 50 * (i % 2), 52.5,       13.5 + i / 100.0,
      PLACE_STREET
    };
    gazetteer_add_street(made, &row);
  }
  struct gazetteer_place school = {
    "Sophie-Brahe-Schule (Grundschule)", "Schule", "Sterndamm", "12", "12901", "", "", 52.51, 13.55
  };
  struct gazetteer_place station = { "Bahnhof Uferheim", "Bahnhof", "", "", "", "", "", 52.52, 13.56 };
  gazetteer_add_place(made, &school);
  gazetteer_add_place(made, &station);
  gazetteer_finish(made);
  return made;
}

static struct gazetteer *gazetteer;

/* The tables are loaded before the clock of the first input runs. */
static void read_table(const char *text)
{
  g_autoptr(csv_t) csv = csv_new(text, strlen(text), "fuzz", NULL);
  GError *error = NULL;
  while (csv && csv_next(csv, &error)) g_assert_nonnull(csv_field(csv, 0));
  g_clear_error(&error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  if (!gazetteer) gazetteer = make_gazetteer();
  g_autofree char *text = g_strndup((const char *)data, size);
  g_autoptr(passage_t) passage = passage_new(text, NULL, 64 * 1024);
  g_autoptr(GArray) places = places_find(passage, gazetteer);
  for (guint i = 0; i < places->len; i++) {
    const struct place_found *it = &g_array_index(places, struct place_found, i);
    g_assert_true(it->text && it->first < it->end);
    g_assert_true(g_utf8_validate(it->text, -1, NULL));
    if (it->has_point) g_assert_true(it->lat >= -90 && it->lat <= 90 && it->lon >= -180 && it->lon <= 180);
  }
  places_prefer(places, gazetteer, "Südend");
  struct gazetteer_answer answers[GAZETTEER_ANSWERS];
  g_assert_cmpuint(gazetteer_find(gazetteer, text, answers), <=, GAZETTEER_ANSWERS);
  outline_free(outline_parse(text, NULL));
  read_table(text);
  return 0;
}
