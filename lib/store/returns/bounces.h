/* What comes back of our letters: addresses that do not take them, deliveries that failed and wait to be
 * judged, addresses that we no longer write to. What to make of it is decided in lists/bounces. */
#ifndef STORE_BOUNCES_H
#define STORE_BOUNCES_H

#include "lib/store/outbox.h"

/* An address of a person that does not take our letters as it should. */
struct bounce {
  int64_t person;
  char *address;
  int score;             /* tenths, as it was at `counted` */
  int64_t counted;       /* when a bounce counted last; 0: none did */
  int64_t letter;        /* the youngest letter that counted */
  int64_t suspect_until; /* until then its copy of a letter to many goes alone */
  int64_t paused;        /* since when its memberships are "bouncing"; 0: they are not */
  int probes, returned;  /* letters that asked whether somebody is there; how many of them came back */
  int64_t due;           /* when the next step is taken; 0: none */
};
void bounce_free(struct bounce *bounce);
typedef struct bounce bounce_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(bounce_t, bounce_free)

/* Never NULL without error: an address that never bounced has zeros. */
struct bounce *bounce_get(struct store *store, int64_t person, const char *address, GError **error);
bool bounce_put(struct store *store, const struct bounce *bounce, GError **error);
bool bounce_remove(struct store *store, int64_t person, const char *address, GError **error);
/* All addresses of a person that bounced. struct bounce*. */
GPtrArray *bounces_of_person(struct store *store, int64_t person, GError **error);
/* Whose next step is due, the longest waiting first. */
GPtrArray *bounces_due(struct store *store, int64_t now, int limit, GError **error);

/* The delivery of a letter to a person; NULL without error: it never went to them, or is pruned. */
struct delivery *delivery_find(struct store *store, const struct letter *letter, int64_t person,
                               GError **error);

/* Deliveries that failed and are not judged yet, the oldest first; outbox_mark puts them here. struct
 * delivery*. */
GPtrArray *failures_page(struct store *store, int limit, GError **error);
bool failure_remove(struct store *store, int64_t letter, int64_t number, GError **error);

/* Addresses that get nothing but answers to what they write themselves. */
bool suppression_put(struct store *store, const char *address, const char *reason, int64_t now,
                     GError **error);
bool suppression_is(struct store *store, const char *address, bool *is_suppressed, GError **error);
bool suppression_remove(struct store *store, const char *address, GError **error);

#endif
