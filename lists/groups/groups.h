/* Groups and announcement lists: taking a post to everybody, privately to its author, and its large
 * attachments to who asks. */
#ifndef LISTS_GROUPS_GROUPS_H
#define LISTS_GROUPS_GROUPS_H

#include "lists/kinds.h"

/* The kinds' receive: who may post does, everybody else's mail is held. */
bool group_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error);
bool announce_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error);

/* "Anhang anfordern": arrival->target.token names the message. Members get the attachment by letter, others a
 * sentence. */
bool group_send_attachment(struct work *work, const struct arrival *arrival, struct decision *decision,
                           GError **error);

#endif
