/* The district's gazetteer, loaded: what was imported into the store, and the landmarks that come with the
 * shipped district. */
#ifndef LISTS_PLACES_GAZETTEER_H
#define LISTS_PLACES_GAZETTEER_H

#include "lib/base/config.h"
#include "lib/store/store.h"
#include "lib/text/places/gazetteer.h"

/* Ready to be asked. `store` may be NULL. Without imported regions the shipped district's coarse outlines
 * stand in, so that region names are known. Takes a few milliseconds. NULL on a fault of the store or of the
 * district's files; a configuration without a district is none. */
struct gazetteer *gazetteer_load(struct store *store, const struct config *config, GError **error);

#endif
