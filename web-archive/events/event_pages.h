/* Inside web-archive/events: paths, and a date's line in lists. Paths end in "/" where they name a folder. */
#ifndef WEB_ARCHIVE_EVENT_PAGES_H
#define WEB_ARCHIVE_EVENT_PAGES_H

#include "web-archive/events/event_view.h"
#include "web-archive/pages.h"

struct page;
struct page_map;

/* "termine/2026/0012/". Caller frees. */
char *event_folder(int year, int number);
/* "termine/", "termine/ort/gruenau/", "termine/liste/gruenau/"; NULL without error: nowhere. Caller frees. */
char *event_shelf_folder(struct site *site, enum event_shelf shelf, int64_t value, GError **error);
/* Whether a shelf has pages: it holds a date, or it is that of all and events may be sent in. 1, 0; -1:
 * fault. */
int event_shelf_has_pages(struct site *site, enum event_shelf shelf, int64_t value, GError **error);
/* What a shelf is called: "Termine in Grünau". Caller frees; NULL without error: there is none. */
struct public_text *event_shelf_title(struct site *site, enum event_shelf shelf, int64_t value,
                                      GError **error);
/* "sitemap/termine-2026-0101.xml". Caller frees. */
char *event_sitemap_path(int year, int block);

/* Where whoever reads of an event writes that they come: the list of events. */
#define EVENTS_ADDRESS "termine"
/* Is it open to all, ahead, and does it take answers of whoever reads of it? */
bool event_takes_answers(struct site *site, const struct public_event *it);
/* "Termin 2026/12": what names it in a subject. Caller frees. */
char *event_answer_name(const struct public_event *it);

/* When it is, as NAME ("Samstag, 16. Mai 2026, 15 bis 18 Uhr") and NAME_datetime. */
void page_set_when(struct page_map *map, const char *name, const struct wall *start, const struct wall *end,
                   const char *zone);
/* A date in a list; `up` leads to the archive's root. */
void page_set_date(struct page_map *map, const struct public_date *date, const char *up);

/* The calendar objects of an event: itself, and its dates that are not as the rule says. */
void event_put_calendar(struct site *site, GPtrArray *events, const char *name, GString *out);
/* schema.org's Event as JSON-LD. Caller frees. */
char *event_linked_data(const struct site *site, const struct public_event *it);

#endif
