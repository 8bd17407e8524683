/* HEIC (ISO/IEC 23008-12, boxes of ISO/IEC 14496-12) without what it says about itself. Such a file is a list
 * of items (pictures, their tiles, EXIF, XMP), and a heap of bytes with a table that says which are whose.
 * Only the bytes of pictures are written, all others become zero, boxes that are not known become "free":
 * nothing moves, so every offset stays right, and nothing is decoded.
 *
 * What surprised us: how the photo is turned stands in a property of the picture and again in EXIF; the
 * former counts, so nothing has to be kept of the latter. */
#include "lib/mail/files/heic_bytes.h"

#include <string.h>

enum { ITEMS_MAX = 4096, BOXES_MAX = 4096 };

struct box {
  gsize start, body, end;
  const guint8 *type; /* four bytes */
};

struct photo {
  const guint8 *in;
  gsize size;
  GByteArray *out;
  GArray *pictures;                     /* guint32: items that show something */
  struct box meta, items, places, heap; /* meta; iinf, iloc and idat in it; end 0: there is none */
};

static bool is_type(const struct box *box, const char *type)
{
  return memcmp(box->type, type, 4) == 0;
}

static bool is_one_of(const guint8 *type, const char *types)
{
  for (; *types; types += 5)
    if (memcmp(type, types, 4) == 0) return true;
  return false;
}

/* A number of `bytes` bytes, 0 to 8, and moves on; false: it does not fit. */
static bool take(const struct photo *photo, gsize *at, gsize end, guint bytes, guint64 *number)
{
  *number = 0;
  if (bytes > 8 || *at > end || end - *at < bytes) return false;
  for (guint i = 0; i < bytes; i++) *number = *number << 8 | photo->in[(*at)++];
  return true;
}

static bool box_at(const struct photo *photo, gsize at, gsize limit, struct box *box)
{
  guint64 size = 0;
  box->start = at;
  if (!take(photo, &at, limit, 4, &size) || limit - at < 4) return false;
  box->type = photo->in + at;
  at += 4;
  if (size == 1 && !take(photo, &at, limit, 8, &size)) return false;
  if (size == 0) size = limit - box->start;
  box->body = at;
  if (size < at - box->start || size > limit - box->start) return false;
  box->end = box->start + (gsize)size;
  return true;
}

static void blank(struct photo *photo, gsize from, gsize end)
{
  memset(photo->out->data + from, 0, end - from);
}

/* A box that is not known: its name goes and what is in it. */
static void free_box(struct photo *photo, const struct box *box)
{
  memcpy(photo->out->data + (box->type - photo->in), "free", 4);
  blank(photo, box->body, box->end);
}

/* Blanks all boxes between two places but those of these types ("abcd efgh"). False: they are broken. */
static bool keep_boxes(struct photo *photo, gsize at, gsize end, const char *types)
{
  struct box box;
  for (guint count = 0; at < end; at = box.end) {
    if (!box_at(photo, at, end, &box) || ++count > BOXES_MAX) return false;
    if (!is_one_of(box.type, types)) free_box(photo, &box);
  }
  return true;
}

/* The first box of a type between two places. */
static bool find_box(const struct photo *photo, gsize at, gsize end, const char *type, struct box *found)
{
  for (guint count = 0; at < end && count < BOXES_MAX; count++) {
    if (!box_at(photo, at, end, found)) return false;
    if (is_type(found, type)) return true;
    at = found->end;
  }
  return false;
}

/* ---- which items are pictures ---- */

static bool read_item(struct photo *photo, const struct box *box)
{
  static const char pictures[] = "hvc1 hev1 av01 grid iovl iden lhv1 hvt1 jpeg ";
  gsize at = box->body;
  guint64 version, flags, id, protection;
  if (!take(photo, &at, box->end, 1, &version) || !take(photo, &at, box->end, 3, &flags)) return false;
  if (version < 2) return true; /* says no type: none that we keep */
  if (!take(photo, &at, box->end, version == 2 ? 2 : 4, &id) || !take(photo, &at, box->end, 2, &protection) ||
      box->end - at < 4)
    return false;
  guint32 number = (guint32)id;
  if (is_one_of(photo->in + at, pictures)) g_array_append_val(photo->pictures, number);
  if (box->end - at > 4) blank(photo, at + 4, box->end); /* its name */
  return photo->pictures->len <= ITEMS_MAX;
}

static bool read_items(struct photo *photo)
{
  gsize at = photo->items.body, end = photo->items.end;
  guint64 version, flags, count;
  struct box box;
  if (!take(photo, &at, end, 1, &version) || !take(photo, &at, end, 3, &flags) ||
      !take(photo, &at, end, version == 0 ? 2 : 4, &count))
    return false;
  for (guint seen = 0; at < end; at = box.end)
    if (!box_at(photo, at, end, &box) || ++seen > ITEMS_MAX ||
        (is_type(&box, "infe") && !read_item(photo, &box)))
      return false;
  return photo->pictures->len > 0;
}

static bool is_picture(const struct photo *photo, guint64 id)
{
  for (guint i = 0; i < photo->pictures->len; i++)
    if (g_array_index(photo->pictures, guint32, i) == id) return true;
  return false;
}

/* ---- where their bytes are ---- */

/* How numbers are written in the table. */
struct widths {
  guint version, offset, length, base, index;
};

/* The bytes of a picture come back. */
static bool restore(struct photo *photo, guint64 method, guint64 offset, guint64 length)
{
  const struct box whole = { .body = 0, .end = photo->size };
  const struct box *in = method == 1 ? &photo->heap : &whole;
  gsize room = in->end - in->body;
  if (method > 1 || in->end == 0 || offset > room || length > room - offset) return false;
  gsize from = in->body + (gsize)offset;
  bool is_table = from < photo->meta.end && from + length > photo->meta.start && method != 1;
  if (is_table) return false;
  memcpy(photo->out->data + from, photo->in + from, (gsize)length);
  return true;
}

/* One item's row in the table. */
static bool read_place(struct photo *photo, const struct widths *w, gsize *at)
{
  gsize end = photo->places.end;
  guint64 id, method = 0, reference, base, count, index, offset, length;
  if (!take(photo, at, end, w->version < 2 ? 2 : 4, &id) ||
      (w->version > 0 && !take(photo, at, end, 2, &method)) || !take(photo, at, end, 2, &reference) ||
      !take(photo, at, end, w->base, &base) || !take(photo, at, end, 2, &count) || count > ITEMS_MAX)
    return false;
  bool is_shown = is_picture(photo, id);
  for (guint64 i = 0; i < count; i++) {
    if ((w->version > 0 && !take(photo, at, end, w->index, &index)) ||
        !take(photo, at, end, w->offset, &offset) || !take(photo, at, end, w->length, &length))
      return false;
    bool is_too_far = offset > G_MAXUINT64 - base || reference != 0;
    if (is_shown && (is_too_far || !restore(photo, method & 15, base + offset, length))) return false;
  }
  return true;
}

static bool read_places(struct photo *photo)
{
  gsize at = photo->places.body, end = photo->places.end;
  guint64 version, flags, sizes, count;
  if (!take(photo, &at, end, 1, &version) || !take(photo, &at, end, 3, &flags) ||
      !take(photo, &at, end, 2, &sizes) || version > 2 ||
      !take(photo, &at, end, version < 2 ? 2 : 4, &count) || count > ITEMS_MAX)
    return false;
  struct widths w = { (guint)version, (guint)(sizes >> 12 & 15), (guint)(sizes >> 8 & 15),
                      (guint)(sizes >> 4 & 15), (guint)(sizes & 15) };
  for (guint64 i = 0; i < count; i++)
    if (!read_place(photo, &w, &at)) return false;
  return true;
}

/* ---- all of it ---- */

/* What is known inside "meta"; the properties of pictures are known by name, too. */
static bool clean_meta(struct photo *photo)
{
  static const char kept[] = "hdlr pitm iinf iloc iprp iref idat dinf grpl ",
                    properties[] = "hvcC av1C lhvC ispe pixi colr irot imir clap pasp auxC lsel rloc clli "
                                   "mdcv a1lx a1op ";
  gsize body = photo->meta.body + 4, end = photo->meta.end;
  struct box all, container;
  if (body > end || !keep_boxes(photo, body, end, kept) ||
      !find_box(photo, body, end, "iinf", &photo->items) ||
      !find_box(photo, body, end, "iloc", &photo->places))
    return false;
  if (find_box(photo, body, end, "idat", &photo->heap))
    blank(photo, photo->heap.body, photo->heap.end);
  else
    photo->heap = (struct box){ 0 };
  bool has_properties =
      find_box(photo, body, end, "iprp", &all) && find_box(photo, all.body, all.end, "ipco", &container);
  return !has_properties || keep_boxes(photo, container.body, container.end, properties);
}

static bool clean(struct photo *photo)
{
  struct box box;
  if (!keep_boxes(photo, 0, photo->size, "ftyp meta mdat ") ||
      !find_box(photo, 0, photo->size, "meta", &photo->meta) || !clean_meta(photo))
    return false;
  for (gsize at = 0; at < photo->size; at = box.end) {
    if (!box_at(photo, at, photo->size, &box)) return false;
    if (is_type(&box, "mdat")) blank(photo, box.body, box.end);
  }
  return read_items(photo) && read_places(photo);
}

bool heic_is(const void *head, gsize size)
{
  const guint8 *bytes = head;
  return size >= 12 && memcmp(bytes + 4, "ftyp", 4) == 0 &&
         is_one_of(bytes + 8, "heic heix heim heis hevc hevx mif1 msf1 ");
}

GByteArray *heic_clean(const void *bytes, gsize size)
{
  if (!heic_is(bytes, size) || size > G_MAXINT32) return NULL;
  g_autoptr(GByteArray) out = g_byte_array_sized_new((guint)size);
  g_byte_array_append(out, bytes, (guint)size);
  g_autoptr(GArray) pictures = g_array_new(FALSE, FALSE, sizeof(guint32));
  struct photo photo = { .in = bytes, .size = size, .out = out, .pictures = pictures };
  return clean(&photo) ? g_steal_pointer(&out) : NULL;
}
