/* The gazetteer's rows; see gazetteer.h. Filled once by whoever loads it (lists/places/gazetteer.c), then only read.
 *
 * Everything is arrays and one sorted list of names (gazetteer_names.c); there is no index that would take
 * longer to build than `explain` takes for a mail. */
#include "lib/text/places/gazetteer_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *place_precision_word(enum place_precision precision)
{
  static const char *const words[] = { "address", "street", "area" };
  return words[precision];
}

static void clear_region(gpointer row)
{
  outline_free(((struct region_row *)row)->outline);
}

struct gazetteer *gazetteer_new(void)
{
  struct gazetteer *g = g_new0(struct gazetteer, 1);
  g->regions = g_array_new(FALSE, TRUE, sizeof(struct region_row));
  g_array_set_clear_func(g->regions, clear_region);
  g->streets = g_array_new(FALSE, TRUE, sizeof(struct street_row));
  g->places = g_array_new(FALSE, TRUE, sizeof(struct place_row));
  g->names = g_array_new(FALSE, TRUE, sizeof(struct name));
  g->strings = g_string_chunk_new(16 * 1024);
  g->postcodes = g_hash_table_new(g_str_hash, g_str_equal);
  return g;
}

void gazetteer_free(struct gazetteer *gazetteer)
{
  if (!gazetteer) return;
  g_array_unref(gazetteer->regions);
  g_array_unref(gazetteer->streets);
  g_array_unref(gazetteer->places);
  g_array_unref(gazetteer->names);
  g_free(gazetteer->by_size);
  g_hash_table_unref(gazetteer->postcodes);
  g_string_chunk_free(gazetteer->strings);
  g_free(gazetteer);
}

bool gazetteer_is_empty(const struct gazetteer *gazetteer)
{
  return gazetteer->regions->len == 0 && gazetteer->streets->len == 0 && gazetteer->places->len == 0;
}

static const char *keep(struct gazetteer *g, const char *text)
{
  return g_string_chunk_insert_const(g->strings, text ? text : "");
}

static const char *keep_key(struct gazetteer *g, const char *name)
{
  struct place_key key;
  place_key_of(&key, name ? name : "");
  return keep(g, key.text);
}

static void keep_postcode(struct gazetteer *g, const char *postcode)
{
  if (*postcode) g_hash_table_add(g->postcodes, (gpointer)postcode);
}

bool gazetteer_add_region(struct gazetteer *gazetteer, const char *name, const char *slug,
                          const char *geojson, GError **error)
{
  struct region_row row = { .name = keep(gazetteer, name), .slug = keep(gazetteer, slug) };
  row.outline = outline_parse(geojson, error);
  if (!row.outline) {
    g_prefix_error(error, "%s: ", name);
    return false;
  }
  g_array_append_val(gazetteer->regions, row);
  return true;
}

void gazetteer_add_street(struct gazetteer *gazetteer, const struct gazetteer_street *row)
{
  struct street_row mine = { .is = *row };
  mine.is.name = keep(gazetteer, row->name);
  mine.is.postcode = keep(gazetteer, row->postcode);
  mine.is.locality = keep(gazetteer, row->locality);
  mine.is.region = keep(gazetteer, row->region);
  guint count = gazetteer->streets->len;
  bool is_as_before = count > 0 && STREET(gazetteer, count - 1)->is.name == mine.is.name;
  mine.key = is_as_before ? STREET(gazetteer, count - 1)->key : keep_key(gazetteer, row->name);
  keep_postcode(gazetteer, mine.is.postcode);
  g_array_append_val(gazetteer->streets, mine);
}

void gazetteer_add_place(struct gazetteer *gazetteer, const struct gazetteer_place *row)
{
  struct place_row mine = { .is = *row };
  mine.is.name = keep(gazetteer, row->name);
  mine.is.kind = keep(gazetteer, row->kind);
  mine.is.street = keep(gazetteer, row->street);
  mine.is.house = keep(gazetteer, row->house);
  mine.is.postcode = keep(gazetteer, row->postcode);
  mine.is.locality = keep(gazetteer, row->locality);
  const char *region =
      row->region && *row->region ? row->region : gazetteer_region_of(gazetteer, row->lat, row->lon);
  mine.is.region = keep(gazetteer, region);
  mine.street_key = keep_key(gazetteer, row->street);
  mine.house = (int)MIN(strtoul(mine.is.house, NULL, 10), 9999UL);
  keep_postcode(gazetteer, mine.is.postcode);
  g_array_append_val(gazetteer->places, mine);
}

static int compare_streets(gconstpointer a, gconstpointer b)
{
  const struct street_row *x = a, *y = b;
  int order = x->key == y->key ? 0 : strcmp(x->key, y->key);
  return order ? order : x->is.house_from - y->is.house_from;
}

void gazetteer_finish(struct gazetteer *gazetteer)
{
  g_array_sort(gazetteer->streets, compare_streets);
  gazetteer_make_names(gazetteer);
}

const char *gazetteer_region_of(const struct gazetteer *gazetteer, double lat, double lon)
{
  for (guint i = 0; i < gazetteer->regions->len; i++) {
    const struct region_row *row = &g_array_index(gazetteer->regions, struct region_row, i);
    if (outline_holds(row->outline, lat, lon)) return row->name;
  }
  return NULL;
}

const char *gazetteer_region_name(const struct gazetteer *gazetteer, const char *name)
{
  for (guint i = 0; name && i < gazetteer->regions->len; i++) {
    const struct region_row *row = &g_array_index(gazetteer->regions, struct region_row, i);
    if (strcmp(row->name, name) == 0) return row->name;
  }
  return NULL;
}

bool gazetteer_has_postcode(const struct gazetteer *gazetteer, const char *postcode)
{
  return g_hash_table_contains(gazetteer->postcodes, postcode);
}

double gazetteer_metres(double lat, double lon, double other_lat, double other_lon)
{
  const double degree = G_PI / 180, radius = 6371000;
  double east = (other_lon - lon) * degree * cos((lat + other_lat) / 2 * degree);
  double north = (other_lat - lat) * degree;
  return radius * sqrt(east * east + north * north);
}
