/* A message in the thread that a case was handed over from, composed like any post: what an office answers,
 * with its badge, or that the thread is with an office now, from the list itself. */
#include "lists/cases/case.h"

#include "lists/addresses/reply_address.h"
#include "lists/decide.h"
#include "lists/groups/official.h"
#include "lists/list_cache.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/compose.h"
#include "lib/store/mails.h"
#include "lib/store/threads.h"

/* As if the office had written to the group. */
static GBytes *compose(struct work *work, const char *name, const struct list *list,
                       const struct thread *thread, const struct message *parent, const char *text)
{
  g_autofree char *address = list_address(work->config, list->name, NULL);
  g_autofree char *from = address_format(name, address), *to = address_format(list->title, address);
  g_autofree char *subject = g_strconcat("Re: ", thread->subject, NULL);
  g_autofree char *id = compose_message_id(work->config->domain, work->now);
  return compose_letter(&(struct compose_letter){ .from = from,
                                                  .to = to,
                                                  .subject = subject,
                                                  .message_id = id,
                                                  .in_reply_to = parent ? parent->message_id : NULL,
                                                  .date = work->now,
                                                  .plain = text });
}

static bool send(struct work *work, const struct casefile *it, const struct list *list,
                 const struct office *office, GBytes *raw, const char *text, struct decision *decision,
                 GError **error)
{
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
    .list = list, .office = office, .arrival = &arrival, .parent = it->message, .text = text
  };
  return official_post(work, &post, decision, error);
}

bool case_post(struct work *work, const struct casefile *it, const struct office *office, const char *text,
               struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(thread_row) thread = it->thread ? thread_get(work->store, it->thread, &failed) : NULL;
  g_autoptr(message_row) parent =
      !failed && it->message ? message_get(work->store, it->message, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  const struct list *list = thread ? list_cache_by_id(work->lists, thread->list) : NULL;
  if (!list) return true;
  g_autoptr(GBytes) raw = compose(work, office ? office->name : list->title, list, thread, parent, text);
  return send(work, it, list, office, raw, text, decision, error);
}
