/* Complaints: a provider tells that somebody pressed "spam" (ARF, RFC 5965). They are taken off the list the
 * letter was of, and get no letter of ours any more but answers to what they write themselves, until they
 * confirm an address again. The operator hears of it, once a day. */
#include "lists/bounces/inside.h"

#include "lists/list_cache.h"

#include "lib/store/directory.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

/* Off the list, if they are on it. */
static bool take_off(struct work *work, const struct letter *letter, int64_t person, GError **error)
{
  GError *failed = NULL;
  g_autoptr(member_t) member =
      letter->list && person ? member_find(work->store, letter->list, person, &failed) : NULL;
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  return !member || member_remove(work->store, letter->list, person, work->now, error);
}

bool complaint_take(struct work *work, const struct letter *letter, const struct delivery *delivery,
                    const char **reason, GError **error)
{
  *reason = delivery ? "Somebody called our letter spam; they are off the list and get no more letters."
                     : "Somebody called our letter spam, and it is not known who.";
  if (delivery && (!take_off(work, letter, delivery->person, error) ||
                   !suppression_put(work->store, delivery->address, "complaint", work->now, error)))
    return false;
  g_autoptr(value_t) values = value_new();
  const char *at = delivery ? strrchr(delivery->address, '@') : NULL;
  value_set_text(values, "domain", at ? at + 1 : NULL);
  return operator_tell(work, "complaint", list_cache_by_id(work->lists, letter->list), values, error);
}
