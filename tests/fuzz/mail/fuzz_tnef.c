/* winmail.dat on any bytes: what comes out are valid UTF-8, one-line names, files that lie in the bytes, and
 * MIME that the scan of parts takes apart again. The same bytes as an archive: its listing is read in pieces
 * of any size to the same end. */
#include "lib/mail/files/file_kinds.h"
#include "lib/mail/parts.h"
#include "lib/mail/tnef/tnef.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
  if (!holds) abort();
}

static void check(const struct tnef *tnef, size_t size)
{
  const char *texts[] = { tnef->plain, tnef->html, tnef->calendar };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) must(!texts[i] || g_utf8_validate(texts[i], -1, NULL));
  must(tnef->files->len <= TNEF_FILES);
  for (guint i = 0; i < tnef->files->len; i++) {
    const struct tnef_file *file = g_ptr_array_index(tnef->files, i);
    must(g_bytes_get_size(file->bytes) <= size);
    must(!file->name || (g_utf8_validate(file->name, -1, NULL) && !strpbrk(file->name, "\r\n")));
  }
  g_autoptr(GString) mime = tnef_as_mime(tnef, true);
  g_autofree char *mail =
      g_strconcat("Content-Type: multipart/mixed; boundary=\"" TNEF_BOUNDARY "\"\r\n\r\n", mime->str, NULL);
  g_autoptr(parts_t) parts = parts_scan(mail, strlen(mail));
  unsigned leaves = tnef->files->len + (tnef->plain != NULL) + (tnef->html != NULL) +
                    (tnef->calendar != NULL) + tnef->is_broken;
  unsigned found = 0;
  for (const struct part *part = parts_root(parts)->first; part; part = part->next) found++;
  must(leaves == found);
}

static enum file_hazard list(const uint8_t *data, size_t size, size_t piece)
{
  struct file_listing listing;
  file_listing_begin(&listing);
  for (size_t at = 0; at < size; at += piece) file_listing_add(&listing, data + at, MIN(piece, size - at));
  return file_listing_end(&listing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(tnef_t) tnef = tnef_read(data, size, "a@b.example");
  if (tnef) check(tnef, size);
  must(list(data, size, 70000) == list(data, size, 997));
  struct file_facts facts = { NULL, "application/octet-stream", data, MIN(size, FILE_HEAD) };
  must(file_kind_of(&facts) < FILE_KIND_COUNT && file_hazard_of(&facts) < FILE_HAZARD_COUNT);
  return 0;
}
