/* Where the public finds an event: on the shelf of all, its region's and its list's, at each of its dates.
 * Rows follow event_mark_pages(), which event_put() and event_date_put() call, so that an event that moves
 * leaves the pages where it was. A series lies there some 400 days ahead; each date that passes brings the
 * next.
 *
 * Not on any shelf, ever: drafts, events of people who are named, events of lists without a public archive.
 *
 * Pages of events in the stale table: "event" (key: id; part 1: page, 2: calendar file), "events" (list: the
 * value, part: the shelf, key: 0 what is ahead, else the month YYYYMM), "events-feed" (list: the value, part:
 * the shelf), "events-sitemap" (key: year * 100000 + a block of a hundred numbers). */
#ifndef STORE_EVENT_SHELVES_H
#define STORE_EVENT_SHELVES_H

#include "lib/store/events/events.h"

enum event_shelf { EVENTS_ALL = 1, EVENTS_REGION, EVENTS_LIST };
enum { EVENT_SHELVES = 3, EVENTS_A_BLOCK = 100, EVENT_YEAR_KEY = 100000 };

/* Puts its rows right and marks what shows it, and what showed it. Within a transaction. */
bool event_mark_pages(struct store *store, const struct event *event, GError **error);
/* Its own page alone, where it has one: how many come. */
bool event_mark_page(struct store *store, int64_t event, GError **error);
/* The pages of the events that a thread's posts call together: it appears or goes. */
bool events_mark_pages_of_thread(struct store *store, int64_t thread, GError **error);
/* Whether it may be shown at all. */
bool event_is_shown(struct store *store, int64_t event, bool *is_shown, GError **error);
/* Whether its rows are as its own row and its list say; else event_mark_pages() has to run. */
bool event_is_shelved(struct store *store, const struct event *event, bool *is_right, GError **error);

/* It is `day` now (YYYY-MM-DD, local): what shows what is ahead is stale, if it was another. In a transaction
 * of its own. */
bool events_turn_day(struct store *store, const char *day, GError **error);
/* The day that pages show; "" before the first. Caller frees; NULL: fault. */
char *events_day(struct store *store, GError **error);

struct event_on_shelf {
  int64_t event;
  char *original, *starts; /* of this date */
  bool is_off;
};
/* Dates that begin from `from` on and before `before` ("2026-05", "2026-06"), in their order. struct
 * event_on_shelf*. */
GPtrArray *event_shelf_between(struct store *store, enum event_shelf shelf, int64_t value, const char *from,
                               const char *before, int limit, GError **error);
/* Dates that are not over on `day`; what ends first comes first. struct event_on_shelf*. */
GPtrArray *event_shelf_ahead(struct store *store, enum event_shelf shelf, int64_t value, const char *day,
                             int limit, GError **error);
/* Ids of the events of such dates, ascending, each once; at most `limit` dates are looked at. int64_t. */
GArray *event_shelf_events(struct store *store, enum event_shelf shelf, int64_t value, const char *day,
                           int limit, GError **error);
/* The last month before `month` (YYYYMM) that holds a date; 0: none; -1: fault. */
int event_shelf_month_before(struct store *store, enum event_shelf shelf, int64_t value, int month,
                             GError **error);
/* The first month behind it that does. */
int event_shelf_month_after(struct store *store, enum event_shelf shelf, int64_t value, int month,
                            GError **error);
/* The next value above `after` that has events; -1: none; -2: fault. */
int64_t event_shelf_value_after(struct store *store, enum event_shelf shelf, int64_t after, GError **error);
/* Names, as sent, of its organisers: never to be shown. char*. */
GPtrArray *event_names(struct store *store, int64_t event, GError **error);

/* Ids of the public events of a block of a hundred numbers, in their order. int64_t. */
GArray *events_public_block(struct store *store, int year, int block, GError **error);
/* The last year before `year` with events, and its highest block; 0: none; -1: fault. */
int event_year_before(struct store *store, int year, GError **error);
int event_last_block(struct store *store, int year, GError **error);

#endif
