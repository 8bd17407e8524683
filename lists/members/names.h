/* Names: what members see of somebody, and which names nobody may choose. */
#ifndef LISTS_MEMBERS_NAMES_H
#define LISTS_MEMBERS_NAMES_H

#include "lists/kinds.h"

/* The name that members see: as sent, or the pseudonym that the person chose. person 0: the one that the
 * address belongs to, if any. NULL on error; caller frees. */
char *name_shown(struct work *work, int64_t person, const char *name, const char *address, GError **error);

/* Why a name may not be chosen: the flag of letters/…/name_refused.md that says so ("address", "role",
 * "taken", "long"); NULL: it may. False: a fault. */
bool name_objection(struct work *work, int64_t person, const char *name, const char **objection,
                    GError **error);

#endif
