/* Who may post to a list; see posting.h. */
#include "lists/moderation/posting.h"

#include "lib/store/moderation/moderation.h"

#include <string.h>

static const char STRANGERS[] = "non_member", MODERATED[] = "anyone-moderated";

const char *const posting_words[] = { "members", "anyone", MODERATED, "moderators", NULL };

bool posting_waits(struct store *store, const struct list *list, bool *waits, GError **error)
{
  *waits = false;
  if (strcmp(list->posting, "anyone") != 0) return true;
  g_autofree char *own = list_rule_get(store, list->id, STRANGERS, error);
  *waits = own && *own && strcmp(own, "accept") != 0;
  return own != NULL;
}

char *posting_of(struct store *store, const struct list *list, GError **error)
{
  bool waits = false;
  if (!posting_waits(store, list, &waits, error)) return NULL;
  return g_strdup(waits ? MODERATED : list->posting);
}

bool posting_set(struct store *store, struct list *list, const char *word, GError **error)
{
  bool waited = false, waits = strcmp(word, MODERATED) == 0;
  if (!posting_waits(store, list, &waited, error)) return false;
  /* whoever says "anyone" means strangers, too, whatever a rule of earlier days did with them */
  bool is_about_strangers = waited || waits || strcmp(word, "anyone") == 0;
  g_free(list->posting);
  list->posting = g_strdup(waits ? "anyone" : word);
  return !is_about_strangers || list_rule_put(store, list->id, STRANGERS, waits ? "hold" : NULL, error);
}
