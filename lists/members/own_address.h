/* Several addresses a person. */
#ifndef LISTS_MEMBERS_OWN_ADDRESS_H
#define LISTS_MEMBERS_OWN_ADDRESS_H

#include "lists/kinds.h"

/* A mail came to an address of ours that was made for one person, from an address that is not known as
 * theirs: asks them, where we know them, whether it is theirs, too. Called once the mail is decided. A wish
 * that it holds (own_address_waits) is done after their yes. */
bool own_address_ask(struct work *work, const struct arrival *arrival, GError **error);
/* Will it be asked, and does the mail hold a wish about the person's own settings? Then nothing is done now.
 */
bool own_address_waits(struct work *work, const struct arrival *arrival, bool *waits, GError **error);
#define OWN_ADDRESS_WAITS "It is done once the person says that the address is theirs."

#endif
