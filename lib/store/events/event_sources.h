/* The invitations of foreign calendars that events were read from: by UID, and in which version. */
#ifndef STORE_EVENT_SOURCES_H
#define STORE_EVENT_SOURCES_H

#include "lib/store/events/events.h"

/* SEQUENCE and DTSTAMP (seconds UTC; 0: none) of a calendar object. */
struct event_version {
  int64_t sequence, stamp;
};

/* The event, or (`original`) a date of it, is as this version says. */
bool event_source_put(struct store *store, const char *uid, int64_t event, const char *original,
                      const struct event_version *version, GError **error);
/* The version that counts; *is_there false: it was never read from one. */
bool event_source_get(struct store *store, const char *uid, int64_t event, const char *original,
                      struct event_version *version, bool *is_there, GError **error);
/* The event of a list that was read from this UID and that the address organises, the youngest. NULL without
 * error: there is none. */
struct event *event_of_source(struct store *store, const char *uid, int64_t list, const char *address,
                              GError **error);

#endif
