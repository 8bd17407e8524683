#include "lib/text/places/places.h"

const char *place_source_word(enum place_source source)
{
  static const char *const words[] = { "coordinates", "address", "crossing", "landmark", "exif" };
  return words[source];
}

void place_found_clear(struct place_found *found)
{
  g_clear_pointer(&found->text, g_free);
}

GArray *places_find(const struct passage *passage, const struct gazetteer *gazetteer)
{
  (void)passage, (void)gazetteer;
  return g_array_new(FALSE, FALSE, sizeof(struct place_found));
}

const struct place_found *places_best(const GArray *places)
{
  return places->len ? &g_array_index(places, struct place_found, 0) : NULL;
}
