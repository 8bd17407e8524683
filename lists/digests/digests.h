/* Collected letters for members who do not want each mail: once a day, or once a week. */
#ifndef LISTS_DIGESTS_H
#define LISTS_DIGESTS_H

#include "lists/kinds.h"

/* Makes a letter or two that are due, in the caller's transaction. Returns how many lists were looked at; 0:
 * nothing is due; -1 on error. */
int digests_tick(struct work *work, GError **error);

#endif
