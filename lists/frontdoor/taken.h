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

/* The list where the mail is now: where it waits (hold NULL: nowhere), else whose kind took it. Likewise. */
const struct list *taken_place(struct work *work, const struct request *request, const struct hold *hold,
                               GError **error);

/* May those who look after the door move what a kind took? Not a case that all may not read any more, and
 * not what its sender has withdrawn. */
bool taken_may_people(struct work *work, const struct request *request, bool *may, GError **error);

/* What they may read of the case that the mail became. *is_case false: there is none, and never was. NULL
 * texts: nothing. Caller frees both. */
bool taken_public_words(struct work *work, int64_t mail, bool *is_case, char **title, char **text,
                        GError **error);

/* The kind gives it up, and it is held at the front door as if nobody had understood it yet. *hold NULL: it
 * is too late. Caller frees. */
bool taken_give_up(struct work *work, const struct request *request, const struct list *list,
                   const struct list *door, struct hold **hold, GError **error);

#endif
