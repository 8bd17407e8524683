/* Further admins, beside the one of the configuration: addresses that confirmed it. A handful. */
#ifndef STORE_ADMINS_H
#define STORE_ADMINS_H

#include "lib/store/store.h"

struct admin {
  char *address; /* normalised */
  int64_t since;
};

/* Who is one already stays one, since when they were. */
bool admin_put(struct store *store, const char *address, int64_t now, GError **error);
/* Who is none is no fault; *was (may be NULL) says it. */
bool admin_remove(struct store *store, const char *address, bool *was, GError **error);
GPtrArray *admins_all(struct store *store, GError **error); /* struct admin*, the oldest first */

#endif
