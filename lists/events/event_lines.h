/* The lines of the letter that shows an event to its organiser. Inside lists/events. */
#ifndef LISTS_EVENTS_EVENT_LINES_H
#define LISTS_EVENTS_EVENT_LINES_H

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

#endif
