/* Archives of files: ustar (POSIX.1-1988) with sizes over 8 GB as GNU tar writes them, so any tar can look
 * into one. The last entry, SHA256SUMS, holds the digests of all before it, as sha256sum(1) prints them;
 * reading checks them. */
#ifndef BASE_TAR_H
#define BASE_TAR_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct tar_writer;

/* Writes beside `path`; nothing bears that name before tar_finish. Mode 0600. */
struct tar_writer *tar_create(const char *path, GError **error);
/* One file under `name` (at most 100 bytes). *is_gone (may be NULL: then that is a fault): there is no such
 * file. */
bool tar_add_file(struct tar_writer *writer, const char *name, const char *path, bool *is_gone,
                  GError **error);
bool tar_add_bytes(struct tar_writer *writer, const char *name, const void *bytes, gsize size,
                   int64_t modified, GError **error);
/* Digests, end, sync, rename, sync of the directory; frees in any case. */
bool tar_finish(struct tar_writer *writer, GError **error);
/* Gives up: nothing is left. NULL is allowed. */
void tar_abandon(struct tar_writer *writer);

/* Reads all entries in order. `place` says where one goes: *path is set (tar frees it), NULL: it is passed
 * over. False: *error is set and reading ends. Files are made anew (0600, never through a link) and synced.
 * Fails with FAULT_INPUT for what is no archive of ours, is cut off, or differs from its digests. */
typedef bool tar_place(const char *name, int64_t size, char **path, void *data, GError **error);
bool tar_extract(const char *path, tar_place *place, void *data, GError **error);

#endif
