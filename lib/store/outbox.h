/* The outbox: letters, their expansion into deliveries, and what the sender learns. */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "lib/store/store.h"

enum { LETTER_ORDINARY = 0, LETTER_BULK = 1 };

struct letter {
  int64_t id;
  char *purpose;               /* "post", "hold_notice", … */
  int priority;                /* LETTER_ORDINARY, LETTER_BULK */
  int64_t list, mail, message; /* 0: none */
  GBytes *content;             /* composed, with slots */
  bool is_batch;
  char *envelope_from; /* for is_batch */
  int64_t created;
  int64_t change; /* members as of */
  int64_t except_person;
  int64_t cursor;
  bool is_expanded, is_paused;
  int64_t deliveries;
  char *delivery; /* to members: "each" (NULL when put), "daily", "weekly": who gets it */
};
void letter_free(struct letter *letter);
typedef struct letter letter_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(letter_t, letter_free)

enum delivery_state { DELIVERY_DUE, DELIVERY_SENT, DELIVERY_DEFERRED, DELIVERY_FAILED };

struct delivery {
  int64_t letter, number;
  int64_t person;
  char *address;
  char *envelope_from; /* of an is_batch letter "", but where the copy goes alone */
  char *slots;         /* values of slots a, b, … separated by U+001F */
  enum delivery_state state;
  int attempts;
  int64_t first_try, next_try, at;
  char *reply;
  bool is_alone; /* set in expansion alone: an is_batch letter's copy that goes in an envelope of its own */
};
void delivery_free(struct delivery *delivery);
typedef struct delivery delivery_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(delivery_t, delivery_free)

/* A letter to the members of its list that get each mail (or, by `delivery`, a collected letter), and of a
 * post to those who wrote in its thread before and get only their own threads; except except_person, who
 * muted the thread, and who got or gets an earlier letter of the same mail. Expanded later by outbox_expand.
 * id is set. */
bool outbox_put_to_members(struct store *store, struct letter *letter, GError **error);
/* The one envelope sender of an is_batch letter, which is signed with the letter's id and so comes after it.
 */
bool letter_set_envelope(struct store *store, int64_t id, const char *envelope_from, GError **error);
/* A letter to one address, expanded at once. id is set first, so `fill` can sign with it; it sets
 * envelope_from and slots. */
typedef void outbox_fill(const struct letter *letter, struct delivery *delivery, void *data);
bool outbox_put_to_one(struct store *store, struct letter *letter, int64_t person, const char *address,
                       outbox_fill *fill, void *data, GError **error);

/* One step of expansion inside the caller's transaction: up to `limit` rows of the oldest unexpanded letters
 * (ordinary before bulk). Returns the rows written; 0: nothing left to expand; -1 on error. */
int outbox_expand(struct store *store, int limit, outbox_fill *fill, void *data, GError **error);

/* Sending. Due deliveries of open letters, ordinary before bulk, by letter and number; skips what the caller
 * has in flight by starting after (letter, number) of the given priority. Content is not loaded. Up to limit;
 * struct delivery*. */
GPtrArray *outbox_due(struct store *store, int priority, int64_t after_letter, int64_t after_number,
                      int limit, GError **error);
/* Deferred ones whose time has come, oldest first. */
GPtrArray *outbox_retry(struct store *store, int64_t now, int limit, GError **error);
/* When the next deferred one is due; 0: none. */
int64_t outbox_next_retry(struct store *store, GError **error);
/* Writes back state, attempts, first_try, next_try, reply, at of these (one UPDATE each) and closes letters
 * that have nothing open. */
bool outbox_mark(struct store *store, const struct delivery *const *deliveries, gsize count, GError **error);
struct letter *letter_get(struct store *store, int64_t id, bool with_content, GError **error);
/* For `show outbox` and `queue`: by (letter, number) after; all states unless open_only. */
GPtrArray *outbox_page(struct store *store, int64_t after_letter, int64_t after_number, int limit,
                       bool open_only, GError **error);
/* Letters that wait after a restore, and letting them go or dropping them. */
GPtrArray *letters_paused(struct store *store, int64_t after, int limit, GError **error);
bool letter_resume(struct store *store, int64_t id, GError **error);
bool letter_drop(struct store *store, int64_t id, GError **error);
/* Removes letters closed before `before`, at most limit rows of deliveries. Returns the rows removed, -1 on
 * error. */
int outbox_prune(struct store *store, int64_t before, int limit, GError **error);

#endif
