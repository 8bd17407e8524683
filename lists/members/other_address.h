/* A post from another address of a member. See other_address.c. */
#ifndef LISTS_MEMBERS_OTHER_ADDRESS_H
#define LISTS_MEMBERS_OTHER_ADDRESS_H

#include "lists/senders.h"

struct request;

/* To a stranger whose post is held, once a day: it waits, and are they a member with another address? Only
 * where we know that it is them. */
bool hold_notice_send(struct work *work, const struct arrival *arrival, const struct sender *sender,
                      GError **error);

/* The held post of who said that the address is theirs goes its way, as any member's does. Nothing happens
 * where a moderator was faster. */
bool hold_notice_take_up(struct work *work, const struct request *request, struct arrival *waiting,
                         struct decision *decision, GError **error);

#endif
