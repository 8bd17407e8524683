/* "stumm": a member wants no more copies of a thread, or of what bears a tag. */
#ifndef LISTS_KEEPING_MUTE_H
#define LISTS_KEEPING_MUTE_H

#include "lists/kinds.h"

/* Is an answer to a post nothing but "stumm" (or "laut")? Then it is done, or confirmed by reply where nobody
 * vouches for the sender, and never passed on. *is_taken false: it says more. */
bool mute_take(struct work *work, const struct arrival *arrival, struct decision *decision, bool *is_taken,
               GError **error);

#endif
