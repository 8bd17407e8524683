/* The list that an operator named on the command line. */
#ifndef MTA_HOOKS_VERBS_LIST_NAMED_H
#define MTA_HOOKS_VERBS_LIST_NAMED_H

#include "lib/store/directory.h"

/* By name or alias; FAULT_NO_ADDRESS with a sentence that says where the names stand. Caller frees. */
struct list *list_find_named(struct store *store, const char *name, GError **error);

#endif
