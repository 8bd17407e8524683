/* Collected letters, daily and weekly: how far those of each list go. Written in the transaction that puts
 * the letter into the outbox, so none is made twice. */
#ifndef STORE_COLLECTED_H
#define STORE_COLLECTED_H

#include "lib/store/store.h"

struct collected {
  int64_t list;    /* 0: no list is due */
  int64_t message; /* the last post that was in such a letter */
  bool is_first;   /* there was none before */
  /* One that is under way: when it was begun, its last post (0: none is), and the last of the members whose
   * own letter, without what they muted, is made. */
  int64_t begun, newest, person;
};
/* A list whose letter ("daily", "weekly") of this day (YYYY-MM-DD) has not been made. */
bool collected_next(struct store *store, const char *delivery, const char *day, struct collected *next,
                    GError **error);
/* It is made, or there was nothing to say. */
bool collected_put(struct store *store, int64_t list, const char *delivery, const char *day, int64_t message,
                   GError **error);
/* It goes on in another transaction. The shared letter leaves out whoever had muted something before `begun`.
 */
bool collected_go_on(struct store *store, const char *delivery, const struct collected *state,
                     GError **error);
/* Members who read a list so and had muted something on it before `begun`, behind this person, by number. */
struct collected_reader {
  int64_t person;
  char *address;
};
GPtrArray *collected_muters(struct store *store, const char *delivery, const struct collected *state,
                            int limit, GError **error);
/* The newest post of a list; 0: none. */
bool collected_newest(struct store *store, int64_t list, int64_t *message, GError **error);
/* Does any member read the list so? */
bool collected_has_readers(struct store *store, int64_t list, const char *delivery, bool *has_readers,
                           GError **error);

#endif
