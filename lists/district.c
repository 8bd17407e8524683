/* A shipped district: share/districts/<name>/district.json. It seeds the store at init, and its lists stand
 * in for a store in `explain`. The file is ours or the municipality's own, so it is read strictly: what is
 * missing or misspelt is a configuration fault that names the place, and never half a district.
 *
 *   {"name": …, "title": …,
 *    "regions": [{"slug", "number", "name", "inhabitants", "outline": [[lon, lat], …]}],
 *    "lists": [{"name", "kind", "title", "region", "archive", "posting", "subject_tag", "language",
 * "aliases": […]}],
 *    "offices": [{"sign", "name", "topics": […], "days", "coordinator": true}]} */
#include "lists/district.h"

#include "lib/store/cases/offices.h"

#include "lists/kinds.h"

#include "lib/base/fault.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void free_region(gpointer region)
{
  region_free(region);
}

static void free_office(gpointer office)
{
  office_free(office);
}

static void free_list(gpointer list)
{
  list_free(list);
}

void district_free(struct district *district)
{
  if (!district) return;
  g_free(district->name);
  g_free(district->title);
  g_ptr_array_unref(district->regions);
  g_ptr_array_unref(district->lists);
  g_ptr_array_unref(district->offices);
  g_free(district);
}

/* A text of an object; `fallback` where it is missing. */
static char *text_of(JsonObject *object, const char *name, const char *fallback)
{
  JsonNode *node = json_object_get_member(object, name);
  bool is_text = node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING;
  return g_strdup(is_text ? json_node_get_string(node) : fallback);
}

/* A whole number; 0 where it is missing. */
static int64_t number_of(JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member(object, name);
  return node && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_int(node) : 0;
}

/* An array of objects or texts; NULL where it is missing. */
static JsonArray *array_of(JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member(object, name);
  return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

/* Any node as JSON text; "" where it is missing. */
static char *json_of(JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member(object, name);
  return node ? json_to_string(node, FALSE) : g_strdup("");
}

/* The texts of an array, NULL-ended. */
static char **texts_of(JsonObject *object, const char *name)
{
  JsonArray *array = array_of(object, name);
  GPtrArray *texts = g_ptr_array_new();
  for (guint i = 0; array && i < json_array_get_length(array); i++) {
    JsonNode *node = json_array_get_element(array, i);
    if (JSON_NODE_HOLDS_VALUE(node)) g_ptr_array_add(texts, g_strdup(json_node_get_string(node)));
  }
  g_ptr_array_add(texts, NULL);
  return (char **)g_ptr_array_free(texts, FALSE);
}

static struct region *read_region(JsonObject *object)
{
  struct region *region = g_new(struct region, 1);
  *region = (struct region){
    .slug = text_of(object, "slug", ""),
    .number = text_of(object, "number", ""),
    .name = text_of(object, "name", ""),
    .inhabitants = number_of(object, "inhabitants"),
    .outline = json_of(object, "outline"),
  };
  return region;
}

static struct list *read_list(JsonObject *object)
{
  g_autofree char *archive = text_of(object, "archive", "none");
  struct list *list = g_new(struct list, 1);
  *list = (struct list){
    .name = text_of(object, "name", ""),
    .kind = text_of(object, "kind", ""),
    .title = text_of(object, "title", ""),
    .region_slug = text_of(object, "region", ""),
    .archive_public = strcmp(archive, "public") == 0,
    .posting = text_of(object, "posting", "members"),
    .subject_tag = text_of(object, "subject_tag", ""),
    .language = text_of(object, "language", "de"),
    .aliases = texts_of(object, "aliases"),
  };
  return list;
}

static struct office *read_office(JsonObject *object)
{
  struct office *office = office_new();
  g_free(office->sign);
  g_free(office->name);
  office->sign = text_of(object, "sign", "");
  office->name = text_of(object, "name", "");
  office->is_coordinator =
      json_object_has_member(object, "coordinator") && json_object_get_boolean_member(object, "coordinator");
  int64_t days = number_of(object, "days");
  if (days) office->days = (int)days;
  g_auto(GStrv) topics = texts_of(object, "topics");
  for (char **topic = topics; *topic; topic++) office_add_duty(office, *topic, 0);
  return office;
}

static bool has_region(const struct district *district, const char *slug)
{
  for (guint i = 0; i < district->regions->len; i++)
    if (strcmp(((const struct region *)district->regions->pdata[i])->slug, slug) == 0) return true;
  return false;
}

/* What is wrong with a list; NULL: nothing. */
static const char *objection(const struct district *district, const struct list *list)
{
  if (!*list->name || !*list->title) return "has no name or no title";
  if (!kind_find(list->kind)) return "is of a kind that there is not";
  if (*list->region_slug && !has_region(district, list->region_slug))
    return "is of a region that there is not";
  return NULL;
}

/* Regions first: lists name them. */
static bool read_rows(struct district *district, JsonObject *root, const char *path, GError **error)
{
  JsonArray *regions = array_of(root, "regions"), *lists = array_of(root, "lists");
  if (!regions || !lists)
    return fault_set(error, FAULT_CONFIG, "%s: a district has \"regions\" and \"lists\".", path);
  for (guint i = 0; i < json_array_get_length(regions); i++) {
    JsonNode *node = json_array_get_element(regions, i);
    if (!JSON_NODE_HOLDS_OBJECT(node))
      return fault_set(error, FAULT_CONFIG, "%s: region %u is no object.", path, i + 1);
    struct region *region = read_region(json_node_get_object(node));
    g_ptr_array_add(district->regions, region);
    if (!*region->slug || !*region->name)
      return fault_set(error, FAULT_CONFIG, "%s: region %u has no slug or no name.", path, i + 1);
  }
  for (guint i = 0; i < json_array_get_length(lists); i++) {
    JsonNode *node = json_array_get_element(lists, i);
    if (!JSON_NODE_HOLDS_OBJECT(node))
      return fault_set(error, FAULT_CONFIG, "%s: list %u is no object.", path, i + 1);
    struct list *list = read_list(json_node_get_object(node));
    g_ptr_array_add(district->lists, list);
    const char *wrong = objection(district, list);
    if (wrong)
      return fault_set(error, FAULT_CONFIG, "%s: list %u (\"%s\") %s.", path, i + 1, list->name, wrong);
  }
  return true;
}

/* Offices; a district may have none. */
static bool read_offices(struct district *district, JsonObject *root, const char *path, GError **error)
{
  JsonArray *offices = array_of(root, "offices");
  for (guint i = 0; offices && i < json_array_get_length(offices); i++) {
    JsonNode *node = json_array_get_element(offices, i);
    if (!JSON_NODE_HOLDS_OBJECT(node))
      return fault_set(error, FAULT_CONFIG, "%s: office %u is no object.", path, i + 1);
    struct office *office = read_office(json_node_get_object(node));
    g_ptr_array_add(district->offices, office);
    if (!*office->sign || !*office->name)
      return fault_set(error, FAULT_CONFIG, "%s: office %u has no sign or no name.", path, i + 1);
  }
  return true;
}

/* The file's root object, owned by the parser. */
static JsonObject *parse(JsonParser *parser, const char *path, GError **error)
{
  g_autoptr(GError) cause = NULL;
  JsonNode *root = json_parser_load_from_file(parser, path, &cause) ? json_parser_get_root(parser) : NULL;
  if (root && JSON_NODE_HOLDS_OBJECT(root)) return json_node_get_object(root);
  fault_set(error, FAULT_CONFIG, "%s: the district cannot be read (%s).", path,
            cause ? cause->message : "it is no object");
  return NULL;
}

struct district *district_load(const struct config *config, const char *name, GError **error)
{
  g_autoptr(district_t) district = g_new0(struct district, 1);
  district->regions = g_ptr_array_new_with_free_func(free_region);
  district->lists = g_ptr_array_new_with_free_func(free_list);
  district->offices = g_ptr_array_new_with_free_func(free_office);
  district->name = g_strdup(name ? name : "");
  district->title = g_strdup("");
  if (!*district->name) return g_steal_pointer(&district); /* a municipality that begins with no lists */
  g_autofree char *rest = g_strconcat("districts/", name, "/district.json", NULL);
  g_autofree char *path = strchr(name, '/') ? NULL : config_find_shared(config, rest);
  if (!path) {
    fault_set(error, FAULT_CONFIG, "There is no shipped district \"%s\".", name);
    return NULL;
  }
  g_autoptr(JsonParser) parser = json_parser_new();
  JsonObject *root = parse(parser, path, error);
  if (!root || !read_rows(district, root, path, error) || !read_offices(district, root, path, error))
    return NULL;
  g_free(district->title);
  district->title = text_of(root, "title", name);
  return g_steal_pointer(&district);
}

/* The ids of the regions in the store, by slug. */
static GHashTable *region_ids(struct store *store, GError **error)
{
  g_autoptr(GPtrArray) regions = regions_all(store, error);
  if (!regions) return NULL;
  GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < regions->len; i++) {
    const struct region *region = g_ptr_array_index(regions, i);
    int64_t *id = g_new(int64_t, 1);
    *id = region->id;
    g_hash_table_insert(ids, g_strdup(region->slug), id);
  }
  return ids;
}

/* One list, unless its name is there. */
static bool seed_list(struct store *store, const struct list *list, GHashTable *regions, int64_t now,
                      GError **error)
{
  GError *failed = NULL;
  g_autoptr(list_row) known = list_find(store, list->name, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (known) return true;
  struct list row = *list; /* the strings stay the district's */
  const int64_t *region = g_hash_table_lookup(regions, list->region_slug);
  row.region = region ? *region : 0;
  return list_create(store, &row, now, error);
}

bool district_seed_offices(const struct district *district, struct store *store, int64_t now, guint *count,
                           GError **error)
{
  bool any = false;
  *count = 0;
  if (!offices_any(store, &any, error)) return false;
  for (guint i = 0; !any && i < district->offices->len; i++, (*count)++) {
    struct office *office = district->offices->pdata[i];
    office->id = 0;
    if (!office_put(store, office, now, error)) return false;
  }
  return true;
}

bool district_seed(const struct district *district, struct store *store, int64_t now, GError **error)
{
  for (guint i = 0; i < district->regions->len; i++)
    if (!region_put(store, g_ptr_array_index(district->regions, i), error)) return false;
  g_autoptr(GHashTable) ids = region_ids(store, error);
  if (!ids) return false;
  for (guint i = 0; i < district->lists->len; i++)
    if (!seed_list(store, g_ptr_array_index(district->lists, i), ids, now, error)) return false;
  guint count;
  return district_seed_offices(district, store, now, &count, error);
}

int district_add_lists(const struct district *district, struct store *store, int64_t now, GError **error)
{
  int count = 0;
  g_autoptr(GHashTable) ids = region_ids(store, error);
  if (!ids) return -1;
  for (guint i = 0; i < district->lists->len; i++) {
    struct list row = *(const struct list *)g_ptr_array_index(district->lists, i);
    const int64_t *region = g_hash_table_lookup(ids, row.region_slug);
    bool is_free = false;
    if (!list_name_is_free(store, row.name, &is_free, error)) return -1;
    if (!is_free) continue;
    row.region = region ? *region : 0;
    if (!list_create(store, &row, now, error)) return -1;
    count++;
  }
  return count;
}
