/* Events as the public sees them: rows of the store that have been through the privacy gate. Numbers of who
 * comes, never names, comments or addresses; an organiser's name is left out of what they wrote. */
#ifndef WEB_ARCHIVE_EVENT_VIEW_H
#define WEB_ARCHIVE_EVENT_VIEW_H

#include "lib/store/events/event_shelves.h"
#include "lib/store/events/polls.h"
#include "lib/text/dates/dates.h"
#include "web-archive/privacy.h"
#include "web-archive/site.h"

struct public_event {
  int64_t id, list, message;
  int year, number;
  char *uid;
  int sequence;
  int64_t stamp, created;
  bool is_cancelled, is_over, is_closed;
  struct public_text *title, *text;  /* never NULL; text "" if none */
  struct public_text *place, *bring; /* NULL: not said */
  char *region_slug, *region_name;   /* NULL: none */
  struct public_text *list_title;    /* never NULL */
  char *list_name;
  bool has_point;
  double lat, lon;
  struct wall start, end;
  struct wall next; /* of a series, its next date; year 0: none */
  char *zone, *rule;
  bool is_open, is_video; /* is_open: everybody is welcome */
  int capacity, attended;
  char *answer_by; /* YYYY-MM-DD; "" */
  struct event_count count;
  GPtrArray *apart;   /* struct event_date*: dates that are not as the rule says */
  GPtrArray *names;   /* of organisers; for the gate alone */
  bool is_poll;       /* its date is looked for: start is not set */
  GPtrArray *options; /* struct poll_option*: of a poll what may be chosen, and how many can; else NULL */
  char *until;        /* of a poll: its last day, YYYY-MM-DD */
  int voters;
};
void public_event_free(struct public_event *it);
typedef struct public_event public_event_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(public_event_t, public_event_free)

/* NULL without error: there is none, or it is not public. */
struct public_event *view_event(struct site *site, int64_t id, GError **error);
/* The place of one of its dates; NULL: the event's. Caller frees. */
struct public_text *view_event_place(const struct site *site, const struct public_event *it,
                                     const struct event_date *date);
/* Ends of the date that begins at `start`, if it lasts as long as the first; year 0: not said. */
struct wall public_event_end(const struct public_event *it, const struct wall *start);

/* A date of an event, as lists show it. */
struct public_date {
  const struct public_event *event; /* owned by the dates */
  struct wall start, end;
  bool is_off;
  struct public_text *place; /* NULL: the event's */
};
struct public_dates {
  GHashTable *events; /* id → struct public_event* */
  GPtrArray *dates;   /* struct public_date* */
};
void public_dates_free(struct public_dates *dates);
typedef struct public_dates public_dates_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(public_dates_t, public_dates_free)
/* Those of the rows that are public, by start; takes the rows. NULL: rows was NULL, or a fault. */
struct public_dates *view_event_dates(struct site *site, GPtrArray *rows, GError **error);

/* Leaves of each event its next date, and one that does not take place before it; at most `most` dates. */
void public_dates_keep_next(struct public_dates *dates, guint most);

#endif
