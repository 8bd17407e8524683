/* Messages of a group that an office wrote as itself. */
#ifndef STORE_OFFICIAL_MESSAGES_H
#define STORE_OFFICIAL_MESSAGES_H

#include "lib/store/store.h"

bool official_message_put(struct store *store, int64_t message, int64_t office, GError **error);
/* *office 0: an ordinary one. */
bool official_message_of(struct store *store, int64_t message, int64_t *office, GError **error);

#endif
