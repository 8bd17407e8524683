/* Pages now stale: marked in the decision's transaction, cleared by the publisher once the new bytes are
 * synced. */
#ifndef STORE_PAGES_H
#define STORE_PAGES_H

#include "lib/store/store.h"

struct stale_page {
  char *page;   /* "home", "list", "month", "thread", "feed", "sitemap", "case", … */
  int64_t list; /* 0 for home */
  int64_t key;  /* month: YYYYMM; thread: its id; sitemap: the year; file: the message; cases: case_shelves.h;
                   events: events/event_shelves.h;  case-file: the case, with the entry for part and the number
                   for list; else 0 */
  int part;     /* from 1 */
  int64_t seq;
};
void stale_page_free(struct stale_page *page);

bool page_mark(struct store *store, const char *page, int64_t list, int64_t key, int part, GError **error);
/* What a changed or new message makes stale: its thread's part (and the first, and the one before when it
 * begins a part), the month's part, list, feed, sitemap, home. Only where the list's archive is public. */
bool pages_mark_message(struct store *store, int64_t list, int64_t thread, int64_t position, GError **error);
/* The files of a message that were ever asked about: there they are, or must not be. */
bool pages_mark_files(struct store *store, int64_t message, GError **error);
/* Likewise the files of a case. */
bool pages_mark_files_of_case(struct store *store, int64_t casefile, GError **error);
bool pages_mark_list(struct store *store, int64_t list,
                     GError **error);                     /* everything of a list: archive turned on or off */
bool pages_mark_all(struct store *store, GError **error); /* everything: rebuild */
/* Oldest marks first, at most limit. struct stale_page*. */
GPtrArray *pages_stale(struct store *store, int limit, GError **error);
/* Clears those whose seq is still the same. */
bool pages_clear(struct store *store, GPtrArray *pages, GError **error);

#endif
