/* A calendar of one's own: the events that a person may attend, and nothing of anybody else. By mail, and at
 * an address that nobody can guess. */
#ifndef LISTS_EVENTS_OWN_CALENDAR_H
#define LISTS_EVENTS_OWN_CALENDAR_H

#include "lists/kinds.h"

struct wish;

/* The calendar as an iCalendar object (PUBLISH): what the person organises, accepted, or may still attend, of
 * the last months and ahead; what was called off says so. `day`: YYYY-MM-DD, what counts as today. *count:
 * how many events. Caller frees; NULL: fault. */
char *own_calendar_text(const struct config *config, struct store *store, int64_t person, const char *day,
                        int *count, GError **error);
/* Where its file lies below the archive. Caller frees. */
char *own_calendar_path(const char *secret);

/* What somebody wants of their calendar. */
enum own_calendar_wish {
  OWN_CALENDAR_NOTHING,
  OWN_CALENDAR_SEND,
  OWN_CALENDAR_ADDRESS,
  OWN_CALENDAR_RENEW,
  OWN_CALENDAR_END
};
enum own_calendar_wish own_calendar_wished(const struct arrival *arrival, bool speaks_to_us);
/* Does it, where it is proven that they want it; else asks at their address. */
bool wish_calendar(struct wish *wish, GError **error);

#endif
