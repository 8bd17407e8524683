/* The region that words of a mail lie in, by its name, as the reading hands it out. */
#include "lists/offices/offices.h"

#include "lib/store/directory.h"

#include <string.h>

bool office_region_id(struct store *store, const char *name, int64_t *id, GError **error)
{
  *id = 0;
  if (!name || !*name) return true;
  g_autoptr(GPtrArray) regions = regions_all(store, error);
  for (guint i = 0; regions && i < regions->len; i++) {
    const struct region *region = regions->pdata[i];
    if (strcmp(region->name, name) == 0) *id = region->id;
  }
  return regions != NULL;
}
