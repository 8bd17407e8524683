/* Names: what members see of somebody, and which names nobody may choose. */
#ifndef LISTS_MEMBERS_NAMES_H
#define LISTS_MEMBERS_NAMES_H

#include "lists/kinds.h"

/* The name that members see: as sent, or the pseudonym that the person chose. person 0: the one that the
 * address belongs to, if any. NULL on error; caller frees. */
char *name_shown(struct work *work, int64_t person, const char *name, const char *address, GError **error);

/* Does a name, as sent, claim to be an office, a duty, the municipality, a list, or somebody who moderates or
 * keeps this list (0: of none) or one of the sender's, without their being that? person 0: nobody we know. */
bool name_is_misleading(struct work *work, int64_t person, int64_t list, const char *name,
                        const char *address, bool *is, GError **error);

/* Why a name may not be chosen: the flag of letters/…/name_refused.md that says so ("address", "role",
 * "taken", "long"); NULL: it may. False: a fault. */
bool name_objection(struct work *work, int64_t person, const char *name, const char **objection,
                    GError **error);

#endif
