/* Who decides for a list, and whether they still do. */
#ifndef LISTS_MODERATION_DUTIES_H
#define LISTS_MODERATION_DUTIES_H

#include "lists/kinds.h"

#include "lib/store/requests.h"

struct list;

/* Somebody who may decide. */
struct official {
  int64_t person; /* 0: the admin of the configuration, whom the store does not know */
  char *address;  /* where we ask, normalised */
};

/* Who decides for a list (NULL: of none): its moderators and keepers; where it has none, the admins. struct
 * official*. */
GPtrArray *duties_of(struct work *work, const struct list *list, GError **error);
/* Is whom a request asked still one of them? */
bool duties_has(struct work *work, const struct list *list, const struct request *request, bool *has,
                GError **error);
/* The name that the others know them by; "" for the admin. Caller frees. NULL on error. */
char *duties_name(struct work *work, int64_t person, GError **error);

#endif
