/* Listings of archives, without unpacking: every header of an entry that stands in the bytes is read, in the
 * front of each entry and in the directory at the end (PKWARE APPNOTE 4.3.7, 4.3.12), wherever they are. An
 * archive that hides an entry from one of the two places, lies about where its directory is, or lies stored
 * in another, shows its names all the same. In an old office document (OLE 2, [MS-CFB]) the name of the
 * storage that holds macros is looked for. */
#include "lib/mail/files/file_kinds.h"

#include <string.h>

enum { NAME_MAX_BYTES = 512, WINDOW = 46 + NAME_MAX_BYTES, REST_ENOUGH = 64 * 1024 };

/* "_VBA_PROJECT" as [MS-CFB] writes names. */
static const char macros[] = "_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T";

/* Kinds of headers: where the length of the name and the name stand. */
static const struct {
  const char *signature;
  gsize size_at, name_at;
} headers[] = { { "PK\x03\x04", 26, 30 }, { "PK\x01\x02", 28, 46 } };

bool file_has_listing(const struct file_facts *facts)
{
  g_autofree char *ending = facts->name ? file_ending(facts->name, strlen(facts->name)) : g_strdup("");
  bool is_archive =
      facts->head_size >= 4 &&
      (memcmp(facts->head, "PK\x03\x04", 4) == 0 || memcmp(facts->head, "PK\x05\x06", 4) == 0 ||
       memcmp(facts->head, "PK\x30\x30", 4) == 0 || memcmp(facts->head, "\xd0\xcf\x11\xe0", 4) == 0);
  return is_archive || strcmp(ending, "zip") == 0 || strcmp(facts->type, "application/zip") == 0 ||
         strcmp(facts->type, "application/x-zip-compressed") == 0;
}

void file_listing_begin(struct file_listing *listing)
{
  *listing = (struct file_listing){ .rest = g_byte_array_new() };
}

/* Only what runs counts in an archive: pages lie in many a document. */
static void take_name(struct file_listing *listing, const char *name, gsize size)
{
  enum file_hazard hazard = file_hazard_of_name(name, size);
  listing->names++;
  if (hazard == FILE_PROGRAM || (hazard == FILE_MACROS && listing->hazard == FILE_HARMLESS))
    listing->hazard = hazard;
}

/* A header may begin at `at`; `end`: how far the bytes go. */
static void look_at(struct file_listing *listing, const guint8 *at, const guint8 *end)
{
  gsize left = (gsize)(end - at);
  for (gsize i = 0; i < G_N_ELEMENTS(headers); i++) {
    if (left < headers[i].name_at || memcmp(at, headers[i].signature, 4) != 0) continue;
    gsize size = at[headers[i].size_at] | (gsize)at[headers[i].size_at + 1] << 8;
    gsize there = MIN(size, left - headers[i].name_at);
    if (there > NAME_MAX_BYTES) { /* the ending is what counts, and it is too far away */
      listing->hazard = FILE_PROGRAM;
      return;
    }
    if (there > 0) take_name(listing, (const char *)at + headers[i].name_at, there);
  }
}

/* Looks at everything that begins before the last WINDOW bytes; at the end at all. */
static void look(struct file_listing *listing, bool is_end)
{
  const guint8 *begin = listing->rest->data, *end = begin + listing->rest->len;
  const guint8 *stop = is_end || listing->rest->len < WINDOW ? end : end - WINDOW;
  if (!is_end && listing->rest->len < WINDOW) return;
  if (memmem(begin, (gsize)(end - begin), macros, sizeof macros - 1) && listing->hazard == FILE_HARMLESS)
    listing->hazard = FILE_MACROS;
  for (const guint8 *at = begin; at < stop && (at = memchr(at, 'P', (gsize)(stop - at))); at++)
    look_at(listing, at, end);
  g_byte_array_remove_range(listing->rest, 0, (guint)(stop - begin));
}

void file_listing_add(struct file_listing *listing, const void *bytes, gsize size)
{
  for (const guint8 *at = bytes; size > 0;) {
    gsize piece = MIN(size, REST_ENOUGH);
    g_byte_array_append(listing->rest, at, (guint)piece);
    if (listing->rest->len >= REST_ENOUGH) look(listing, false);
    at += piece;
    size -= piece;
  }
}

enum file_hazard file_listing_end(struct file_listing *listing)
{
  if (listing->rest->len > 0) look(listing, true);
  g_byte_array_unref(listing->rest);
  listing->rest = NULL;
  return listing->hazard;
}
