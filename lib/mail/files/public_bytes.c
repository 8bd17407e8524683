/* Pictures for the public: JPEG (ITU T.81), PNG (RFC 2083) and WebP (RFC 9649) are taken apart into their
 * pieces, and only those are written that the picture is drawn from. EXIF, GPS, XMP, comments, previews, and
 * whatever hangs behind the end (phones put films and depth maps there) stay behind. Pieces are kept by name,
 * so what is unknown goes. Nothing is decoded.
 *
 * What surprised us: a photo taken upright is often lying, and only EXIF says so. So the one number for that
 * is read and written anew, alone. HEIC has no such simple pieces, films neither: those are not published. */
#include "lib/mail/files/public_bytes.h"

#include <stdbool.h>
#include <string.h>

enum { SOI = 0xD8, EOI = 0xD9, SOS = 0xDA, APP0 = 0xE0, APP1 = 0xE1, APP2 = 0xE2, APP14 = 0xEE, COM = 0xFE };

static void put(GByteArray *out, const void *bytes, gsize size)
{
  g_byte_array_append(out, bytes, (guint)size);
}

/* ---- JPEG ---- */

static guint number_at(const guint8 *at, bool is_little, int bytes)
{
  guint number = 0;
  for (int i = 0; i < bytes; i++) number = number << 8 | at[is_little ? bytes - 1 - i : i];
  return number;
}

/* How the picture is turned (EXIF 2.3, tag 0x0112): 1 to 8; 1 where it is not said. */
static guint orientation_of(const guint8 *segment, gsize size)
{
  if (size < 14 + 2 || memcmp(segment, "Exif\0\0", 6) != 0) return 1;
  const guint8 *tiff = segment + 6;
  gsize left = size - 6;
  bool is_little = tiff[0] == 'I';
  gsize directory = number_at(tiff + 4, is_little, 4);
  if (directory > left - 2) return 1;
  guint entries = number_at(tiff + directory, is_little, 2);
  for (gsize i = 0, at = directory + 2; i < entries && at + 12 <= left; i++, at += 12) {
    if (number_at(tiff + at, is_little, 2) != 0x0112) continue;
    guint turned = number_at(tiff + at + 8, is_little, 2);
    return turned >= 1 && turned <= 8 ? turned : 1;
  }
  return 1;
}

static void put_orientation(GByteArray *out, guint turned)
{
  guint8 segment[] = { 0xFF, APP1, 0, 34, 'E', 'x', 'i',  'f', 0, 0, 'M', 'M', 0, 42, 0,
                       0,    0,    8, 0,  1,   1,   0x12, 0,   3, 0, 0,   0,   1, 0,  (guint8)turned,
                       0,    0,    0, 0,  0,   0 };
  if (turned != 1) put(out, segment, sizeof segment);
}

/* May a segment stay? */
static bool is_drawn_from(guint marker, const guint8 *segment, gsize size)
{
  if (marker == APP0) return size == 14 && memcmp(segment, "JFIF\0", 5) == 0 && !segment[12] && !segment[13];
  if (marker == APP2) return size > 12 && memcmp(segment, "ICC_PROFILE\0", 12) == 0;
  if (marker == APP14) return size == 12 && memcmp(segment, "Adobe", 5) == 0;
  return marker != COM && !(marker >= 0xE0 && marker <= 0xEF) && marker >= 0xC0;
}

/* Behind the coded data that begins at `at`: at the next marker that is none of it. */
static gsize scan_end(const guint8 *bytes, gsize at, gsize size)
{
  for (; at + 1 < size; at++)
    if (bytes[at] == 0xFF && bytes[at + 1] != 0 && bytes[at + 1] != 0xFF &&
        !(bytes[at + 1] >= 0xD0 && bytes[at + 1] <= 0xD7))
      return at;
  return size;
}

/* Where the picture says how it is turned, wherever that stands before the picture itself. */
static guint find_orientation(const guint8 *bytes, gsize size)
{
  for (gsize at = 2; at + 4 <= size && bytes[at] == 0xFF && bytes[at + 1] != SOS;) {
    gsize length = number_at(bytes + at + 2, false, 2);
    if (length < 2 || at + 2 + length > size) return 1;
    guint turned = bytes[at + 1] == APP1 ? orientation_of(bytes + at + 4, length - 2) : 1;
    if (turned != 1) return turned;
    at += 2 + length;
  }
  return 1;
}

static bool copy_jpeg(GByteArray *out, const guint8 *bytes, gsize size)
{
  static const guint8 begin[] = { 0xFF, SOI }, end[] = { 0xFF, EOI };
  bool has_picture = false;
  put(out, begin, 2);
  put_orientation(out, find_orientation(bytes, size));
  for (gsize at = 2; at + 2 <= size;) {
    if (bytes[at] != 0xFF) return false;
    guint marker = bytes[at + 1];
    if (marker == 0xFF) {
      at++;
      continue;
    }
    if (marker == EOI) break;
    if (at + 4 > size) break;
    gsize length = number_at(bytes + at + 2, false, 2), next = at + 2 + length;
    if (length < 2 || next > size) return false;
    if (marker == SOS) next = scan_end(bytes, next, size);
    if (is_drawn_from(marker, bytes + at + 4, length - 2)) put(out, bytes + at, next - at);
    has_picture |= marker == SOS;
    at = next;
  }
  put(out, end, 2);
  return has_picture;
}

/* ---- PNG ---- */

static bool copy_png(GByteArray *out, const guint8 *bytes, gsize size)
{
  static const char *const kept[] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB",
                                      "iCCP", "pHYS", "sBIT", "bKGD", "acTL", "fcTL", "fdAT" };
  bool has_picture = false;
  put(out, bytes, 8);
  for (gsize at = 8; at + 12 <= size;) {
    gsize length = number_at(bytes + at, false, 4);
    if (length > size - at - 12) return false;
    const char *type = (const char *)bytes + at + 4;
    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
      if (memcmp(type, kept[i], 4) == 0) put(out, bytes + at, length + 12);
    has_picture |= memcmp(type, "IDAT", 4) == 0;
    if (memcmp(type, "IEND", 4) == 0) return has_picture;
    at += length + 12;
  }
  return false;
}

/* ---- WebP ---- */

static bool copy_webp(GByteArray *out, const guint8 *bytes, gsize size)
{
  static const char *const kept[] = { "VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH", "ICCP" };
  enum { HAS_XMP = 0x04, HAS_EXIF = 0x08 };
  bool has_picture = false;
  put(out, bytes, 12);
  for (gsize at = 12; at + 8 <= size;) {
    gsize length = number_at(bytes + at + 4, true, 4), padded = length + (length & 1);
    if (length > size - at - 8) return false;
    guint place = out->len;
    for (gsize i = 0; i < G_N_ELEMENTS(kept); i++)
      if (memcmp(bytes + at, kept[i], 4) == 0) put(out, bytes + at, MIN(padded + 8, size - at));
    bool is_head = memcmp(bytes + at, "VP8X", 4) == 0 && length >= 1;
    if (is_head) out->data[place + 8] &= (guint8) ~(HAS_XMP | HAS_EXIF);
    has_picture |= out->len > place && !is_head;
    at += MIN(padded + 8, size - at);
  }
  guint total = out->len - 8;
  for (int i = 0; i < 4; i++) out->data[4 + i] = (guint8)(total >> (8 * i));
  return has_picture;
}

/* ---- all ---- */

static bool copy_pdf(GByteArray *out, const guint8 *bytes, gsize size)
{
  put(out, bytes, size);
  return true;
}

static const struct form {
  const char *ending, *magic; /* '?' is any byte */
  gsize magic_size;
  bool (*copy)(GByteArray *out, const guint8 *bytes, gsize size);
} forms[] = {
  { "jpg", "\xff\xd8\xff", 3, copy_jpeg },
  { "png", "\x89PNG\r\n\x1a\n", 8, copy_png },
  { "webp", "RIFF????WEBP", 12, copy_webp },
  { "pdf", "%PDF-", 5, copy_pdf },
};

static const struct form *form_of(const guint8 *head, gsize size)
{
  for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
    bool is_it = size >= forms[i].magic_size;
    for (gsize k = 0; is_it && k < forms[i].magic_size; k++)
      is_it = forms[i].magic[k] == '?' || (guint8)forms[i].magic[k] == head[k];
    if (is_it) return &forms[i];
  }
  return NULL;
}

const char *public_ending(const void *head, gsize size)
{
  const struct form *form = form_of(head, size);
  return form ? form->ending : NULL;
}

GByteArray *public_bytes(const void *bytes, gsize size)
{
  const struct form *form = size <= G_MAXINT32 ? form_of(bytes, size) : NULL;
  if (!form) return NULL;
  g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)size + 64);
  return form->copy(out, bytes, size) ? g_steal_pointer(&out) : NULL;
}
