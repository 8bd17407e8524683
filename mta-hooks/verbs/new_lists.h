/* Lists that the shipped district has got since an installation was made. */
#ifndef VERBS_NEW_LISTS_H
#define VERBS_NEW_LISTS_H

#include "lib/base/config.h"

/* Adds them to the store; those that the municipality removed do not come back. Returns how many; -1 on
 * error. */
int new_lists_add(const struct config *config, GError **error);

#endif
