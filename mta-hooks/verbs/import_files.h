/* Old archives as files: an mbox (RFC 4155, with "From " quoted as mboxo or mboxrd do), or a maildir. */
#ifndef MTA_HOOKS_VERBS_IMPORT_FILES_H
#define MTA_HOOKS_VERBS_IMPORT_FILES_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct archived {
  const void *raw; /* with CRLF */
  gsize size;
  int64_t delivered; /* seconds UTC: when the mbox's "From " line or the maildir's file says; 0: unknown */
  double progress;   /* how far the archive is read, from 0 to 1 */
};

/* One mail. False: stop, with *error set. */
typedef bool archive_each(const struct archived *mail, void *data, GError **error);

/* Hands over every mail of a file or maildir (cur and new, in the order of their names). FAULT_INPUT when it
 * is neither. */
bool archive_read(const char *path, archive_each *each, void *data, GError **error);

/* The same for the bytes of an mbox. */
bool archive_read_mbox(const char *bytes, gsize size, archive_each *each, void *data, GError **error);

#endif
