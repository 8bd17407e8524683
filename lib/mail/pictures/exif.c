/* Where and when a photo was taken, by its EXIF data. Called in a child of the picture process only.
 *
 * What surprised us: phones write 0/0 for coordinates they do not know, GPS at 0° 0' (a ship off Ghana) means
 * "no fix yet", and some put degrees and minutes of arc into one fraction. */
#include "lib/mail/pictures/picture_facts.h"

#include <libexif/exif-data.h>
#include <math.h>
#include <string.h>

/* One of the three fractions of a coordinate; NAN where it is none. */
static double fraction_at(const ExifEntry *entry, ExifByteOrder order, unsigned index)
{
  if (entry->format != EXIF_FORMAT_RATIONAL || entry->components <= index || entry->size < 8 * (index + 1))
    return NAN;
  ExifRational r = exif_get_rational(entry->data + 8 * index, order);
  return r.denominator ? (double)r.numerator / (double)r.denominator : NAN;
}

/* Degrees of a coordinate, negative where its reference is `minus`. NAN: not said. */
static double coordinate(const ExifContent *gps, ExifByteOrder order, unsigned tag, unsigned reference_tag,
                         char minus)
{
  ExifEntry *entry = exif_content_get_entry((ExifContent *)gps, (ExifTag)tag);
  ExifEntry *reference = exif_content_get_entry((ExifContent *)gps, (ExifTag)reference_tag);
  if (!entry || !reference || !reference->data || reference->size < 1) return NAN;
  double degrees = fraction_at(entry, order, 0), minutes = fraction_at(entry, order, 1);
  double seconds = fraction_at(entry, order, 2);
  if (isnan(degrees)) return NAN;
  double value = degrees + (isnan(minutes) ? 0 : minutes) / 60 + (isnan(seconds) ? 0 : seconds) / 3600;
  return g_ascii_toupper((char)reference->data[0]) == minus ? -value : value;
}

static void read_point(ExifData *data, struct picture_facts *facts)
{
  const ExifContent *gps = data->ifd[EXIF_IFD_GPS];
  ExifByteOrder order = exif_data_get_byte_order(data);
  double lat = coordinate(gps, order, 0x0002, 0x0001, 'S'), lon = coordinate(gps, order, 0x0004, 0x0003, 'W');
  bool is_point = !isnan(lat) && !isnan(lon) && fabs(lat) <= 90 && fabs(lon) <= 180 &&
                  (fabs(lat) > 1e-4 || fabs(lon) > 1e-4);
  if (!is_point) return;
  facts->has_point = true;
  facts->lat = lat;
  facts->lon = lon;
}

/* "2026:03:05 19:58:10" becomes "2026-03-05T19:58:10"; anything else nothing. */
static void read_taken(ExifData *data, struct picture_facts *facts)
{
  static const char form[] = "dddd:dd:dd dd:dd:dd";
  ExifEntry *entry = exif_content_get_entry(data->ifd[EXIF_IFD_EXIF], EXIF_TAG_DATE_TIME_ORIGINAL);
  if (!entry) entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_DATE_TIME);
  if (!entry || !entry->data || entry->size < sizeof form - 1) return;
  const char *text = (const char *)entry->data;
  for (gsize i = 0; i < sizeof form - 1; i++)
    if (form[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != form[i]) return;
  if (memcmp(text, "0000", 4) == 0) return;
  memcpy(facts->taken, text, sizeof form - 1);
  facts->taken[4] = facts->taken[7] = '-';
  facts->taken[10] = 'T';
  facts->taken[sizeof form - 1] = '\0';
}

bool picture_read_exif(const void *bytes, gsize size, struct picture_facts *facts)
{
  ExifData *data = exif_data_new_from_data(bytes, (unsigned)MIN(size, EXIF_BYTES));
  if (!data) return false;
  read_point(data, facts);
  read_taken(data, facts);
  exif_data_unref(data);
  return facts->has_point || facts->taken[0];
}

bool picture_read_facts(enum picture_form form, const void *bytes, gsize size, struct picture_facts *facts)
{
  memset(facts, 0, sizeof *facts);
  return form == PICTURE_HEIF ? picture_read_heif(bytes, size, facts) : picture_read_exif(bytes, size, facts);
}
