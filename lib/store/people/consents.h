/* Consent to unencrypted mail with offices (Korrespondenzart): asked once, dated, revocable. */
#ifndef STORE_CONSENTS_H
#define STORE_CONSENTS_H

#include "lib/store/store.h"

struct consent {
  bool is_known;          /* they were asked, or said so themselves */
  int64_t asked;          /* 0: not asked */
  int64_t given, revoked; /* given 0: there is no consent now */
};
bool consent_get(struct store *store, int64_t person, struct consent *consent, GError **error);
bool consent_put(struct store *store, int64_t person, const struct consent *consent, GError **error);
/* What somebody says now; when they were asked stays. */
bool consent_say(struct store *store, int64_t person, bool is_given, int64_t now, GError **error);

#endif
