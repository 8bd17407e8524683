/* What a HEIC picture (ISO/IEC 23008-12) says about itself: its EXIF item, by libheif. Nothing is decoded.
 *
 * The library brings the codecs of half the world along. So it is loaded here, in the child that reads one
 * picture, when the first such picture comes: no other process of ours has it in its memory. */
#include "lib/mail/pictures/picture_facts.h"

#include <dlfcn.h>
#include <libheif/heif.h>

/* What is called of it. */
static struct {
  __typeof__(heif_context_alloc) *context_alloc;
  __typeof__(heif_context_free) *context_free;
  __typeof__(heif_context_read_from_memory_without_copy) *context_read_from_memory_without_copy;
  __typeof__(heif_context_get_primary_image_handle) *context_get_primary_image_handle;
  __typeof__(heif_image_handle_release) *image_handle_release;
  __typeof__(heif_image_handle_get_list_of_metadata_block_IDs) *image_handle_get_list_of_metadata_block_IDs;
  __typeof__(heif_image_handle_get_metadata_size) *image_handle_get_metadata_size;
  __typeof__(heif_image_handle_get_metadata) *image_handle_get_metadata;
} heif;

/* The calls by name; NULL stays where the library has none. */
static bool find_calls(void *library)
{
  const struct {
    const char *name;
    void **call;
  } calls[] = {
    { "heif_context_alloc", (void **)&heif.context_alloc },
    { "heif_context_free", (void **)&heif.context_free },
    { "heif_context_read_from_memory_without_copy", (void **)&heif.context_read_from_memory_without_copy },
    { "heif_context_get_primary_image_handle", (void **)&heif.context_get_primary_image_handle },
    { "heif_image_handle_release", (void **)&heif.image_handle_release },
    { "heif_image_handle_get_list_of_metadata_block_IDs",
      (void **)&heif.image_handle_get_list_of_metadata_block_IDs },
    { "heif_image_handle_get_metadata_size", (void **)&heif.image_handle_get_metadata_size },
    { "heif_image_handle_get_metadata", (void **)&heif.image_handle_get_metadata },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(calls); i++)
    if (!(*calls[i].call = dlsym(library, calls[i].name))) return false;
  return true;
}

/* Once in a process. False where the library is not installed. */
static bool load(void)
{
  static bool is_tried, is_loaded;
  if (is_tried) return is_loaded;
  is_tried = true;
  void *library = dlopen("libheif.so.1", RTLD_NOW | RTLD_LOCAL);
  return is_loaded = library && find_calls(library);
}

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
  return picture_read_exif(exif->data, exif->len, facts);
}

static bool read_handle(const struct heif_image_handle *handle, struct picture_facts *facts)
{
  heif_item_id ids[8];
  int count = heif.image_handle_get_list_of_metadata_block_IDs(handle, "Exif", ids, G_N_ELEMENTS(ids));
  for (int i = 0; i < count; i++) {
    gsize size = heif.image_handle_get_metadata_size(handle, ids[i]);
    if (size == 0 || size > EXIF_BYTES) continue;
    g_autofree guint8 *block = g_malloc(size);
    struct heif_error failed = heif.image_handle_get_metadata(handle, ids[i], block);
    if (failed.code == heif_error_Ok && read_block(block, size, facts)) return true;
  }
  return false;
}

bool picture_read_heif(const void *bytes, gsize size, struct picture_facts *facts)
{
  if (!load()) return false;
  struct heif_context *context = heif.context_alloc();
  struct heif_image_handle *handle = NULL;
  bool is_read =
      heif.context_read_from_memory_without_copy(context, bytes, size, NULL).code == heif_error_Ok &&
      heif.context_get_primary_image_handle(context, &handle).code == heif_error_Ok &&
      read_handle(handle, facts);
  if (handle) heif.image_handle_release(handle);
  heif.context_free(context);
  return is_read;
}
