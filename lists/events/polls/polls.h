/* Polls for a date: "Wann passt es? 1) Di 18 Uhr 2) Do 19 Uhr". What the other files of lists/events call. */
#ifndef LISTS_EVENTS_POLLS_H
#define LISTS_EVENTS_POLLS_H

#include "lists/events/event.h"

struct poll;

/* What a mail asks for. */
struct poll_asked {
  GPtrArray *options; /* struct poll_option* */
  char *title, *text; /* the subject; what is said besides options and question. "" if nothing */
  char *until;        /* last day for answers */
  bool is_until_said; /* else it is what is usual */
  char *latest;       /* the last day that there may be: the one before the first option */
};
void poll_asked_free(struct poll_asked *asked);
typedef struct poll_asked poll_asked_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(poll_asked_t, poll_asked_free)

/* The poll that a mail asks for; NULL: none. */
struct poll_asked *poll_of_mail(const struct work *work, const struct arrival *arrival);
/* The draft of it, shown to its author. */
bool poll_begin(struct work *work, const struct arrival *arrival, struct event *event,
                struct event_party *organizer, const struct poll_asked *asked, bool is_post, GError **error);

/* Its organiser writes. *is_taken false: the event has no poll, or the mail is about the event. */
bool poll_organize(struct organizing *o, bool *is_taken, GError **error);
/* Anybody else answers. *is_taken false: the event has no poll any more. */
bool poll_answer(struct work *work, const struct arrival *arrival, struct event *event,
                 struct event_party *party, struct decision *decision, bool *is_taken, GError **error);

/* A letter of a round to one party: what is "poll", "poll_ask", "poll_result". */
bool poll_post(struct work *work, struct event *event, struct event_party *party, const char *what,
               GError **error);
/* The event was called off (by an operator) while its date was looked for: whoever was asked is told. */
bool poll_follow(struct work *work, struct event *event, GError **error);
/* What has come due of an open poll: the reminder, the end. Sets next_tick. */
bool poll_duties(struct work *work, struct event *event, GError **error);

#endif
