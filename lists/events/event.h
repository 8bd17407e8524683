/* Inside lists/events: what its files share. */
#ifndef LISTS_EVENTS_EVENT_H
#define LISTS_EVENTS_EVENT_H

#include "lists/events/events.h"

#include "lib/store/events/events.h"

#include "lib/mail/ics/calendar_out.h"

struct calendar;
struct calendar_event;
struct compose_file;
struct passage;
struct sender;
struct understanding;
struct value;

/* ---- facts.c: what an event is, from words ---- */

/* Bits of what an event lacks to be held. */
enum { LACKS_TITLE = 1, LACKS_START = 2, LACKS_PLACE = 4 };
unsigned event_lacks(const struct event *event);
/* Does a text tell of somebody what is not for all: health, a number plate? */
bool event_is_private(const struct passage *passage);
/* Takes what a mail says of it; words that say nothing change nothing. */
bool event_take_meaning(struct work *work, struct event *event, const struct arrival *arrival,
                        GError **error);
/* Where, of a text in which nobody looked for places yet; `answers`: it was asked for, so "im Hof" will do.
 */
void event_take_place_of(struct work *work, struct event *event, const struct understanding *it,
                         bool answers);
/* Takes the lines ("Wann: …") of an answer, against what the letter showed. *changed: bits of enum
 * event_line; lines that were not understood are added to `wrong` (char*). */
bool event_take_lines(struct work *work, struct event *event, const struct arrival *arrival,
                      unsigned *changed, GPtrArray *wrong, GError **error);
/* What somebody writes beside such lines: the "ja" of "Video: ja" is no yes to the event. Caller frees. */
char *event_beside_lines(const char *text);
/* When, of a text: an hour alone is meant for the event's own day, a weekday for the one nearest to it.
 * False: it says none. */
bool event_take_when(struct work *work, struct event *event, const struct passage *passage);

/* ---- named.c ---- */

/* A draft is for those who are named; false: not all of them were understood. */
bool event_take_named(struct work *work, struct event *event, const char *value);
/* Who is named, as a line; "": nobody, or it is for others. Caller frees. */
char *event_named_text(struct work *work, const struct event *event);

/* ---- words.c ---- */

/* "höchstens 20 Leute", "bitte Becher mitbringen"; what is known already stays unless it `replaces` it.
 * True: something has changed. */
bool event_take_words(struct event *event, const struct passage *passage, bool replaces);

/* ---- guests.c ---- */

/* Is a party one that letters go to which nobody has asked for, and the way into a room? */
bool event_is_guest(struct work *work, const struct event *event, const struct event_party *party, bool *is,
                    GError **error);

/* ---- dates.c ---- */

/* Of `changes` (struct event_date*) that of the date the rule says; NULL: it is as the rule says. */
const struct event_date *event_change_of(const GPtrArray *changes, const char *original);

/* One date of an event. */
struct event_moment {
  char *original;         /* as the rule says: RECURRENCE-ID */
  struct wall start, end; /* end year 0: not said */
  char *place;            /* NULL: the event's */
};
void event_moment_clear(struct event_moment *moment);
/* The first date that has not ended yet. */
bool event_next_date(struct work *work, const struct event *event, struct event_moment *moment,
                     bool *is_there, GError **error);
/* When a date that begins then ends; year 0: not said. */
struct wall event_end_of(const struct event *event, const struct wall *start);
/* The moment from which it is over, also where no end is said. */
int64_t event_end_seconds(const struct event *event, const struct event_moment *moment);
/* So many days on. */
struct wall event_days_on(struct wall wall, int days);
/* Of the changed dates (struct event_date*) the one that is held on a day now: as the rule said. */
bool event_date_moved_to(const GPtrArray *changes, const struct wall *day, struct wall *original);
/* The date that the rule makes on a day. */
bool event_date_on(const struct event *event, const struct wall *day, struct wall *original);

/* Behind the object of a series, the last of `objects` (struct event_out): its dates that were moved, as
 * objects of their own; those that are off are left out of it (struct wall, which have to live as long). */
void event_put_dates(const struct event *event, const GPtrArray *changes, GArray *objects, GArray *left_out);

/* ---- reminders.c ---- */

/* When the next date begins, and when the event is looked at again; sets next_at and next_tick. */
bool event_schedule(struct work *work, struct event *event, GError **error);
/* What has come due: rounds of letters, reminders, the end. */
bool event_duties(struct work *work, struct event *event, GError **error);

/* ---- late.c ---- */

/* Is the last day for answers over? */
bool event_is_late(const struct work *work, const struct event *event);
/* A stranger is told that only who is invited may come. */
bool event_refuse_stranger(struct work *work, struct event *event, struct event_party *party, GError **error);
/* Somebody wants to come after it, or without being invited: their answer waits for an organiser. */
bool event_ask_late(struct work *work, const struct arrival *arrival, struct event *event,
                    struct event_party *party, const struct rsvp *rsvp, GError **error);
/* A newer answer of theirs counts: what they said before, for the same date or (original "") at all, waits no
 * more. */
bool event_late_settle(struct work *work, const struct arrival *arrival, int64_t party, const char *original,
                       GError **error);

/* ---- letters.c ---- */

struct event_letter {
  const char *purpose;
  const struct event *event;
  struct event_party *party; /* its address is signed for good by the first letter */
  struct value *values;
  const char *in_reply_to; /* NULL */
  bool is_answer;
  const char *method; /* of a calendar object that goes along; NULL: none */
  const struct compose_file *files;
  gsize file_count;
};
bool event_send(struct work *work, const struct event_letter *letter, GError **error);
/* What every letter about an event may name, but for the buttons. */
bool event_values(struct work *work, const struct event *event, struct value *values, const char *language,
                  GError **error);
/* The language of letters to a party. Caller frees; NULL on error. */
char *event_language(struct work *work, const struct event *event, const struct event_party *party,
                     GError **error);
/* The party's address of the event, signed for good by the first call. Caller frees; NULL: fault. */
char *event_address(struct work *work, const struct event *event, struct event_party *party, GError **error);
/* A row `dates`: `date` as the rule says, and flag `off` or `moved` with `now` and `there` (may be missing).
 */
void event_put_date(const struct event *event, const struct event_date *change, const char *language,
                    struct value *values);
/* "Frau Schulz"; of who gave no name the address's first part. Caller frees. */
char *event_party_called(const struct event_party *party);

/* ---- organize.c ---- */

/* A mail of an organiser on its way. */
struct organizing {
  struct work *work;
  const struct arrival *arrival;
  struct event *event;
  struct event_party *party;
  struct decision *decision;
};
bool organizing_send(const struct organizing *o, const char *purpose, struct value *values, GError **error);
bool organizing_done(const struct organizing *o, const char *reason);

/* The event as it is now, with what was not understood (char*; NULL). */
bool event_show(const struct organizing *o, const char *purpose, const GPtrArray *wrong, GError **error);
/* A draft is none any more. */
bool event_drop(struct organizing *o, GError **error);
/* An organiser writes about their event. */
bool event_organize(struct work *work, const struct arrival *arrival, struct event *event,
                    struct event_party *party, struct decision *decision, GError **error);

/* ---- source.c ---- */

/* The invitation of a foreign calendar that a new event was read from: its version, and dates of a series. */
bool event_source_note(struct work *work, const struct arrival *arrival, const struct event *event,
                       GError **error);
/* A mail of an organiser, proven to be theirs, whose calendar part is of the event's source: changes it.
 * *is_taken false: it holds none. */
bool event_source_apply(struct organizing *o, bool *is_taken, GError **error);

/* ---- proof.c ---- */

/* Asks the organiser whether a mail to their address of the event is theirs; it waits. */
bool event_ask_organizer(struct work *work, const struct arrival *arrival, const struct event *event,
                         const struct event_party *party, struct decision *decision, GError **error);
/* Asks who calls people together whether it is them; the mail waits. */
bool event_ask_sender(struct work *work, const struct arrival *arrival, const struct sender *sender,
                      struct decision *decision, GError **error);

/* The same of somebody who was not invited, and answers to an event (NULL: one that they do not say) at an
 * address that everybody may know. */
bool event_ask_guest(struct work *work, const struct arrival *arrival, const struct event *event,
                     const struct sender *sender, struct decision *decision, GError **error);

/* ---- outside/guest.c ---- */

/* A click, with the UID of an event, of who is no party of it. */
bool events_click_from_outside(struct work *work, const struct arrival *arrival, struct event *event,
                               const struct sender *sender, struct decision *decision, bool *is_taken,
                               GError **error);

/* ---- whose.c ---- */

enum event_whose {
  OF_PARTY,    /* of the party that was written to */
  OF_OTHER,    /* of another party of the event */
  OF_STRANGER, /* of somebody who is none yet */
  OF_NOBODY    /* it comes from elsewhere, and nobody vouches for the sender: it counts for nobody */
};
/* The party that a sender is of an event; NULL without error: none. Caller frees. */
struct event_party *event_party_of(struct work *work, const struct event *event, const struct sender *sender,
                                   GError **error);
/* Whose answer a mail is that came to the address of a party. *own: of OF_OTHER the party; caller frees.
 */
bool event_whose(struct work *work, const struct arrival *arrival, const struct event *event,
                 const struct event_party *party, const struct sender *sender, enum event_whose *whose,
                 struct event_party **own, GError **error);
/* Makes the sender a party of their own that nobody invited. Caller frees; NULL on error. */
struct event_party *event_stranger_put(struct work *work, const struct arrival *arrival,
                                       const struct event *event, const struct sender *sender,
                                       GError **error);

/* ---- answer_dates.c ---- */

/* The dates of a series that words leave out of all others ("sonst immer", "außer am 3. Juni"), as the rule
 * says them (char *), and whether it is the rest that comes: else ("nie, außer am 3. Juni") these. Caller
 * unrefs; NULL on error. */
GPtrArray *event_dates_excepted(struct work *work, const struct event *event,
                                const struct understanding *said, bool *rest_comes, GError **error);
/* The date of a series that words name, as the rule says; "": none. Caller frees; NULL on error. */
char *event_date_said(struct work *work, const struct event *event, const struct understanding *said,
                      GError **error);
/* The one that a click is about; "": the event or all of it; NULL: one that the series does not have. */
char *event_date_clicked(const struct event *event, const struct calendar *calendar);
/* Is it a click of an older version of the event, for another time than the one that stands? */
bool event_click_is_old(struct work *work, const struct event *event, const struct calendar *calendar,
                        const char *original, bool *is_old, GError **error);

/* ---- answer.c ---- */

/* Somebody says whether they come. */
bool event_take_answer(struct work *work, const struct arrival *arrival, struct event *event,
                       struct event_party *party, struct decision *decision, GError **error);

/* ---- hosts/behalf_party.c ---- */

/* Somebody answers themselves: whom an organiser had entered by their name (*is_joined) counts no more beside
 * them. */
bool event_join_entered(struct work *work, const struct event *event, const struct event_party *party,
                        bool *is_joined, GError **error);

/* ---- hosts/counter.c ---- */

/* Another time that somebody proposes, of the event or (original not "") one date of its series. */
struct counter {
  const char *original;
  const struct calendar_event *proposed;
  const char *comment; /* NULL */
};
/* Everybody who organises it is asked. */
bool event_counter_tell(struct work *work, const struct arrival *arrival, const struct event *event,
                        const struct event_party *who, const struct counter *counter, GError **error);

/* ---- places.c ---- */

/* Writes an answer: a yes that finds no place waits (*waits). Who has places already keeps them, with as many
 * of rsvp->people as fit, which is set to that; *more: of how many it is not so. */
bool event_seat(struct work *work, const struct event *event, struct rsvp *rsvp, bool *waits, int *more,
                GError **error);
/* Whoever waits and fits now moves up and is told. */
bool event_move_up(struct work *work, struct event *event, const char *original, GError **error);

/* ---- more.c ---- */

/* So many more than have a place wait: they are told. */
bool event_more_wait(struct work *work, const struct arrival *arrival, const struct event *event,
                     struct event_party *party, const struct rsvp *rsvp, int more, GError **error);
/* A newer answer of theirs counts, for a date or ("") at all: nobody more waits with them. */
bool event_more_settle(struct work *work, const struct arrival *arrival, const struct event *event,
                       int64_t party, const char *original, GError **error);
/* Of parties (int64_t) with how many they want to come, who has places for fewer; of the whole event. Caller
 * unrefs; NULL: fault. */
GHashTable *event_more_people(struct work *work, const struct event *event, GError **error);
/* Whoever of them fits now goes in, and is told. */
typedef bool event_more_told(struct work *work, const struct event *event, const struct rsvp *rsvp,
                             GError **error);
bool event_more_fill(struct work *work, const struct event *event, const char *original,
                     event_more_told *told, GError **error);

#endif
