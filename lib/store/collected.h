/* Collected letters, daily and weekly: how far those of each list go. Written in the transaction that puts
 * the letter into the outbox, so none is made twice. */
#ifndef STORE_COLLECTED_H
#define STORE_COLLECTED_H

#include "lib/store/store.h"

struct collected {
  int64_t list;    /* 0: no list is due */
  int64_t message; /* the last post that was in such a letter */
  bool is_first;   /* there was none before */
};
/* A list whose letter ("daily", "weekly") of this day (YYYY-MM-DD) has not been made. */
bool collected_next(struct store *store, const char *delivery, const char *day, struct collected *next,
                    GError **error);
/* It is made, or there was nothing to say. */
bool collected_put(struct store *store, int64_t list, const char *delivery, const char *day, int64_t message,
                   GError **error);
/* The newest post of a list; 0: none. */
bool collected_newest(struct store *store, int64_t list, int64_t *message, GError **error);
/* Does any member read the list so? */
bool collected_has_readers(struct store *store, int64_t list, const char *delivery, bool *has_readers,
                           GError **error);

#endif
