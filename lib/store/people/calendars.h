/* Calendars of one's own: a file of the archive at an address that nobody can guess. A person has one or
 * none; an address that was given up never comes back, and its file goes. Pages of them in the stale table:
 * "calendar" (key: the calendar's id). */
#ifndef STORE_CALENDARS_H
#define STORE_CALENDARS_H

#include "lib/store/store.h"

/* Its id and secret; id 0 and secret NULL without error: they have none. Caller frees the secret. */
bool calendar_of_person(struct store *store, int64_t person, int64_t *id, char **secret, GError **error);
/* A new address, in place of one that they had. */
bool calendar_give(struct store *store, int64_t person, int64_t now, GError **error);
/* They have none any more. */
bool calendar_give_up(struct store *store, int64_t person, GError **error);
/* Whose it is (0: it was given up), and its secret (NULL: no such calendar). Caller frees. */
bool calendar_get(struct store *store, int64_t id, int64_t *person, char **secret, GError **error);

/* What stands in it has changed: of a person, of a party, of all who have to do with an event. */
bool calendar_mark(struct store *store, int64_t person, GError **error);
bool calendar_mark_party(struct store *store, int64_t party, GError **error);
bool calendars_mark_event(struct store *store, int64_t event, GError **error);

/* An event that a person has to do with. */
struct calendar_entry {
  int64_t event, party;
};
/* The latest first, at most `limit`. struct calendar_entry. */
GArray *calendar_entries(struct store *store, int64_t person, int limit, GError **error);

#endif
