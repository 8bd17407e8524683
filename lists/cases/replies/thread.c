/* The answer in the thread that the case was handed over from: a message of the office's, composed like any
 * post, with the number of the case and the day that the office names. */
#include "lists/cases/replies/reply.h"

#include "lists/letters.h"
#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/threads.h"
#include "lib/text/days/day_text.h"
#include "lib/text/template.h"

#include <string.h>

/* What the message says. Caller frees; NULL on error. */
static char *words(struct case_reply *reply, const struct list *list, const struct case_entry *entry,
                   GError **error)
{
  g_autofree char *number = casefile_name(reply->it);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "number", number);
  value_set_text(values, "text", *entry->text ? entry->text : NULL);
  value_set_text(values, "clerk", *entry->clerk ? entry->clerk : NULL);
  g_autofree char *day = *entry->expected ? day_in_words(entry->expected, list->language) : NULL;
  value_set_text(values, "expected", day);
  value_set_text(values, reply->it->state, "1");
  char *text = letters_render(reply->work->letters, list->language, "official_post.txt", values, error);
  return text ? g_strstrip(text) : NULL;
}

bool reply_to_thread(struct case_reply *reply, const struct case_entry *entry, GError **error)
{
  /* of a private one both were told that nobody else reads it */
  if (!reply->it->thread || !reply->it->is_public || reply->is_private) return true;
  GError *failed = NULL;
  g_autoptr(thread_row) thread = thread_get(reply->work->store, reply->it->thread, &failed);
  if (fault_hand_on(failed, error)) return false;
  const struct list *list = thread ? list_cache_by_id(reply->work->lists, thread->list) : NULL;
  if (!list) return true;
  g_autofree char *text = words(reply, list, entry, error);
  return text && case_post(reply->work, reply->it, reply->office, text, reply->decision, error);
}
