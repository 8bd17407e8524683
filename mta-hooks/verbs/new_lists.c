/* After an upgrade the district may have more lists than the store: vermittlung@ came so, and offices. They
 * are added as init would have added them; what else the district's file says is the municipality's own by
 * now. */
#include "mta-hooks/verbs/new_lists.h"

#include "lib/base/clock.h"
#include "lib/store/store.h"
#include "lists/district.h"

int new_lists_add(const struct config *config, guint *offices, GError **error)
{
  *offices = 0;
  if (!config->district || !*config->district) return 0;
  g_autoptr(district_t) district = district_load(config, config->district, error);
  g_autoptr(store_t) store = district ? store_open(config->store, STORE_WRITE, error) : NULL;
  if (!store || !store_begin(store, error)) return -1;
  int count = district_add_lists(district, store, clock_now(), error);
  if (count >= 0 && !district_seed_offices(district, store, clock_now(), offices, error)) count = -1;
  if (count >= 0 && store_commit(store, error)) return count;
  store_rollback(store);
  return -1;
}
