/* Files as bytes in memory without a copy. A pass over a mail of 25 MB need not keep all of it there: what
 * lies behind the reader is let go, and comes back from the file where somebody reads it again. */
#ifndef BASE_MAPPED_H
#define BASE_MAPPED_H

#include <glib.h>

/* The file's bytes, read-only, for as long as somebody holds them. NULL on error (G_FILE_ERROR). The file
 * must not be cut short or written to meanwhile. */
GBytes *mapped_file(const char *path, GError **error);

/* For a pass that began to hold pages at `from` and has come to `at`: once that is a good piece, lets it go.
 * Returns where the pass holds pages from now on. Bytes that are not a mapped file's stay as they are. */
const char *mapped_behind(const char *from, const char *at);

#endif
