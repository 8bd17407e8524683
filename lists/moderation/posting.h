/* Who may post to a list, in one word: "members", "anyone", "anyone-moderated" (members freely, a stranger's
 * mail waits for a moderator) or "moderators". The third is the second with the rule for strangers set to
 * hold, so that whoever sets rules and whoever sets the policy see one truth; a list's own rule always wins.
 */
#ifndef LISTS_MODERATION_POSTING_H
#define LISTS_MODERATION_POSTING_H

#include "lib/store/directory.h"
#include "lib/store/store.h"

extern const char *const posting_words[]; /* ended by NULL */

/* The word of a list now. NULL on error. Caller frees. */
char *posting_of(struct store *store, const struct list *list, GError **error);

/* Sets list->posting, which the caller writes (list_update), and the rule for strangers. */
bool posting_set(struct store *store, struct list *list, const char *word, GError **error);

/* Does the list's own rule keep strangers from posting at once, where its policy lets anyone? */
bool posting_waits(struct store *store, const struct list *list, bool *waits, GError **error);

#endif
