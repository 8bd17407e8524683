/* A part of a mail as a file: its first bytes are decoded, and all of them where there is a listing to be
 * read. Nested messages are opened, since whoever gets one opens what it holds; what is nested so deep that
 * nobody would find it is taken for the worst. */
#include "lib/mail/files/judge.h"

#include <string.h>

enum { NESTING_MAX = 6, NESTED_BYTES = 64 * 1024 * 1024 };

static enum file_hazard hazard_within(const struct part *part, int nesting);

static bool list_piece(const void *bytes, gsize size, void *data)
{
  file_listing_add(data, bytes, size);
  return true;
}

static enum file_hazard hazard_of_listing(const struct part *part)
{
  struct file_listing listing;
  file_listing_begin(&listing);
  part_decode(part, list_piece, &listing);
  return file_listing_end(&listing);
}

/* A text of HTML that is neither named nor said to be attached is shown by mail programs as the mail itself
 * is, and does nothing there. */
static bool is_shown_as_mail(const struct part *part, const char *filename)
{
  return !filename && !part_is_attached(part) && part_is(part, "text/html");
}

static enum file_hazard judge(const struct part *part, const char *filename, int nesting,
                              enum file_kind *kind)
{
  g_autoptr(GByteArray) head = part_bytes(part, FILE_HEAD, NULL);
  struct file_facts facts = { .name = filename,
                              .type = part->type,
                              .head = head->data ? head->data : (const guint8 *)"",
                              .head_size = head->len };
  if (kind) *kind = file_kind_of(&facts);
  enum file_hazard hazard = is_shown_as_mail(part, filename) ? FILE_HARMLESS : file_hazard_of(&facts);
  if (hazard == FILE_HARMLESS && file_has_listing(&facts)) hazard = hazard_of_listing(part);
  g_autofree char *ending = filename ? file_ending(filename, strlen(filename)) : g_strdup("");
  bool is_message =
      part_is(part, "message/rfc822") || part_is(part, "message/global") || strcmp(ending, "eml") == 0;
  return hazard == FILE_HARMLESS && is_message ? hazard_within(part, nesting + 1) : hazard;
}

/* The worst that a nested message holds. */
static enum file_hazard hazard_within(const struct part *part, int nesting)
{
  if (nesting > NESTING_MAX) return FILE_PROGRAM;
  bool was_cut = false;
  g_autoptr(GByteArray) bytes = part_bytes(part, NESTED_BYTES, &was_cut);
  g_autoptr(parts_t) parts = parts_scan(bytes->data, bytes->len);
  enum file_hazard worst = was_cut || parts->was_bounded ? FILE_PROGRAM : FILE_HARMLESS;
  for (guint i = 0; i < parts->all->len && worst == FILE_HARMLESS; i++) {
    const struct part *child = g_ptr_array_index(parts->all, i);
    if (part_is_multipart(child)) continue;
    g_autofree char *filename = part_filename(child);
    worst = judge(child, filename, nesting, NULL);
  }
  return worst;
}

void file_judge(const struct part *part, const char *filename, enum file_kind *kind, enum file_hazard *hazard)
{
  *hazard = judge(part, filename, 0, kind);
}
