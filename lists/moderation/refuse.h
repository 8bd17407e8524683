/* Telling an author that a rule of the list keeps their mail out. */
#ifndef LISTS_REFUSE_H
#define LISTS_REFUSE_H

#include "lists/kinds.h"

/* Once a day and rule, and only where it is proven who wrote. */
bool refuse_tell_of_rule(struct work *work, const struct arrival *arrival, const char *rule, GError **error);

#endif
