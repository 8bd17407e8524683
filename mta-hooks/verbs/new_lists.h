/* Lists and offices that the shipped district has got since an installation was made. */
#ifndef VERBS_NEW_LISTS_H
#define VERBS_NEW_LISTS_H

#include "lib/base/config.h"

/* Adds them to the store; those that the municipality removed do not come back. A store from before there
 * were offices gets those of the district, *offices of them. Returns how many lists; -1 on error. */
int new_lists_add(const struct config *config, guint *offices, GError **error);

#endif
