/* missbrauch@: notices of illegal content by mail (DSA Art. 16), acknowledged at once with a number, decided
 * by a person, and the decision with its reasons told to whoever sent it. */
#ifndef LISTS_ABUSE_H
#define LISTS_ABUSE_H

#include "lists/kinds.h"

/* Is it missbrauch@? */
bool abuse_takes(const struct list *list);
bool abuse_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error);

/* It is no notice: whoever was asked about it is asked no longer, and its row says that it was dismissed. */
bool abuse_give_up(struct work *work, const struct giving_up *it, bool *is_given_up, GError **error);

#endif
