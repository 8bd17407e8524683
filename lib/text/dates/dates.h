/* Dates and times in human words: "nächsten Samstag um 15 Uhr", "am 12.5. ab halb sieben", "heute Abend",
 * "jeden ersten Dienstag im Monat", "34. KW", "bis Ende Mai", "II. Quartal", "vom 3. bis 5. Juli", "18-20 h".
 * Read against a moment, in a time zone, across clock changes. Words come from sections date.* of the tables;
 * recurrence is an RRULE (RFC 5545). */
#ifndef TEXT_DATES_DATES_H
#define TEXT_DATES_DATES_H

#include "lib/text/phrases.h"

enum date_grain {
  GRAIN_MINUTE,
  GRAIN_HOUR, /* "heute Abend", "gegen drei": a time of day, not a minute */
  GRAIN_DAY,
  GRAIN_WEEK,
  GRAIN_MONTH,
  GRAIN_QUARTER,
  GRAIN_YEAR,
};

/* Local wall time; resolved with the zone when used. */
struct wall {
  int year, month, day; /* month and day from 1; year 0: not set */
  int hour, minute;     /* -1: a day without time */
};

struct date_found {
  guint first, end;         /* lexemes [first, end) */
  struct wall start, until; /* until: last moment or day of a range, the end of an event; year 0: none */
  enum date_grain grain;
  char *recurrence;   /* "FREQ=MONTHLY;BYDAY=1TU", NULL */
  bool is_deadline;   /* "bis Freitag", "spätestens": until is the day meant, start may be unset */
  bool is_past;       /* the words look back: "gestern", "letzte Woche" */
  bool is_open_ended; /* "ab 18 Uhr", "seit Mai" */
};
void date_found_clear(struct date_found *found); /* for arrays made here: their clear function */

struct dates_wish {
  int64_t now;      /* seconds UTC; what relative words count from */
  const char *zone; /* IANA, "Europe/Berlin"; NULL: that */
};

/* struct date_found, in order, date and time of one moment as one ("Samstag, 12. Mai, 15 Uhr, bis 18 Uhr").
 * Never NULL; caller unrefs. */
GArray *dates_find(const struct passage *passage, const struct dates_wish *wish);

/* RFC 3339 with the zone's offset at that time ("2026-03-07T15:00:00+01:00"), or "2026-03-07" for a day. NULL
 * for an unset one. Caller frees. */
char *wall_format(const struct wall *wall, const char *zone);
/* Seconds UTC; a day counts from its first moment. A wall time the clock change leaves out is moved forward.
 */
int64_t wall_seconds(const struct wall *wall, const char *zone);
/* The word of EXPLAIN.md: "minute", "hour", … */
const char *date_grain_word(enum date_grain grain);

#endif
