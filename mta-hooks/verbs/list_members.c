/* What keepers also set by mail (lists/keeping/settings.c): who learns who belongs to a list, and the topics
 * of its subjects. Here nobody is told of it. */
#include "mta-hooks/verbs/list_members.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lists/keeping/topics.h"

bool list_set_members(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  list->shows_members = strcmp(value, "visible") == 0;
  return list->shows_members || strcmp(value, "hidden") == 0 ||
         fault_set(error, FAULT_USAGE, "members must be visible or hidden.");
}

bool list_set_topics(struct store *store, struct list *list, const char *value, GError **error)
{
  (void)store;
  g_autofree char *topics = topics_read(value);
  if (!topics)
    return fault_set(error, FAULT_USAGE,
                     "topics is \"Biete 30, Suche 14, #spielplatz\" (days may be missing), \"-\" or \"\".");
  g_free(list->topics);
  list->topics = g_steal_pointer(&topics);
  return true;
}
