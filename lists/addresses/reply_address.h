/* Addresses of ours that carry a token: gruenau+<token>@domain, or antwort+<token>@domain where the list's
 * name is too long for the 64 octets of a local part, or there is no list. */
#ifndef LISTS_REPLY_ADDRESS_H
#define LISTS_REPLY_ADDRESS_H

#include "lib/base/config.h"
#include "lib/base/token.h"

/* How long what we sign stays valid, in days. What stands in From or relays does not expire (expiry_day 0).
 */
enum { REPLY_BOUNCE_DAYS = 60, REPLY_LEAVE_DAYS = 400 };

/* Signs with the youngest key. list may be NULL. Caller frees. */
char *reply_address(const struct config *config, const struct keys *keys, const char *list,
                    const struct token *token);
/* Signs with the key named, so that an address stays the same after a rotation. */
char *reply_address_with(const struct config *config, const struct keys *keys, unsigned key, const char *list,
                         const struct token *token);
/* list@domain and list+detail@domain. Caller frees. */
char *list_address(const struct config *config, const char *list, const char *detail);

/* A mailbox for a header whose address is a slot of compose.h: "name" <slot>. Caller frees. */
char *mailbox_with_slot(const char *name, const char *slot);

#endif
