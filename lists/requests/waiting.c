/* Mails that wait for an answer to a request; see waiting.h. */
#include "lists/requests/waiting.h"

#include "lists/addresses.h"
#include "lists/comprehend.h"

#include "lib/base/fault.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"

char *waiting_details(const struct arrival *arrival)
{
  return g_strdup_printf("mail=%" G_GINT64_FORMAT "\nrecipient=%s", arrival->mail_id, arrival->recipient);
}

struct incoming *waiting_read(struct work *work, const struct request *request, GError **error)
{
  g_autofree char *number = request_detail(request, "mail");
  g_autofree char *recipient = request_detail(request, "recipient");
  int64_t id = number ? g_ascii_strtoll(number, NULL, 10) : 0;
  struct mail_row *row = id && recipient ? mail_get(work->store, id, error) : NULL;
  if (!row) return NULL;
  const char *recipients[] = { recipient, NULL };
  g_autoptr(GBytes) raw = mail_bytes(work->store, id, error);
  struct incoming *incoming =
      raw ? incoming_new(work->config, row->received, row->sender, recipients, raw) : NULL;
  if (incoming) comprehend(work, incoming);
  mail_row_free(row);
  return incoming;
}

struct arrival waiting_arrival(struct work *work, const struct request *request,
                               const struct incoming *incoming, const struct list *list)
{
  g_autofree char *number = request_detail(request, "mail");
  const char *recipient = incoming->recipients[0];
  return (struct arrival){
    .mail = incoming->mail,
    .raw = incoming->raw,
    .mail_id = number ? g_ascii_strtoll(number, NULL, 10) : 0,
    .received = incoming->received,
    .envelope_sender = incoming->sender,
    .recipient = recipient,
    .target = addresses_look_up(work->book, work->keys, recipient, work->now),
    .list = list,
    .understanding = g_ptr_array_index(incoming->understandings, 0),
  };
}

bool waiting_post(struct work *work, const struct request *request, const struct list *list,
                  struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!incoming) return true;
  struct arrival arrival = waiting_arrival(work, request, incoming, list);
  arrival.is_meant = true;
  return kind_find(list->kind)->receive(work, &arrival, decision, error);
}
