/* Mapped files; see mapped.h. Called by whoever reads raw mails: the key, the MIME tree, transfer encodings,
 * the store's digest.
 *
 * Only a mapping of ours may be let go: MADV_DONTNEED on other memory would empty it. So every mapping stands
 * in a list while it lives. There are one or two at a time, and the list is looked at once a piece. */
#include "lib/base/mapped.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PIECE_BYTES = 1 << 20 };

/* A file in memory. */
struct mapping {
  GMappedFile *file;
  const char *begin, *end;
};

G_LOCK_DEFINE_STATIC(mappings);
static GPtrArray *mappings; /* struct mapping*, borrowed */

static void mapping_free(gpointer data)
{
  struct mapping *mapping = data;
  G_LOCK(mappings);
  g_ptr_array_remove_fast(mappings, mapping);
  G_UNLOCK(mappings);
  g_mapped_file_unref(mapping->file);
  g_free(mapping);
}

GBytes *mapped_file(const char *path, GError **error)
{
  GMappedFile *file = g_mapped_file_new(path, FALSE, error);
  if (!file) return NULL;
  gsize size = g_mapped_file_get_length(file);
  struct mapping *mapping = g_new0(struct mapping, 1);
  mapping->file = file;
  mapping->begin = g_mapped_file_get_contents(file);
  mapping->end = mapping->begin + size;
  G_LOCK(mappings);
  if (!mappings) mappings = g_ptr_array_new();
  g_ptr_array_add(mappings, mapping);
  G_UNLOCK(mappings);
  return g_bytes_new_with_free_func(mapping->begin, size, mapping_free, mapping);
}

/* Lies [from, at) within a file of ours? Called under the lock. */
static bool is_mapped(const char *from, const char *at)
{
  for (guint i = 0; mappings && i < mappings->len; i++) {
    const struct mapping *mapping = g_ptr_array_index(mappings, i);
    if (from >= mapping->begin && at <= mapping->end) return true;
  }
  return false;
}

const char *mapped_behind(const char *from, const char *at)
{
  if (at < from || at - from < PIECE_BYTES) return from;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t first = (uintptr_t)from / page * page, last = (uintptr_t)at / page * page;
  G_LOCK(mappings);
  if (is_mapped(from, at)) madvise((void *)first, last - first, MADV_DONTNEED);
  G_UNLOCK(mappings);
  return at;
}
