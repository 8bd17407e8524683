/* The answer in the thread that the case was handed over from: a message of the office's, composed like any
 * post, with the number of the case and the day that the office names. */
#include "lists/cases/replies/reply.h"

#include "lists/addresses/reply_address.h"
#include "lists/decide.h"
#include "lists/groups/official.h"
#include "lists/letters.h"
#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/threads.h"
#include "lib/text/dates/day_text.h"
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

/* As if the office had written to the group. */
static GBytes *compose(struct case_reply *reply, const struct list *list, const struct thread *thread,
                       const struct message *parent, const char *text)
{
  g_autofree char *address = list_address(reply->work->config, list->name, NULL);
  g_autofree char *from = address_format(reply->office->name, address),
                  *to = address_format(list->title, address);
  g_autofree char *subject = g_strconcat("Re: ", thread->subject, NULL);
  g_autofree char *id = compose_message_id(reply->work->config->domain, reply->work->now);
  return compose_letter(&(struct compose_letter){ .from = from,
                                                  .to = to,
                                                  .subject = subject,
                                                  .message_id = id,
                                                  .in_reply_to = parent ? parent->message_id : NULL,
                                                  .date = reply->work->now,
                                                  .plain = text });
}

static bool send(struct case_reply *reply, const struct list *list, GBytes *raw, const char *text,
                 GError **error)
{
  struct work *work = reply->work;
  g_autofree char *address = list_address(work->config, list->name, NULL);
  const char *recipients[] = { address, NULL };
  g_autoptr(incoming_t) incoming = incoming_new(work->config, work->now, "", recipients, raw);
  bool is_new = false;
  int64_t id = mail_put(work->store, incoming->key, work->now, "", raw, NULL, &is_new, error);
  if (!id) return false;
  struct arrival arrival = { .mail = incoming->mail,
                             .raw = incoming->raw,
                             .mail_id = id,
                             .received = work->now,
                             .envelope_sender = "",
                             .recipient = address,
                             .list = list };
  struct official_post post = {
    .list = list, .office = reply->office, .arrival = &arrival, .parent = reply->it->message, .text = text
  };
  return official_post(work, &post, reply->decision, error);
}

bool reply_to_thread(struct case_reply *reply, const struct case_entry *entry, GError **error)
{
  if (!reply->it->thread) return true;
  GError *failed = NULL;
  g_autoptr(thread_row) thread = thread_get(reply->work->store, reply->it->thread, &failed);
  g_autoptr(message_row) parent =
      !failed && reply->it->message ? message_get(reply->work->store, reply->it->message, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  const struct list *list = thread ? list_cache_by_id(reply->work->lists, thread->list) : NULL;
  if (!list) return true;
  g_autofree char *text = words(reply, list, entry, error);
  if (!text) return false;
  g_autoptr(GBytes) raw = compose(reply, list, thread, parent, text);
  return send(reply, list, raw, text, error);
}
