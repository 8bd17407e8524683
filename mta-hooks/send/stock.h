/* Deliveries on their way from the store to the desk: read in pages, never one twice. Main thread only. */
#ifndef MTA_HOOKS_SEND_STOCK_H
#define MTA_HOOKS_SEND_STOCK_H

#include "mta-hooks/send/lots.h"

enum { STOCK_PAGE = 1000 };

struct stock;
/* batch: the most recipients of an envelope. */
struct stock *stock_new(struct store *store, struct lots *lots, guint batch);
void stock_free(struct stock *stock);

/* Reads pages of what is due and, at `now`, of what is to be tried again, where too little is at hand; with
 * `from_start` from the oldest letter on (what became due behind the place reached, as when an older letter
 * was expanded late). False on error. */
bool stock_fill(struct stock *stock, int64_t now, bool from_start, GError **error);

/* The next envelope's worth of deliveries of a priority: one, or up to `batch` of one batch letter. NULL
 * without error: nothing at hand, or enough content loaded for now. *lot is theirs. Array of struct
 * delivery*, the caller's. They count as held until stock_release. */
GPtrArray *stock_take(struct stock *stock, int priority, struct lot **lot, GError **error);

/* A delivery's mark is in the store (or it was given up): it is no longer held. Does not free it. */
void stock_release(struct stock *stock, const struct delivery *delivery);

/* Deliveries held: at hand, at the desk, with sessions, or waiting for their mark. */
guint stock_held(const struct stock *stock);
/* Deferred deliveries have been marked: when to look for the next one may have changed. */
void stock_note_deferred(struct stock *stock, int64_t next_try);
/* When stock_fill will have a reason to look for those put off again; far away where there are none. */
int64_t stock_next_look(const struct stock *stock);

#endif
