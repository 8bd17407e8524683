/* Inside change_read.c: a mail that is read for what it changes of an event, and its pieces, a file each. */
#ifndef LISTS_EVENTS_CHANGE_WORDS_H
#define LISTS_EVENTS_CHANGE_WORDS_H

#include "lists/events/hosts/host.h"
#include "lists/understand/understand.h"

struct change_words {
  struct work *work;
  const struct understanding *it;
  const struct passage *passage; /* of the mail */
  struct event *event;           /* is changed */
  const GPtrArray *changes;      /* struct event_date*: dates of the series that are changed already */
  struct change *change;         /* what is read */
  GPtrArray *wrong;              /* char* */
};

/* ---- change_place.c ---- */

/* Another place, from words: one we know, or the words behind a preposition. False: none is said. */
bool change_place(const struct change_words *c, guint from);
/* A place that the mail names and we know; NULL: none. Caller frees. */
char *change_place_known(const struct change_words *c);
/* "Bei Regen im Gemeindesaal": is said beside the place, which stays. False: the mail says no such thing. */
bool change_weather(const struct change_words *c);

/* ---- change_series.c ---- */

/* A date of the series is held then; `start` NULL: it is off; `place` NULL: the event's. */
void change_add_date(struct change *change, const struct wall *original, const struct wall *start,
                     const struct wall *end, const char *place);
/* The date of the series that the mail names first. False: none. */
bool change_date_named(const struct change_words *c, struct wall *original);

/* "Am 13. und 20. fällt die Probe aus", "im Juli ist Pause": those dates of the series are off, or, where the
 * mail says so, held on another day. *has_day: it names days or a time, also where the series has no date
 * then. False: no date. */
bool change_dates_off(const struct change_words *c, bool *has_day);
/* "Der 12. wird auf den 13. verschoben", "am 20. erst um acht", "am 20. im Rathaus": one date. */
bool change_date_moved(const struct change_words *c);
/* "Letzter Termin ist der 30. Juni", "ab Januar nicht mehr"; is_now: "das war das letzte Mal", which needs no
 * day. */
void change_series_ends(const struct change_words *c, bool is_now);

/* ---- change_shift.c ---- */

/* "Eine Stunde später", "um zwei Wochen verschoben": a date of the series that is named, else the event.
 * False: the mail says no such length. */
bool change_shift(const struct change_words *c);

#endif
