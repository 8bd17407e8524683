/* Holding: putting a mail aside for a person's decision, with a reason that can be read. */
#ifndef LISTS_HOLDING_H
#define LISTS_HOLDING_H

#include "lists/kinds.h"

/* What is shown of a held mail to those who decide about it. */
enum holding_asks {
  HOLDING_ASKS_NOBODY, /* what it waits for is no person's yes */
  HOLDING_ASKS,
  HOLDING_ASKS_UNREAD, /* without its text: it was meant for one person alone */
};
enum holding_asks holding_asks(const char *code);

/* Holds the arrival under a code of the table in holding.c ("non_member", "kind_not_ready", …). `reason`
 * NULL: the table's sentence. Sets outcome and reason of the decision. */
bool holding_put(struct work *work, const struct arrival *arrival, const char *code, const char *reason,
                 struct decision *decision, GError **error);

/* The same; *id is the hold's number. */
bool holding_put_as(struct work *work, const struct arrival *arrival, const char *code, const char *reason,
                    int64_t *id, struct decision *decision, GError **error);

/* May `queue release` let this through today? False: what it waits for is not a person's yes. */
const char *holding_reason(const char *code); /* the table's sentence */
bool holding_is_releasable(const char *code);

#endif
