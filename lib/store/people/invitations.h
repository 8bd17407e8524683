/* Invitations: each address gets one for a list, ever; a person sends so many a day. */
#ifndef STORE_INVITATIONS_H
#define STORE_INVITATIONS_H

#include "lib/store/store.h"

/* Has this address (its rate key, lists/requests) been invited to the list before? */
bool invitation_is_known(struct store *store, int64_t list, const char *rate_key, bool *is_known,
                         GError **error);
bool invitation_put(struct store *store, int64_t list, const char *rate_key, int64_t person, int64_t now,
                    GError **error);
/* How many a person has sent after `since`; -1 on error. */
int64_t invitations_count(struct store *store, int64_t person, int64_t since, GError **error);

#endif
