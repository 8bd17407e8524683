/* Inside lists/events: what its files share. */
#ifndef LISTS_EVENTS_EVENT_H
#define LISTS_EVENTS_EVENT_H

#include "lists/events/events.h"

#include "lib/store/events/events.h"

struct sender;
struct value;

/* ---- facts.c: what an event is, from words ---- */

/* Bits of what an event lacks to be held. */
enum { LACKS_TITLE = 1, LACKS_START = 2, LACKS_PLACE = 4 };
unsigned event_lacks(const struct event *event);
/* Takes what a mail says of it; words that say nothing change nothing. */
bool event_take_meaning(struct work *work, struct event *event, const struct arrival *arrival,
                        GError **error);
/* Where, of a text in which nobody looked for places yet. */
void event_take_place_of(struct work *work, struct event *event, const struct passage *passage);
/* Takes the lines ("Wann: …") of an answer, against what the letter showed. *changed: bits of enum
 * event_line; lines that were not understood are added to `wrong` (char*). */
bool event_take_lines(struct work *work, struct event *event, const struct arrival *arrival,
                      unsigned *changed, GPtrArray *wrong, GError **error);
/* When the next date begins after now, and when it is looked at again; sets next_at and next_tick. */
bool event_schedule(struct work *work, struct event *event, GError **error);

/* ---- letters.c ---- */

struct event_letter {
  const char *purpose;
  const struct event *event;
  struct event_party *party; /* its address is signed for good by the first letter */
  struct value *values;
  const char *in_reply_to; /* NULL */
  bool is_answer;
  const char *method; /* of a calendar object that goes along; NULL: none */
};
bool event_send(struct work *work, const struct event_letter *letter, GError **error);

/* ---- organize.c ---- */

/* An organiser writes about their event. */
bool event_organize(struct work *work, const struct arrival *arrival, struct event *event,
                    struct event_party *party, struct decision *decision, GError **error);

/* ---- proof.c ---- */

/* Asks the organiser whether a mail to their address of the event is theirs; it waits. */
bool event_ask_organizer(struct work *work, const struct arrival *arrival, const struct event *event,
                         const struct event_party *party, struct decision *decision, GError **error);
/* Asks who calls people together whether it is them; the mail waits. */
bool event_ask_sender(struct work *work, const struct arrival *arrival, const struct sender *sender,
                      struct decision *decision, GError **error);

/* ---- answer.c ---- */

/* Somebody says whether they come. */
bool event_take_answer(struct work *work, const struct arrival *arrival, struct event *event,
                       struct event_party *party, struct decision *decision, GError **error);

/* ---- counter.c ---- */

/* Somebody proposes another time: the organiser is asked. */
bool event_counter(struct work *work, const struct arrival *arrival, struct event *event,
                   const struct event_party *party, struct decision *decision, GError **error);

/* ---- places.c ---- */

/* Writes an answer: a yes that finds no place waits. *waits is set. */
bool event_seat(struct work *work, const struct event *event, struct rsvp *rsvp, bool *waits, GError **error);
/* Whoever waits and fits now moves up and is told. */
bool event_move_up(struct work *work, struct event *event, const char *original, GError **error);

#endif
