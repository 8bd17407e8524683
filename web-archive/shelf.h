/* The shelf: the archive's files on disk. Paths are below the archive directory. */
#ifndef WEB_ARCHIVE_SHELF_H
#define WEB_ARCHIVE_SHELF_H

#include "web-archive/site.h"

bool shelf_has(const struct site *site, const char *path);
/* Whether the file holds exactly these bytes. */
bool shelf_holds(const struct site *site, const char *path, const GString *bytes);

/* Numbers of folders directly in a folder that are named by digits alone ("2", "0173"). GArray of int,
 * ascending. */
GArray *shelf_numbers(const struct site *site, const char *folder);
/* Folders directly in a list's folder that are months ("2026-03" as 202603). GArray of int, ascending. */
GArray *shelf_months(const struct site *site, const char *folder);

/* The highest number that names a folder directly in an absolute one; 0: none. */
int shelf_highest(const char *folder);

/* The writes of one round: files get their places, and directories are synced, together at the end. */
struct shelf_round;
struct shelf_round *shelf_round_new(const struct site *site);
void shelf_round_free(struct shelf_round *round);
bool shelf_put(struct shelf_round *round, const char *path, const GString *bytes, GError **error);
/* A file that holds the right bytes already: another process may have put it there and died before its name
 * was synced. */
void shelf_keep(struct shelf_round *round, const char *path);
/* Removes a file, and the folders above it that are empty then (never the archive's own). No file is no
 * fault. */
bool shelf_remove(struct shelf_round *round, const char *path, GError **error);
/* Everything put or removed is on disk after this. */
bool shelf_sync(struct shelf_round *round, GError **error);

/* Removes what a list may have published, at most `limit` files; *is_done when nothing is left. */
bool shelf_clear_list(struct shelf_round *round, const char *list, int limit, bool *is_done, GError **error);

/* Removes leftovers of writes that were cut short, everywhere. */
bool shelf_sweep(const struct site *site, GError **error);

/* Calls `each` for every file that says it was made by this program. */
typedef bool shelf_each(const char *path, void *data, GError **error);
bool shelf_walk(const struct site *site, shelf_each *each, void *data, GError **error);

#endif
