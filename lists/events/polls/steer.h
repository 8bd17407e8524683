/* Inside lists/events/polls: the two ends of steer.c. */
#ifndef LISTS_EVENTS_POLLS_STEER_H
#define LISTS_EVENTS_POLLS_STEER_H

#include "lists/events/polls/poll.h"

/* draft.c: what its organiser answers before anybody is asked. */
bool poll_organize_draft(struct organizing *o, struct poll *poll, GError **error);
/* answer.c: counts what the mail says as the party's vote. *is_clear false: it says nothing. */
bool poll_count(struct work *work, const struct arrival *arrival, const struct event *event,
                const struct event_party *party, bool *is_clear, GError **error);

#endif
