/* Inside change_read.c: a mail that is read for what it changes of an event, and its pieces, a file each. */
#ifndef LISTS_EVENTS_CHANGE_WORDS_H
#define LISTS_EVENTS_CHANGE_WORDS_H

#include "lists/events/hosts/host.h"
#include "lists/understand/understand.h"

struct change_words {
  struct work *work;
  const struct passage *passage; /* of the mail */
  const struct passage *plain;   /* the same, without "jetzt", which is no time here */
  GArray *dates;                 /* struct date_found, of `plain` */
  struct event *event;           /* is changed */
  const GPtrArray *changes;      /* struct event_date*: dates of the series that are changed already */
  struct change *change;         /* what is read */
  GPtrArray *wrong;              /* char* */
};

/* ---- change_said.c ---- */

/* The word of change that decides; NULL: none does. */
const struct phrase_hit *change_first(const struct change_words *c);
/* Is a word of change asked ("fällt es aus?"), or weighed ("wenn keiner kommt, …", "ob wir es verschieben")?
 */
bool change_is_asked(const struct passage *passage, const struct phrase_hit *hit);
bool change_is_weighed(const struct passage *passage, const struct phrase_hit *hit);
/* Is anything weighed, wherever it stands? */
bool change_weighs(const struct passage *passage);
/* Does the mail tell of somebody or something else: "der Zeitungsbericht erscheint am 15."? Of languages that
 * write nouns small nobody can see. */
bool change_tells_of_else(const struct change_words *c);

/* ---- change_back.c ---- */

/* "Findet doch statt": what was off, or moved, is as planned. False: the mail says no such thing, or of what
 * was never off nothing but when it is held. */
bool change_back(const struct change_words *c);
/* Is a date of it ahead? */
bool change_is_ahead(const struct work *work, const struct event *event);

/* ---- change_details.c ---- */

/* How many may come, the last day for answers, another name, whether one may come by video. True: something
 * has changed. */
bool change_details(const struct change_words *c);

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

/* All dates of the series that the mail names (struct wall, as the rule says). Caller unrefs. */
GArray *change_dates_named(const struct change_words *c);
/* "Am 13. und 20. fällt die Probe aus", "im Juli ist Pause": those dates of the series are off, or, where the
 * mail says so, held on another day. `word`: what says so; where its sentence
 * names days, those of others are not meant. *has_day: it names days or a time, also where the series has no
 * date then. False: no date. */
bool change_dates_off(const struct change_words *c, guint word, bool *has_day);
/* "Der 12. wird auf den 13. verschoben", "am 20. erst um acht", "am 20. im Rathaus": one date. */
bool change_date_moved(const struct change_words *c);
/* "Am Samstag, 30.5., ist um 10 Uhr eine Zusatzprobe": a date beside the rule. False: none is said. */
bool change_extra(const struct change_words *c);
/* "Letzter Termin ist der 30. Juni", "ab Januar nicht mehr"; is_now: "das war das letzte Mal", which needs no
 * day. */
void change_series_ends(const struct change_words *c, bool is_now);

/* ---- change_which.c ---- */

/* Does the mail name a day, and not an hour alone? */
bool change_names_day(const struct change_words *c);
/* The next dates of a series that are not off (struct wall), as its rule says; at most `count`. Caller
 * unrefs. */
GArray *change_next_dates(const struct work *work, const struct event *event, const GPtrArray *changes,
                          guint count);
/* Would a series that begins later lose dates that are ahead? The first and the last of them. A date that
 * only moves by less than half the way to the next one ("künftig donnerstags") is not lost. */
bool change_dates_lost(const struct work *work, const struct event *before, const struct event *after,
                       const GPtrArray *changes, struct wall *first, struct wall *last);
/* Asks the organiser which dates they mean. */
bool change_tell_which(struct organizing *o, GError **error);

/* ---- change_shift.c ---- */

/* "Eine Stunde später", "um zwei Wochen verschoben": a date of the series that is named, else the event.
 * False: the mail says no such length. */
bool change_shift(const struct change_words *c);

#endif
