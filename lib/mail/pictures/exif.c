/* Where and when a photo was taken, by its EXIF data. Called in a child of the picture process only.
 *
 * What surprised us: phones write 0/0 for coordinates they do not know, GPS at 0° 0' (a ship off Ghana) means
 * "no fix yet", some put hours and minutes of arc into one fraction, and HEIC files hold EXIF behind four
 * bytes that say where it begins. */
#include "lib/mail/pictures/picture_facts.h"

#include <libexif/exif-data.h>
#include <libheif/heif.h>
#include <math.h>
#include <string.h>

enum { EXIF_BYTES = 1024 * 1024 };

/* ---- EXIF ---- */

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

static bool read_exif(const void *bytes, gsize size, struct picture_facts *facts)
{
  ExifData *data = exif_data_new_from_data(bytes, (unsigned)MIN(size, EXIF_BYTES));
  if (!data) return false;
  read_point(data, facts);
  read_taken(data, facts);
  exif_data_unref(data);
  return facts->has_point || facts->taken[0];
}

/* ---- HEIC ---- */

/* A metadata block: four bytes, big-endian, say how far behind them the TIFF header stands; libexif wants
 * "Exif" and two NUL before it. */
static bool read_block(const guint8 *block, gsize size, struct picture_facts *facts)
{
  if (size < 8) return false;
  guint64 skip = ((guint64)block[0] << 24 | (guint64)block[1] << 16 | (guint64)block[2] << 8 | block[3]) + 4;
  if (skip + 8 > size) return false;
  g_autoptr(GByteArray) exif = g_byte_array_sized_new((guint)(size - skip + 6));
  g_byte_array_append(exif, (const guint8 *)"Exif\0", 6);
  g_byte_array_append(exif, block + skip, (guint)(size - skip));
  return read_exif(exif->data, exif->len, facts);
}

static bool read_handle(const struct heif_image_handle *handle, struct picture_facts *facts)
{
  heif_item_id ids[8];
  int count = heif_image_handle_get_list_of_metadata_block_IDs(handle, "Exif", ids, G_N_ELEMENTS(ids));
  for (int i = 0; i < count; i++) {
    gsize size = heif_image_handle_get_metadata_size(handle, ids[i]);
    if (size == 0 || size > EXIF_BYTES) continue;
    g_autofree guint8 *block = g_malloc(size);
    struct heif_error failed = heif_image_handle_get_metadata(handle, ids[i], block);
    if (failed.code == heif_error_Ok && read_block(block, size, facts)) return true;
  }
  return false;
}

static bool read_heif(const void *bytes, gsize size, struct picture_facts *facts)
{
  struct heif_context *context = heif_context_alloc();
  struct heif_image_handle *handle = NULL;
  bool is_read =
      heif_context_read_from_memory_without_copy(context, bytes, size, NULL).code == heif_error_Ok &&
      heif_context_get_primary_image_handle(context, &handle).code == heif_error_Ok &&
      read_handle(handle, facts);
  if (handle) heif_image_handle_release(handle);
  heif_context_free(context);
  return is_read;
}

bool picture_read_facts(enum picture_form form, const void *bytes, gsize size, struct picture_facts *facts)
{
  memset(facts, 0, sizeof *facts);
  return form == PICTURE_HEIF ? read_heif(bytes, size, facts) : read_exif(bytes, size, facts);
}
