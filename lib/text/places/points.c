/* Points; see points.h. One scan over the bytes: at "://" and "geo:" a link begins, at a digit perhaps a pair
 * of degrees. Both must be where a mail of ours can come from, between 35 and 72 north and 25 west and 45
 * east, so that sums of money and version numbers are no places.
 *
 * What surprised us: map links name up to three points (what is shown, what is searched, where the view is
 * centred), and the centre, which comes first, is the least of them. OpenStreetMap's short links carry the
 * point itself and need no server. */
#include "lib/text/places/points.h"

#include <stdint.h>
#include <string.h>

enum { LINK_BYTES = 2000, BETWEEN_BYTES = 12, LABEL_BYTES = 16 };

static bool is_near(double lat, double lon)
{
  return lat >= 35 && lat <= 72 && lon >= -25 && lon <= 45;
}

/* ---- decimals ---- */

struct decimal {
  double value;
  int places; /* digits behind the point */
  const char *end;
};

/* "52.43912", "-0.5", "13,60388" where commas are allowed. */
static bool read_decimal(const char *p, bool allows_comma, struct decimal *decimal)
{
  bool is_negative = *p == '-';
  int digits = 0;
  double unit = 1;
  *decimal = (struct decimal){ 0 };
  for (p += is_negative; g_ascii_isdigit(*p); p++) {
    if (++digits > 3) return false;
    decimal->value = decimal->value * 10 + (*p - '0');
  }
  if (!digits) return false;
  if ((*p == '.' || (allows_comma && *p == ',')) && g_ascii_isdigit(p[1]))
    for (p++; g_ascii_isdigit(*p); p++)
      if (decimal->places < 12) {
        decimal->value = decimal->value * 10 + (*p - '0');
        unit *= 10;
        decimal->places++;
      }
  decimal->value /= is_negative ? -unit : unit;
  decimal->end = p;
  return true;
}

/* ---- links ---- */

/* What stands before a pair in a link, the surest first; what parts its two numbers. */
static const struct {
  const char *before, *between;
} pairs[] = {
  { "mlat=", "&mlon=" },
  { "mlat=", "&amp;mlon=" },
  { "!3d", "!4d" },
  { "marker=", ",|%2C|/" },
  { "query=", ",|%2C|%2c|%20" },
  { "q=loc:", ",|%2C|%2c" },
  { "q=", ",|%2C|%2c|+|%20" },
  { "destination=", ",|%2C|%2c" },
  { "daddr=", ",|%2C|%2c" },
  { "sll=", ",|%2C|%2c" },
  { "ll=", ",|%2C|%2c" },
  { "coordinate=", ",|%2C|%2c" },
  { "place/", ",|%2C|%2c|,+|,%20" },
  { "search/", ",|%2C|%2c|,+|,%20" },
  { "dir//", ",|%2C" },
  { "lat=", "&lon=" },
  { "lat=", "&lng=" },
  { "lat=", "&amp;lon=" },
  { "cp=", "~|%7E" },
  { "geo:", "," },
  { "center=", ",|%2C|%2c" },
  { "@", "," },
  { "map=", "/|," },
  { "#", "/|," },
};

/* Skips one of the strings that `between` lists; NULL: none is there. */
static const char *skip_between(const char *p, const char *end, const char *between)
{
  while (*between) {
    gsize size = strcspn(between, "|");
    if ((gsize)(end - p) > size && strncmp(p, between, size) == 0) {
      const char *behind = p + size;
      if (g_ascii_isdigit(*behind) || *behind == '-') return behind;
    }
    between += size + (between[size] == '|');
  }
  return NULL;
}

/* A pair at p, which may begin with a zoom level ("map=19/52.4/13.6"). */
static bool read_pair(const char *p, const char *end, const char *between, double *lat, double *lon)
{
  struct decimal first, second;
  for (int tries = 0; tries < 2; tries++) {
    if (p >= end || !read_decimal(p, false, &first) || first.end >= end) return false;
    const char *behind = skip_between(first.end, end, between);
    if (!behind) return false;
    if (first.places >= 2 && read_decimal(behind, false, &second) && second.places >= 2 &&
        second.end <= end) {
      *lat = first.value;
      *lon = second.value;
      return is_near(*lat, *lon);
    }
    p = behind;
  }
  return false;
}

static bool read_named_pair(const char *link, const char *end, double *lat, double *lon)
{
  for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
    gsize size = strlen(pairs[i].before);
    const char *last = NULL;
    for (const char *p = link; (p = memmem(p, (gsize)(end - p), pairs[i].before, size)); p += size) {
      double a, b;
      if (!read_pair(p + size, end, pairs[i].between, &a, &b)) continue;
      last = p;
      *lat = a;
      *lon = b;
      if (pairs[i].before[0] != '!') break; /* of several "!3d…!4d…" the last is the place itself */
    }
    if (last) return true;
  }
  return false;
}

/* osm.org/go/CODE: three bits of each coordinate a letter, by turns. */
static bool read_osm_code(const char *link, const char *end, double *lat, double *lon)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~";
  const char *p = memmem(link, (gsize)(end - link), "/go/", 4);
  uint64_t x = 0, y = 0;
  int bits = 0;
  for (p = p ? p + 4 : end; p < end && bits < 30; p++) {
    const char *letter = *p == '@' ? letters + 63 : memchr(letters, *p, 64);
    if (!letter) break;
    unsigned value = (unsigned)(letter - letters);
    for (int i = 5; i >= 0; i -= 2) {
      x = x << 1 | (value >> i & 1U);
      y = y << 1 | (value >> (i - 1) & 1U);
    }
    bits += 3;
  }
  if (bits < 12) return false;
  double cells = (double)(1ULL << bits);
  *lon = ((double)x + 0.5) / cells * 360 - 180;
  *lat = ((double)y + 0.5) / cells * 180 - 90;
  return is_near(*lat, *lon);
}

static const char *end_of_link(const char *p)
{
  const char *begin = p;
  while (*p && !g_ascii_isspace(*p) && !strchr("<>\"\\^`{}", *p) && p - begin < LINK_BYTES) p++;
  while (p > begin && strchr(".,;:)]'", p[-1])) p--;
  return p;
}

/* ---- degrees ---- */

/* Skips blanks and the signs of degrees, minutes and seconds that stand at p. */
static const char *skip_sign(const char *p, const char *signs)
{
  while (*p == ' ' || g_str_has_prefix(p, "\xc2\xa0")) p += *p == ' ' ? 1 : 2;
  for (; *signs; signs += strcspn(signs, "|") + (signs[strcspn(signs, "|")] == '|')) {
    gsize size = strcspn(signs, "|");
    if (strncmp(p, signs, size) == 0) return p + size;
  }
  return NULL;
}

static const char *skip_blanks(const char *p)
{
  while (*p == ' ' || *p == '\t' || g_str_has_prefix(p, "\xc2\xa0")) p += *p == '\xc2' ? 2 : 1;
  return p;
}

/* "52°26'21.0"", "52° 26.35'", "52.439°": the degrees, and how exact they are. */
static bool read_angle(const char *p, struct decimal *angle)
{
  struct decimal part;
  if (!read_decimal(p, true, angle)) return false;
  const char *behind = skip_sign(angle->end, "°|º|deg|Grad|grad");
  if (!behind) return true;
  angle->end = behind;
  angle->places = MAX(angle->places, 2);
  for (int i = 0; i < 2; i++) {
    behind = skip_blanks(angle->end);
    if (!g_ascii_isdigit(*behind) || !read_decimal(behind, true, &part) || part.value >= 60) return true;
    const char *sign = skip_sign(part.end, i == 0 ? "'|′|’|´|min" : "''|\"|″|”|“|sec|′′|’’");
    if (!sign) return true;
    angle->value += part.value / (i == 0 ? 60 : 3600);
    angle->places = 5;
    angle->end = sign;
  }
  return true;
}

/* A letter of the compass ("N", "Nord", "O", "Ost", "E") at p: its end, or p where there is none. */
static const char *skip_compass(const char *p, const char *words)
{
  const char *at = skip_blanks(p);
  for (const char *w = words; *w; w += strcspn(w, "|") + (w[strcspn(w, "|")] == '|')) {
    gsize size = strcspn(w, "|");
    if (g_ascii_strncasecmp(at, w, size) == 0 && !g_ascii_isalpha(at[size])) return at + size;
  }
  return p;
}

/* Between the two: a comma, a slash, "lon:", "Länge", at most a few bytes without digits or line ends. */
static const char *skip_middle(const char *p)
{
  const char *begin = p;
  while (*p && *p != '\n' && p - begin < BETWEEN_BYTES && !g_ascii_isdigit(*p) && *p != '-') p++;
  return g_ascii_isdigit(*p) && p > begin ? p : NULL;
}

/* A pair of degrees that begins at a digit. */
static bool read_degrees(const char *text, const char *p, struct point_found *point)
{
  struct decimal lat, lon;
  if (p > text && (g_ascii_isalnum(p[-1]) || p[-1] == '.' || p[-1] == ',')) return false;
  if (!read_angle(p, &lat)) return false;
  const char *north = skip_compass(lat.end, "N|Nord|north|n.Br.|с.ш.");
  const char *middle = skip_middle(north);
  if (!middle || !read_angle(middle, &lon)) return false;
  if (lat.places < 3 &&
      !(lat.places >= 2 && lon.places >= 2 && lat.end[-1] != '\0' && !g_ascii_isdigit(lat.end[-1])))
    return false;
  if (lon.places < 2 || !is_near(lat.value, lon.value)) return false;
  if (g_ascii_isdigit(*lon.end)) return false;
  point->lat = lat.value;
  point->lon = lon.value;
  point->begin = (gsize)(p - text);
  point->end = (gsize)(skip_compass(lon.end, "E|O|Ost|east|\xc3\xb6.L.") - text);
  return true;
}

/* ---- all of a text ---- */

/* Where the word that p stands in begins. */
static const char *begin_of_word(const char *text, const char *p)
{
  const char *begin = p;
  while (begin > text && p - begin < LABEL_BYTES && !g_ascii_isspace(begin[-1]) &&
         !strchr("<>\"([", begin[-1]))
    begin--;
  return begin;
}

/* A link at "://" or "geo:"; its end. */
static const char *take_link(const char *text, const char *p, GArray *points)
{
  const char *end = end_of_link(p);
  struct point_found point = { .begin = (gsize)(begin_of_word(text, p) - text), .end = (gsize)(end - text) };
  bool is_short = memmem(p, (gsize)(end - p), "osm.org/go/", 11) ||
                  memmem(p, (gsize)(end - p), "openstreetmap.org/go/", 21);
  if ((is_short && read_osm_code(p, end, &point.lat, &point.lon)) ||
      read_named_pair(p, end, &point.lat, &point.lon))
    g_array_append_val(points, point);
  return MAX(end, p + 1);
}

GArray *points_find(const char *text)
{
  GArray *points = g_array_new(FALSE, FALSE, sizeof(struct point_found));
  for (const char *p = text; *p;) {
    bool is_link = (*p == ':' && strncmp(p, "://", 3) == 0) || (*p == 'g' && strncmp(p, "geo:", 4) == 0) ||
                   (*p == 'm' && strncmp(p, "maps.", 5) == 0) || (*p == 'w' && strncmp(p, "www.", 4) == 0);
    struct point_found point;
    if (is_link) {
      p = take_link(text, p, points);
    } else if (g_ascii_isdigit(*p) && read_degrees(text, p, &point)) {
      g_array_append_val(points, point);
      p = text + point.end;
    } else if (g_ascii_isdigit(*p)) {
      while (g_ascii_isdigit(*p)) p++;
    } else {
      p++;
    }
  }
  return points;
}
