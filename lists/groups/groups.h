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

struct member;
/* Asks a member whether a mail of theirs that reads as private is meant for everybody; it waits for the
 * answer. *asked false: it could not be asked. private_reply.c */
bool private_reply_ask(struct work *work, const struct arrival *arrival, const struct member *member,
                       bool *asked, GError **error);

/* Asks a member whether they wrote a mail that nothing proves to be theirs; it waits for the answer. *asked
 * false: it could not be asked. unproven.c */
bool unproven_ask(struct work *work, const struct arrival *arrival, const struct member *member, bool *asked,
                  GError **error);

/* Does an answer to a post read as a program's, by its words alone? automatic.c */
bool group_answer_is_automatic(const struct arrival *arrival);

#endif
