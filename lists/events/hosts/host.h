/* Inside lists/events/hosts: what an organiser may do by mail with an event that stands. Each file is one
 * thing; steer.c asks them in turn. A mail comes here only when it is proven to be the organiser's. */
#ifndef LISTS_EVENTS_HOST_H
#define LISTS_EVENTS_HOST_H

#include "lists/events/event.h"
#include "lists/requests/purposes.h"

/* Says whether the mail is about its thing (*is_taken), and if so does it. */
typedef bool host_take(struct organizing *o, bool *is_taken, GError **error);

/* An organiser's mail about an event that stands, or is over. */
bool host_steer(struct organizing *o, GError **error);

host_take change_take;   /* change.c: another time, another place, off, closed */
host_take message_take;  /* message.c: to all who come */
host_take behalf_take;   /* behalf.c: who answered by telephone */
host_take cohosts_take;  /* cohosts.c: who organises it as well */
host_take attended_take; /* attended.c: how many were there */

/* How it stands: numbers, names, comments, and a table. is_unclear: the mail was not understood. state.c */
bool state_show(struct organizing *o, bool is_unclear, GError **error);

/* ---- change_read.c ---- */

/* What an organiser wants otherwise. */
struct change {
  const char *what; /* "change": as the event says now; off, back, close, reopen, room; "date": of a series;
                     * "which": of its dates nobody knows which */
  GPtrArray *dates; /* struct event_date* of a series, starts "": it is off; NULL: none */
};
void change_clear(struct change *change);
/* Reads what a mail changes of an event; `event` is changed where it is the event that changes. what NULL:
 * nothing. Lines that were not understood are added to `wrong` (char*). */
bool change_read(struct work *work, const struct arrival *arrival, struct event *event, struct change *change,
                 GPtrArray *wrong, GError **error);

/* ---- change_fields.c ---- */

/* What two states of an event differ in, as lines of a request's details. Caller frees. */
char *fields_write(const struct event *before, const struct event *after);
/* Sets what the details say. */
void fields_apply(const struct request *request, struct event *event);
/* A copy with texts of its own. */
struct event *fields_copy(const struct event *event);

/* The series has no date behind this day. */
void fields_end_series(struct event *event, const struct wall *last);

/* Any of the bits of enum field_kind. */
enum field_kind {
  FIELD_TIME = 1,  /* who comes must be asked again (RFC 5546 section 3.2.2.1) */
  FIELD_SHOWN = 2, /* stands in the invitation, and in calendars */
  FIELD_PLACES = 4,
  FIELD_INVITED = 8,
  FIELD_OTHER = 16
};
unsigned fields_differ(const struct event *before, const struct event *after);

/* ---- change.c: what follows when an event was changed; the caller writes it ---- */

/* By its fields: answers anew where it is another time, invitations anew where they show it, places. */
bool host_fields_changed(struct work *work, const struct event *before, struct event *event, GError **error);
/* By dates of its series. */
bool host_dates_changed(struct work *work, struct event *event, GError **error);
/* It is called off. */
void host_event_off(struct work *work, struct event *event);

/* Does anything differ? */
bool change_differs(const struct event *before, const struct event *after, const struct change *change);
/* Asks the organiser whether it shall be so. */
bool change_ask(struct organizing *o, const struct event *after, const struct change *change,
                const GPtrArray *wrong, bool *is_asked, GError **error);

/* What such a question keeps: the fields and dates that would differ. Caller frees. */
char *change_fields(const struct event *before, const struct event *after, const struct change *change);
/* The organiser's answer to a question that keeps them: their yes does it. *answer: what it was; ANSWER_NONE:
 * neither yes nor no, and it is shown or asked once more. */
bool change_decide(struct organizing *o, const struct answering *answering, enum answer *answer,
                   GError **error);

/* Asks the organiser in the place of an earlier question that still waits. Where no answer of ours may go out
 * for a while (as the last one said), the earlier one waits on: *is_asked false. */
bool host_ask(struct organizing *o, const struct question_out *question, bool *is_asked, GError **error);
/* "The organiser is shown …", where they are. */
bool host_asked(struct organizing *o, bool is_asked, const char *reason);
/* The value of the phrase of a section that covers the beginning of a passage; NULL: none. */
const struct phrase_hit *host_first(const struct passage *passage, const char *section);
/* An organiser's answer to a question of ours: their party and event. *is_there false: they organise it no
 * more, or it is gone; the question is ended. */
bool host_of_answer(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, struct event **event, struct event_party **party,
                    bool *is_there, GError **error);
/* The same, of a question that is about another thing of that event. */
bool host_of_event(struct work *work, const struct arrival *arrival, const struct answering *answering,
                   int64_t id, struct decision *decision, struct event **event, struct event_party **party,
                   bool *is_there, GError **error);

#endif
