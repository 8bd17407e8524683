/* What admins do by mail, besides what keepers do: the settings of any list, new lists, and roles. */
#ifndef LISTS_ADMIN_H
#define LISTS_ADMIN_H

#include "lists/kinds.h"

/* Is this mail at the front door, at postmaster@ or in answer to a letter of ours a wish that only admins
 * have, from an admin's address? Then a letter goes to that address; nothing else is done before its reply is
 * proven. *is_taken false: it is none. */
bool admin_take_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                     bool *is_taken, GError **error);
/* The same. *is_unclear: it is none that we know, and reads like one: its sender is asked. */
bool admin_may_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                    bool *is_taken, bool *is_unclear, GError **error);

#endif
