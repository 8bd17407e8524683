/* Groups that people found and keep by mail: founding, settings, handing over, closing, and "stumm". */
#ifndef LISTS_KEEPING_H
#define LISTS_KEEPING_H

#include "lists/kinds.h"

/* Is this mail at a list, one of its commands or the front door a wish about founding or keeping a group, by
 * somebody who may? Then it is acted upon; *is_taken false: it is none, and the kind goes on with it. */
bool keeping_take_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error);

#endif
