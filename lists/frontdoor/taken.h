/* Mails that a kind has taken already, for correct.c. */
#ifndef LISTS_FRONTDOOR_TAKEN_H
#define LISTS_FRONTDOOR_TAKEN_H

#include "lists/kinds.h"

#include "lib/store/mails.h"
#include "lib/store/requests.h"

/* The mail that a line of the front door's is about, as it is held now, whatever number it had then; NULL
 * without error: it is not held. Caller frees. */
struct hold *taken_held(struct work *work, const struct request *request, GError **error);

/* Where a kind took that mail: its list, owned by the cache. NULL without error: no kind did that could give
 * it up. */
const struct list *taken_by(struct work *work, const struct request *request, GError **error);

/* The kind gives it up, and it is held at the front door as if nobody had understood it yet. *hold NULL: it
 * is too late. Caller frees. */
bool taken_give_up(struct work *work, const struct request *request, const struct list *list,
                   const struct list *door, struct hold **hold, GError **error);

#endif
