/* Outlines; see outlines.h. GeoJSON coordinates are nothing but brackets and numbers, so they are scanned and
 * not built into a tree: the twenty regions of a district are read in well under a millisecond, once a mail
 * in `explain`.
 *
 * Points of all rings lie in one array with marks where a ring ends. A point is inside when a line to the
 * east crosses an odd number of edges, whatever ring they belong to: holes and several polygons need no more.
 */
#include "lib/text/places/outlines.h"

#include "lib/base/fault.h"

#include <string.h>

struct corner {
  double lat, lon;
};

struct outline {
  GArray *corners; /* struct corner */
  GArray *ends;    /* guint: corner behind each ring */
  struct corner least, most;
};

struct scan {
  const char *p;
  struct outline *outline;
  int depth;
  double pair[2]; /* of the position being read */
  int numbers;
};

/* A JSON number, without the exactness of the last digit that nobody has. */
static bool scan_number(struct scan *s, double *number)
{
  const char *p = s->p;
  bool is_negative = *p == '-', has_digits = false;
  double value = 0, unit = 1;
  p += is_negative;
  for (; g_ascii_isdigit(*p); p++, has_digits = true) value = value * 10 + (*p - '0');
  if (*p == '.')
    for (p++; g_ascii_isdigit(*p); p++) value = value * 10 + (*p - '0'), unit *= 10;
  if (!has_digits) return false;
  if (*p == 'e' || *p == 'E') {
    char *end = NULL;
    *number = g_ascii_strtod(s->p, &end);
    s->p = end;
    return true;
  }
  *number = (is_negative ? -value : value) / unit;
  s->p = p;
  return true;
}

static bool end_position(struct scan *s)
{
  struct corner corner = { .lon = s->pair[0], .lat = s->pair[1] };
  if (s->numbers < 2 || corner.lat < -90 || corner.lat > 90 || corner.lon < -180 || corner.lon > 180)
    return false;
  s->numbers = 0;
  g_array_append_val(s->outline->corners, corner);
  return true;
}

static void end_ring(struct scan *s)
{
  guint end = s->outline->corners->len;
  guint before =
      s->outline->ends->len ? g_array_index(s->outline->ends, guint, s->outline->ends->len - 1) : 0;
  if (end > before) g_array_append_val(s->outline->ends, end);
}

/* Brackets, numbers and commas up to the bracket that closes the first one. */
static bool scan_coordinates(struct scan *s)
{
  do {
    char c = *s->p;
    if (c == '[') {
      if (++s->depth > 4) return false;
      s->numbers = 0;
    } else if (c == ']') {
      s->depth--;
      if (s->numbers > 0) {
        if (!end_position(s)) return false;
      } else {
        end_ring(s);
      }
    } else if (c == '-' || g_ascii_isdigit(c)) {
      double number;
      if (s->depth < 1 || !scan_number(s, &number)) return false;
      if (s->numbers < 2) s->pair[s->numbers] = number;
      s->numbers++;
      continue;
    } else if (c != ',' && !g_ascii_isspace(c)) {
      return false;
    }
    s->p++;
  } while (s->depth > 0);
  return true;
}

static void measure(struct outline *outline)
{
  outline->least = outline->most = g_array_index(outline->corners, struct corner, 0);
  for (guint i = 1; i < outline->corners->len; i++) {
    struct corner c = g_array_index(outline->corners, struct corner, i);
    outline->least.lat = MIN(outline->least.lat, c.lat);
    outline->least.lon = MIN(outline->least.lon, c.lon);
    outline->most.lat = MAX(outline->most.lat, c.lat);
    outline->most.lon = MAX(outline->most.lon, c.lon);
  }
}

struct outline *outline_parse(const char *geojson, GError **error)
{
  struct outline *outline = g_new0(struct outline, 1);
  outline->corners = g_array_sized_new(FALSE, FALSE, sizeof(struct corner), 512);
  outline->ends = g_array_new(FALSE, FALSE, sizeof(guint));
  const char *named = strstr(geojson, "\"coordinates\""), *begin = strchr(named ? named : geojson, '[');
  struct scan scan = { .p = begin, .outline = outline };
  if (begin && scan_coordinates(&scan) && outline->corners->len >= 3 && outline->ends->len > 0) {
    measure(outline);
    return outline;
  }
  outline_free(outline);
  fault_set(error, FAULT_INPUT, "An outline must be a GeoJSON Polygon or MultiPolygon of degrees.");
  return NULL;
}

void outline_free(struct outline *outline)
{
  if (!outline) return;
  g_array_unref(outline->corners);
  g_array_unref(outline->ends);
  g_free(outline);
}

/* Does the line from the point to the east cross the edge? */
static bool crosses(const struct corner *a, const struct corner *b, double lat, double lon)
{
  if ((a->lat > lat) == (b->lat > lat)) return false;
  return lon < (b->lon - a->lon) * (lat - a->lat) / (b->lat - a->lat) + a->lon;
}

bool outline_holds(const struct outline *outline, double lat, double lon)
{
  if (lat < outline->least.lat || lat > outline->most.lat || lon < outline->least.lon ||
      lon > outline->most.lon)
    return false;
  const struct corner *corners = (const struct corner *)(const void *)outline->corners->data;
  bool is_inside = false;
  guint begin = 0;
  for (guint ring = 0; ring < outline->ends->len; ring++) {
    guint end = g_array_index(outline->ends, guint, ring);
    for (guint i = begin, before = end - 1; i < end; before = i++)
      is_inside ^= crosses(&corners[i], &corners[before], lat, lon);
    begin = end;
  }
  return is_inside;
}

void outline_middle(const struct outline *outline, double *lat, double *lon)
{
  *lat = (outline->least.lat + outline->most.lat) / 2;
  *lon = (outline->least.lon + outline->most.lon) / 2;
}
