/* The web archive: static files from the store. Only stale pages are rewritten, atomically and synced before
 * the mark is cleared; a rebuild from nothing gives the same bytes. Lists with archive = none have no public
 * byte. */
#ifndef WEB_ARCHIVE_PUBLISH_H
#define WEB_ARCHIVE_PUBLISH_H

#include "lib/base/config.h"
#include "lib/store/store.h"

struct publisher;
/* Reads templates (share/templates/archive/…); the archive directory is made if missing. */
struct publisher *publisher_new(const struct config *config, struct store *store, GError **error);
void publisher_free(struct publisher *publisher);

/* Renders a bounded number of stale pages (≤ 200), syncs them, clears their marks. Returns how many; 0: all
 * fresh; -1: fault. */
int publisher_round(struct publisher *publisher, GError **error);

/* Everything anew: marks all pages, renders all, and removes files that are no page of ours any more. */
bool publisher_rebuild(struct publisher *publisher, GError **error);

/* Highest thread number published on disk for list and year; 0: none. (restore) */
int publisher_highest_number(const struct config *config, const char *list, int year);

#endif
