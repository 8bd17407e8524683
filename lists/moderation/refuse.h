/* Telling an author that a rule of the list keeps their mail out. */
#ifndef LISTS_REFUSE_H
#define LISTS_REFUSE_H

#include "lists/kinds.h"

/* Once a day and rule, and only where it is proven who wrote. */
bool refuse_tell_of_rule(struct work *work, const struct arrival *arrival, const char *rule, GError **error);

/* Who wrote a mail and may be answered: no program, and none of our own addresses. Whether it is proven that
 * they did, the mail's auth says. NULL: nobody. Caller frees. */
char *refuse_author(const struct work *work, const struct mail *mail);

#endif
