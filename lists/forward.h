/* Forwarding: a mail for one person goes on to that person alone, composed anew, with a From of ours that
 * takes the answer back the same way. Nobody learns an address. */
#ifndef LISTS_FORWARD_H
#define LISTS_FORWARD_H

#include "lists/kinds.h"

/* ROUTE_PRIVATE: to the author of the post that the token names; or, where it answers a letter of ours, back
 * to whom that letter came from, else to the admin. */
bool forward_private(struct work *work, const struct arrival *arrival, struct decision *decision,
                     GError **error);

/* To one person who is to answer it: a guest's question to whom organises the event; what they wrote
 * themselves, without the letter of ours that they quote. Many a day are held. */
bool forward_to_person(struct work *work, const struct arrival *arrival, int64_t person, const char *address,
                       struct decision *decision, GError **error);

/* All of it to somebody who has a duty of the list it came to; their answer goes back to whoever wrote. */
bool forward_to_duty(struct work *work, const struct arrival *arrival, int64_t person, const char *address,
                     struct decision *decision, GError **error);

/* Where mail for the admin goes, normalised; NULL: nowhere, since the configuration's address is one of ours,
 * or none. keys as in addresses_look_up. Caller frees. */
char *forward_admin_address(const struct config *config, const struct address_book *book,
                            const struct keys *keys, int64_t now);

/* ROUTE_ADMIN: to the first of the admins. */
bool forward_to_admin(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error);

#endif
