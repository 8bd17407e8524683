/* Forwarding: a mail for one person goes on to that person alone, composed anew, with a From of ours that
 * takes the answer back the same way. Nobody learns an address. */
#ifndef LISTS_FORWARD_H
#define LISTS_FORWARD_H

#include "lists/kinds.h"

/* ROUTE_PRIVATE: to the author of the post that the token names; or, where it answers a letter of ours, back
 * to whom that letter came from, else to the admin. */
bool forward_private(struct work *work, const struct arrival *arrival, struct decision *decision,
                     GError **error);

/* ROUTE_ADMIN: to the admin of the configuration. */
bool forward_to_admin(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error);

#endif
