/* Tags in subjects, and what members do not want to get: a thread, or what bears a tag. */
#ifndef STORE_MUTES_H
#define STORE_MUTES_H

#include "lib/store/store.h"

/* A tag of a message, folded. expires: when the offer is over; 0: never. */
bool message_tag_put(struct store *store, int64_t message, const char *tag, int64_t expires, GError **error);
/* When what a message offers is over; 0: never, or it offers nothing. */
bool message_expires(struct store *store, int64_t message, int64_t *expires, GError **error);
/* Marks up to `limit` offers that are over by `now`, and their pages. Returns how many; -1 on error. */
int offers_end(struct store *store, int64_t now, int limit, GError **error);
/* All of a message, in order. char*. */
GPtrArray *message_tags(struct store *store, int64_t message, GError **error);

/* A member gets no copies of a thread (tag ""), or of a tag (thread 0); or gets them again. */
bool mute_set(struct store *store, int64_t list, int64_t person, int64_t thread, const char *tag,
              bool is_muted, int64_t now, GError **error);

/* What somebody has muted on a list: a thread, or a tag (thread 0). */
struct mute {
  int64_t thread;
  char *tag;
};
GPtrArray *mutes_of(struct store *store, int64_t list, int64_t person, GError **error); /* struct mute* */

bool mute_is(struct store *store, int64_t list, int64_t person, int64_t thread, const char *tag,
             bool *is_muted, GError **error);

#endif
