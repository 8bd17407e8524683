/* What stands for a sender whom our MTA does not know: their address and what did pass (mail_auth.evidence),
 * once they said that such a mail was theirs. */
#ifndef STORE_VOUCHED_H
#define STORE_VOUCHED_H

#include "lib/store/store.h"

bool vouched_put(struct store *store, const char *address, const char *evidence, int64_t now, GError **error);
bool vouched_is(struct store *store, const char *address, const char *evidence, bool *is, GError **error);

#endif
