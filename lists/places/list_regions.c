/* Which region each list belongs to; see list_regions.h. Small and read once a process. */
#include "lists/places/list_regions.h"

#include "lists/district.h"

#include <string.h>

/* The region's name for its slug; NULL: no such region. */
static const char *region_name(const GPtrArray *regions, const char *slug)
{
  for (guint i = 0; *slug && i < regions->len; i++) {
    const struct region *region = g_ptr_array_index(regions, i);
    if (strcmp(region->slug, slug) == 0) return region->name;
  }
  return NULL;
}

static GHashTable *join(const GPtrArray *regions, const GPtrArray *lists)
{
  GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < lists->len; i++) {
    const struct list *list = g_ptr_array_index(lists, i);
    const char *name = region_name(regions, list->region_slug ? list->region_slug : "");
    if (name) g_hash_table_insert(names, g_strdup(list->name), g_strdup(name));
  }
  return names;
}

GHashTable *list_regions_load(struct store *store, const struct config *config, GError **error)
{
  if (!store) {
    g_autoptr(district_t) district = district_load(config, config->district, error);
    return district ? join(district->regions, district->lists) : NULL;
  }
  g_autoptr(GPtrArray) regions = regions_all(store, error);
  g_autoptr(GPtrArray) lists = regions ? lists_all(store, error) : NULL;
  return lists ? join(regions, lists) : NULL;
}
