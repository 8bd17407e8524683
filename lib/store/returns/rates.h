/* How often something was done for a key within a day: letters that mails from outside have caused. Keys are
 * pseudonyms; rows are forgotten after a day. */
#ifndef STORE_RATES_H
#define STORE_RATES_H

#include "lib/store/store.h"

bool rate_note(struct store *store, const char *key, const char *purpose, int64_t now, GError **error);
/* How often after `since`; of all keys where key is NULL; -1 on error. */
int64_t rate_count(struct store *store, const char *key, const char *purpose, int64_t since, GError **error);
/* Forgets rows before `before`, at most `limit`. */
bool rate_prune(struct store *store, int64_t before, int limit, GError **error);

#endif
