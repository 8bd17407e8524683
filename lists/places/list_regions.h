/* Which region each list belongs to, by the names people know: what a reader of mails takes for granted at
 * "kiezkasse-gruenau@". */
#ifndef LISTS_PLACES_LIST_REGIONS_H
#define LISTS_PLACES_LIST_REGIONS_H

#include "lib/base/config.h"
#include "lib/store/store.h"

/* Name of a list → name of its region ("Grünau"); lists without a region are not in it. `store` NULL: of the
 * shipped district. NULL on error. Caller unrefs. */
GHashTable *list_regions_load(struct store *store, const struct config *config, GError **error);

#endif
