/* Consent to unencrypted mail with offices. */
#ifndef LISTS_MEMBERS_CONSENT_H
#define LISTS_MEMBERS_CONSENT_H

#include "lists/kinds.h"

/* Somebody we know writes to where offices answer, for the first time: asks whether these may write to them
 * without encryption. Called once the mail is decided. */
bool consent_ask(struct work *work, const struct arrival *arrival, GError **error);

#endif
