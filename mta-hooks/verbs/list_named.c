/* The list that an operator named: for every verb that takes one. */
#include "mta-hooks/verbs/list_named.h"

#include "lib/base/fault.h"

struct list *list_find_named(struct store *store, const char *name, GError **error)
{
  g_autoptr(GError) why = NULL;
  struct list *list = list_find(store, name, &why);
  if (!list && !why)
    fault_set(error, FAULT_NO_ADDRESS, "There is no list \"%s\"; `kiezpost show lists` names them.", name);
  if (why) g_propagate_error(error, g_steal_pointer(&why));
  return list;
}
