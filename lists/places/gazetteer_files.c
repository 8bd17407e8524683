/* The gazetteer's files; see gazetteer_files.h. Open data of a municipality: read strictly, since half a
 * gazetteer would put defects into the wrong region and nobody would see it. A file is read to its end before
 * its rows count. */
#include "lists/places/gazetteer_files.h"

#include "lib/base/fault.h"
#include "lib/text/csv.h"
#include "lib/text/places/outlines.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

enum { FILE_BYTES_MAX = 256 * 1024 * 1024 };

static GMappedFile *open_file(const char *path, GError **error)
{
  g_autoptr(GError) cause = NULL;
  GMappedFile *file = g_mapped_file_new(path, FALSE, &cause);
  if (!file) fault_set(error, FAULT_INPUT, "%s cannot be read (%s).", path, cause->message);
  if (file && g_mapped_file_get_length(file) > FILE_BYTES_MAX) {
    fault_set(error, FAULT_INPUT, "%s is larger than %d MB.", path, FILE_BYTES_MAX >> 20);
    g_clear_pointer(&file, g_mapped_file_unref);
  }
  return file;
}

static struct csv *open_table(GMappedFile *file, const char *path, GError **error)
{
  const char *text = g_mapped_file_get_contents(file);
  return csv_new(text ? text : "", g_mapped_file_get_length(file), path, error);
}

bool gazetteer_file_kind(const char *path, enum gazetteer_kind *kind, GError **error)
{
  g_autoptr(GMappedFile) file = open_file(path, error);
  if (!file) return false;
  const char *text = g_mapped_file_get_contents(file), *end = text + g_mapped_file_get_length(file);
  if (text && end - text >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) text += 3;
  while (text && text < end && g_ascii_isspace(*text)) text++;
  *kind = GAZETTEER_REGIONS;
  if (text && text < end && *text == '{') return true;
  g_autoptr(csv_t) csv = open_table(file, path, error);
  if (!csv) return false;
  *kind = csv_column(csv, "house_from") >= 0 ? GAZETTEER_STREETS : GAZETTEER_PLACES;
  bool is_known =
      csv_column(csv, "lat") >= 0 && csv_column(csv, "lon") >= 0 &&
      (*kind == GAZETTEER_STREETS ? csv_column(csv, "street") >= 0 : csv_column(csv, "name") >= 0);
  return is_known ||
         fault_set(
             error, FAULT_INPUT,
             "%s is no gazetteer's file: streets have the columns street, house_from, house_to, lat and "
             "lon, places name, lat and lon; regions are GeoJSON.",
             path);
}

/* ---- tables ---- */

/* A number of degrees in a field. */
static bool read_degrees(const struct csv *csv, const char *path, int column, double limit, double *value,
                         GError **error)
{
  const char *text = csv_field(csv, column);
  char *end = NULL;
  *value = g_ascii_strtod(text, &end);
  if (*text && end && *end == '\0' && fabs(*value) <= limit) return true;
  return fault_set(error, FAULT_INPUT, "%s, line %u: \"%s\" is no number of degrees.", path, csv_line(csv),
                   text);
}

static bool read_house(const struct csv *csv, const char *path, int column, int *house, GError **error)
{
  const char *text = csv_field(csv, column);
  guint64 number = 0;
  *house = 0;
  if (*text == '\0') return true;
  if (!g_ascii_string_to_unsigned(text, 10, 0, 99999, &number, NULL))
    return fault_set(error, FAULT_INPUT, "%s, line %u: \"%s\" is no house number.", path, csv_line(csv),
                     text);
  *house = (int)number;
  return true;
}

static bool require(const struct csv *csv, const char *path, const char *text, const char *what,
                    GError **error)
{
  return *text || fault_set(error, FAULT_INPUT, "%s, line %u: %s is empty.", path, csv_line(csv), what);
}

static bool read_street(const struct csv *csv, const char *path, struct gazetteer_street *row, GError **error)
{
  const char *precision = csv_field(csv, csv_column(csv, "precision"));
  *row = (struct gazetteer_street){ .name = csv_field(csv, csv_column(csv, "street")),
                                    .postcode = csv_field(csv, csv_column(csv, "postcode")),
                                    .locality = csv_field(csv, csv_column(csv, "locality")),
                                    .region = csv_field(csv, csv_column(csv, "region")),
                                    .precision = strcmp(precision, "area") == 0 ? PLACE_AREA : PLACE_STREET };
  return require(csv, path, row->name, "the street", error) &&
         read_house(csv, path, csv_column(csv, "house_from"), &row->house_from, error) &&
         read_house(csv, path, csv_column(csv, "house_to"), &row->house_to, error) &&
         read_degrees(csv, path, csv_column(csv, "lat"), 90, &row->lat, error) &&
         read_degrees(csv, path, csv_column(csv, "lon"), 180, &row->lon, error);
}

static bool read_place(const struct csv *csv, const char *path, struct gazetteer_place *row, GError **error)
{
  *row = (struct gazetteer_place){ .name = csv_field(csv, csv_column(csv, "name")),
                                   .kind = csv_field(csv, csv_column(csv, "kind")),
                                   .street = csv_field(csv, csv_column(csv, "street")),
                                   .house = csv_field(csv, csv_column(csv, "house")),
                                   .postcode = csv_field(csv, csv_column(csv, "postcode")),
                                   .locality = csv_field(csv, csv_column(csv, "locality")),
                                   .region = csv_field(csv, csv_column(csv, "region")) };
  return require(csv, path, row->name, "the name", error) &&
         read_degrees(csv, path, csv_column(csv, "lat"), 90, &row->lat, error) &&
         read_degrees(csv, path, csv_column(csv, "lon"), 180, &row->lon, error);
}

/* Is there a next line? False with *is_good false for a fault. */
static bool next_line(struct csv *csv, bool *is_good, GError **error)
{
  GError *fault = NULL;
  if (csv_next(csv, &fault)) return true;
  *is_good = fault == NULL;
  if (fault) g_propagate_error(error, fault);
  return false;
}

static bool import_streets(const char *path, struct csv *csv, struct gazetteer_import *import, GError **error)
{
  bool is_good = true;
  while (is_good && next_line(csv, &is_good, error)) {
    struct gazetteer_street row;
    is_good = read_street(csv, path, &row, error) && gazetteer_import_street(import, &row, error);
  }
  return is_good;
}

bool gazetteer_file_places(const char *path, gazetteer_place_reader *read, void *data, GError **error)
{
  g_autoptr(GMappedFile) file = open_file(path, error);
  g_autoptr(csv_t) csv = file ? open_table(file, path, error) : NULL;
  bool is_good = csv != NULL;
  while (is_good && next_line(csv, &is_good, error)) {
    struct gazetteer_place row;
    is_good = read_place(csv, path, &row, error) && read(&row, data, error);
  }
  return is_good;
}

static bool import_place(const struct gazetteer_place *row, void *data, GError **error)
{
  return gazetteer_import_place(data, row, error);
}

/* ---- GeoJSON ---- */

static JsonObject *object_of(JsonNode *node)
{
  return node && JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
}

/* A feature: its name and its outline. */
static bool import_feature(const char *path, guint number, JsonNode *node, struct gazetteer_import *import,
                           GError **error)
{
  JsonObject *feature = object_of(node);
  JsonObject *properties = feature ? object_of(json_object_get_member(feature, "properties")) : NULL;
  JsonNode *geometry = feature ? json_object_get_member(feature, "geometry") : NULL;
  const char *name = properties ? json_object_get_string_member_with_default(properties, "name", NULL) : NULL;
  if (!name || !*name || !object_of(geometry))
    return fault_set(error, FAULT_INPUT,
                     "%s, feature %u: a region needs a name among its properties, and a geometry.", path,
                     number);
  g_autofree char *geojson = json_to_string(geometry, FALSE);
  struct outline *outline = outline_parse(geojson, error);
  if (!outline) {
    g_prefix_error(error, "%s, feature %u: ", path, number);
    return false;
  }
  outline_free(outline);
  struct gazetteer_region row = { .name = name, .geojson = geojson };
  return gazetteer_import_region(import, &row, error);
}

static bool import_regions(const char *path, GMappedFile *file, struct gazetteer_import *import,
                           GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new();
  g_autoptr(GError) cause = NULL;
  const char *text = g_mapped_file_get_contents(file);
  gsize size = g_mapped_file_get_length(file);
  if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) text += 3, size -= 3;
  if (!json_parser_load_from_data(parser, text, (gssize)size, &cause))
    return fault_set(error, FAULT_INPUT, "%s is no JSON: %s.", path, cause->message);
  JsonObject *root = object_of(json_parser_get_root(parser));
  JsonNode *features = root ? json_object_get_member(root, "features") : NULL;
  if (!features || !JSON_NODE_HOLDS_ARRAY(features))
    return fault_set(error, FAULT_INPUT, "%s is no GeoJSON FeatureCollection.", path);
  JsonArray *array = json_node_get_array(features);
  for (guint i = 0; i < json_array_get_length(array); i++)
    if (!import_feature(path, i + 1, json_array_get_element(array, i), import, error)) return false;
  return true;
}

/* ---- an import ---- */

static bool import_rows(const char *path, enum gazetteer_kind kind, struct gazetteer_import *import,
                        GError **error)
{
  if (kind == GAZETTEER_PLACES) return gazetteer_file_places(path, import_place, import, error);
  g_autoptr(GMappedFile) file = open_file(path, error);
  if (!file) return false;
  if (kind == GAZETTEER_REGIONS) return import_regions(path, file, import, error);
  g_autoptr(csv_t) csv = open_table(file, path, error);
  return csv && import_streets(path, csv, import, error);
}

bool gazetteer_file_import(const char *path, enum gazetteer_kind kind, struct store *store, int64_t now,
                           int64_t *count, GError **error)
{
  struct gazetteer_import import;
  g_autofree char *source = g_path_get_basename(path);
  bool is_done =
      gazetteer_import_begin(&import, store, kind, error) && import_rows(path, kind, &import, error);
  if (is_done && import.count == 0) is_done = fault_set(error, FAULT_INPUT, "%s has no rows.", path);
  is_done = is_done && gazetteer_import_end(&import, source, now, error);
  if (!is_done) gazetteer_import_leave(&import);
  *count = import.count;
  return is_done;
}
