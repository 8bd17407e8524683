/* A shipped district: share/districts/<name>/district.json with regions, lists and offices. Seeds the store
 * at init; stands in for it in `explain` without a store. */
#ifndef LISTS_DISTRICT_H
#define LISTS_DISTRICT_H

#include "lib/base/config.h"
#include "lib/store/directory.h"

struct district {
  char *name, *title;
  GPtrArray *regions; /* struct region* */
  GPtrArray *lists;   /* struct list* (id 0) */
  GPtrArray
      *offices; /* struct office* (id 0), without addresses: nobody writes to a real office by trying out */
};
struct district *district_load(const struct config *config, const char *name, GError **error);
void district_free(struct district *district);
typedef struct district district_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(district_t, district_free)
/* Within a transaction: regions and lists that are not there yet; offices where there never was one. */
bool district_seed(const struct district *district, struct store *store, int64_t now, GError **error);
/* The offices alone, for a store of an older version. *count: how many were entered. */
bool district_seed_offices(const struct district *district, struct store *store, int64_t now, guint *count,
                           GError **error);

/* Adds lists that the district has got since the store was made: those whose name was never given to any
 * list, so that what the municipality removed stays removed. Within a transaction. Returns how many; -1 on
 * error. */
int district_add_lists(const struct district *district, struct store *store, int64_t now, GError **error);

#endif
