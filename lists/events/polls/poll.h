/* Inside lists/events/polls: what its files share. A poll belongs to an event whose date is not known yet. */
#ifndef LISTS_EVENTS_POLLS_POLL_H
#define LISTS_EVENTS_POLLS_POLL_H

#include "lists/events/event.h"
#include "lists/events/polls/polls.h"

#include "lib/store/events/polls.h"

/* ---- options.c: what may be chosen, from words ---- */

/* The poll that a text asks for; NULL: it asks for none. `is_asked` true: its options alone say so. */
struct poll_asked *poll_read(const char *text, const char *subject, bool is_asked, int64_t now,
                             const char *zone);

/* ---- votes.c: what an answer says ---- */

enum poll_wish { POLL_SAYS_NOTHING, POLL_SAYS_ALL, POLL_SAYS_SOME };
struct poll_said {
  enum poll_wish wish;            /* all: each option is said; some: only what differs from an earlier vote */
  char answers[POLL_OPTIONS_MAX]; /* 'y', 'm', 'n'; 0: not said */
  bool liked[POLL_OPTIONS_MAX];
};
/* Which options a text can and cannot, against `options` (struct poll_option*). */
void poll_votes_read(const char *text, const GPtrArray *options, int64_t now, const char *zone,
                     struct poll_said *said);
/* The one option that a text names; 0: none, or several. */
int poll_named_option(const struct passage *passage, const GPtrArray *options, int64_t now, const char *zone);

/* ---- letters.c ---- */

/* Rows `options` (number, when, mailto, yes, maybe, no, liked, chosen), and until, voters. */
bool poll_values(struct work *work, const struct event *event, const struct poll *poll,
                 struct event_party *party, struct value *values, GError **error);
/* A letter about a poll to a party. in_reply_to NULL: it answers no mail. */
bool poll_send(struct work *work, const struct event *event, const struct poll *poll,
               struct event_party *party, const char *purpose, struct value *values, const char *in_reply_to,
               GError **error);

/* ---- end.c ---- */

/* It ends with an option (0: the one that most can): the event is a draft with its date, whoever was asked is
 * told, and the organisers are asked whether it shall be so. */
bool poll_end(struct work *work, struct event *event, struct poll *poll, int number, GError **error);
/* Nobody looks for a date any more; whoever was asked is told. */
bool poll_drop(struct work *work, struct event *event, struct poll *poll, GError **error);
/* The event's date is that of an option. False: there is no such option, or a fault. */
bool poll_choose(struct work *work, struct event *event, struct poll *poll, int number, GError **error);

#endif
