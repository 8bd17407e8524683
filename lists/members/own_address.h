/* Several addresses a person. */
#ifndef LISTS_MEMBERS_OWN_ADDRESS_H
#define LISTS_MEMBERS_OWN_ADDRESS_H

#include "lists/kinds.h"

/* A mail came to an address of ours that was made for one person, from an address that is not known as
 * theirs: asks them, where we know them, whether it is theirs, too. Called once the mail is decided. */
bool own_address_ask(struct work *work, const struct arrival *arrival, GError **error);

#endif
