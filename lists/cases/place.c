/* Where the matter of a question is, from the words that the office will read: a home that was taken out of
 * them (homes.c) is no place of the case, but its street is. The region follows from the place, else from a
 * region that the words name; where they say nothing the list's counts (open.c). Found when a case is opened,
 * by mail or by a moderator's order alike. */
#include "lists/cases/case.h"

#include "lists/list_cache.h"
#include "lists/offices/offices.h"

#include "lib/text/places/places.h"

void case_place_clear(struct case_place *place)
{
  g_free(place->text);
  *place = (struct case_place){ 0 };
}

/* The region that any place of the text lies in. */
static const char *region_in(const GArray *places)
{
  for (guint i = 0; i < places->len; i++) {
    const struct place_found *one = &g_array_index(places, struct place_found, i);
    if (one->region && !one->is_outside) return one->region;
  }
  return NULL;
}

static GArray *find_in(const struct work *work, const struct list *list, const char *text)
{
  g_autoptr(passage_t) passage = passage_new(text, NULL, 0);
  GArray *places = places_find(passage, work->gazetteer);
  const char *region =
      list && work->list_regions ? g_hash_table_lookup(work->list_regions, list->name) : NULL;
  places_prefer(places, work->gazetteer, region);
  return places;
}

/* Streets that the gazetteer does not know are places as well; "im Park" is none. */
static bool is_better(const struct place_found *one, const struct place_found *other)
{
  return one && !one->is_outside && (!other || other->is_outside || (one->has_point && !other->has_point));
}

bool case_place_find(struct work *work, const struct list *list, const char *title, const char *text,
                     struct case_place *place, GError **error)
{
  *place = (struct case_place){ 0 };
  g_autoptr(GArray) of_text = find_in(work, list, text), of_title = find_in(work, list, title);
  const struct place_found *best = places_best(of_text), *titled = places_best(of_title);
  if (is_better(titled, best)) best = titled;
  const char *region = best && !best->is_outside ? best->region : NULL;
  if (!region) region = region_in(of_text);
  if (!region) region = region_in(of_title);
  if (best && !best->is_outside) {
    place->text = best->text && *best->text ? g_strdup(best->text) : NULL;
    place->has_point = best->has_point;
    place->lat = best->lat;
    place->lon = best->lon;
  }
  return office_region_id(work->store, region, &place->region, error);
}
