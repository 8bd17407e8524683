/* Loading the gazetteer; see gazetteer.h. Once in a worker's life (and again when it was imported anew), once
 * a call of `explain`: so nothing here is slow.
 *
 * A district may ship landmarks.csv, in the format of places.csv, region left empty: stations, parks and town
 * halls that no open data set of addresses has. */
#include "lists/places/gazetteer.h"

#include "lists/district.h"
#include "lists/places/gazetteer_files.h"

static bool add_region(const struct gazetteer_region *row, void *data, GError **error)
{
  return gazetteer_add_region(data, row->name, row->slug, row->geojson, error);
}

static bool add_street(const struct gazetteer_street *row, void *data, GError **error)
{
  (void)error;
  gazetteer_add_street(data, row);
  return true;
}

static bool add_place(const struct gazetteer_place *row, void *data, GError **error)
{
  (void)error;
  gazetteer_add_place(data, row);
  return true;
}

/* The coarse outlines of the shipped district: a ring each. */
static bool add_shipped_regions(struct gazetteer *gazetteer, const struct config *config, GError **error)
{
  if (!config->district || !*config->district) return true;
  g_autoptr(district_t) district = district_load(config, config->district, error);
  for (guint i = 0; district && i < district->regions->len; i++) {
    const struct region *region = district->regions->pdata[i];
    if (*region->outline &&
        !gazetteer_add_region(gazetteer, region->name, region->slug, region->outline, error))
      return false;
  }
  return district != NULL;
}

static bool add_landmarks(struct gazetteer *gazetteer, const struct config *config, GError **error)
{
  if (!config->district || !*config->district) return true;
  g_autofree char *rest = g_strdup_printf("districts/%s/landmarks.csv", config->district);
  g_autofree char *path = config_find_shared(config, rest);
  return !path || gazetteer_file_places(path, add_place, gazetteer, error);
}

struct gazetteer *gazetteer_load(struct store *store, const struct config *config, GError **error)
{
  g_autoptr(gazetteer_t) gazetteer = gazetteer_new();
  if (store && !gazetteer_read_regions(store, add_region, gazetteer, error)) return NULL;
  if (gazetteer_is_empty(gazetteer) && !add_shipped_regions(gazetteer, config, error)) return NULL;
  if (store && !gazetteer_read_streets(store, add_street, gazetteer, error)) return NULL;
  if (store && !gazetteer_read_places(store, add_place, gazetteer, error)) return NULL;
  if (!add_landmarks(gazetteer, config, error)) return NULL;
  gazetteer_finish(gazetteer);
  return g_steal_pointer(&gazetteer);
}
