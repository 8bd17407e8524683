/* Mail addresses that somebody names in a text. */
#ifndef LISTS_MEMBERS_NAMED_ADDRESSES_H
#define LISTS_MEMBERS_NAMED_ADDRESSES_H

#include "lists/kinds.h"

/* In order, normalised, each once; those of ours and the sender's own are none. char*.
 * Never NULL; caller unrefs. */
GPtrArray *named_addresses(const struct work *work, const char *sender, const char *text);

#endif
