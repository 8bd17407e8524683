/* The front door: one address for everything. A mail to it is taken for something, kept where that belongs,
 * and its sender reads in one line what was understood and which word corrects it. */
#ifndef LISTS_FRONTDOOR_H
#define LISTS_FRONTDOOR_H

#include "lists/kinds.h"

/* The kind's receive. */
bool frontdoor_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                       GError **error);

#endif
