/* Collected letters for members who do not want each mail: once a day, or once a week. */
#ifndef LISTS_DIGESTS_H
#define LISTS_DIGESTS_H

#include "lists/kinds.h"

/* Makes a letter or two that are due, in the caller's transaction, and looks at some lists that have none.
 * Returns how many letters; 0: none was due; -1 on error. */
int digests_tick(struct work *work, GError **error);

#endif
