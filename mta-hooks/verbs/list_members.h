/* `kiezpost list set NAME members` and `topics`. */
#ifndef VERBS_LIST_MEMBERS_H
#define VERBS_LIST_MEMBERS_H

#include "lib/store/directory.h"

/* A value that is not allowed is FAULT_USAGE, with a sentence that says which are. */
bool list_set_members(struct store *store, struct list *list, const char *value, GError **error);
bool list_set_topics(struct store *store, struct list *list, const char *value, GError **error);

#endif
