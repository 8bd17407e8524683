/* The lines of the letter that shows an event to its organiser. Inside lists/events. */
#ifndef LISTS_EVENTS_EVENT_LINES_H
#define LISTS_EVENTS_EVENT_LINES_H

#include <glib.h>
#include <stdbool.h>

struct event;
struct work;
struct meaning;

enum { EVENT_TITLE_CHARACTERS = 120, EVENT_LINE_CHARACTERS = 300 };

enum event_line {
  EVENT_LINE_TITLE,
  EVENT_LINE_WHEN,
  EVENT_LINE_WHERE,
  EVENT_LINE_WHO,
  EVENT_LINE_PLACES,
  EVENT_LINE_ANSWER_BY,
  EVENT_LINE_BRING,
  EVENT_LINE_VIDEO,
  EVENT_LINE_STRANGERS,
  EVENT_LINE_COUNT
};
const char *event_line_word(enum event_line line); /* "when" */

/* Of facts.c. At most so many characters, without blanks around. Caller frees. */
char *event_cut(const char *text, glong characters);
/* Is it about somebody's health, or the like? */
bool event_line_is_private(const char *text);
/* The place, and its region. */
void event_take_where(struct work *work, struct event *event, const struct meaning *meaning);
/* The region of that name; its list's where none is known. */
void event_take_region(struct work *work, struct event *event, const char *name);

#endif
