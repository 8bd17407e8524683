/* Moving: a mail that came to the front door goes to where it belongs, as if it had been sent there. Called
 * by correct.c and people.c. Its row in `handled` keeps what it was taken for before, and a line tells its
 * sender where it went; a reply to that moves it again. */
#include "lists/frontdoor/move.h"

#include "lists/addresses/reply_address.h"
#include "lists/comprehend.h"
#include "lists/letters.h"

#include "lib/store/directory.h"
#include "lib/store/mails.h"

#include <string.h>

enum { REASON_BYTES = 600 };

/* Writes what became of the mail, behind what was known of it. */
bool move_record(struct move *m, const struct list *list, enum outcome outcome, const char *more,
                 GError **error)
{
  g_autoptr(GPtrArray) rows = handled_of(m->work->store, m->hold->mail, error);
  if (!rows) return false;
  g_autofree char *reason = g_strdup(more);
  for (guint i = 0; i < rows->len; i++) {
    const struct handled *row = g_ptr_array_index(rows, i);
    if (strcmp(row->recipient, m->hold->recipient) != 0 || strlen(row->reason) > REASON_BYTES) continue;
    g_free(reason);
    reason = g_strdup_printf("%s %s", row->reason, more);
  }
  struct handled handled = { .mail = m->hold->mail,
                             .recipient = m->hold->recipient,
                             .list = list ? list->id : 0,
                             .kind = list ? list->kind : (char *)"",
                             .outcome = (char *)outcome_word(outcome),
                             .reason = reason,
                             .at = m->work->now };
  return handled_put(m->work->store, &handled, error);
}

/* Tells where it went now; another reply may correct it again. */
bool move_tell(struct move *m, const struct sort *sort, const struct list *group, GError **error)
{
  const struct request *request = m->answering->request;
  g_autoptr(value_t) values = value_new();
  sort_set_flags(values, sort);
  value_set_flag(values, "people", sort == NULL);
  value_set_text(values, "title", group ? group->title : NULL);
  value_set_text(values, "subject", *m->hold->subject ? m->hold->subject : NULL);
  return requests_tell(m->work, m->answer, request, "front_door_moved", values, true, error);
}

/* The mail as if it had come to this list in the first place, held under its old address. */
bool move_receive_at(struct move *m, const struct list *list, GError **error)
{
  g_autofree char *address = list_address(m->work->config, list->name, NULL);
  const char *recipients[] = { address, NULL };
  g_autoptr(incoming_t) incoming =
      incoming_new(m->work->config, m->incoming->received, m->incoming->sender, recipients, m->incoming->raw);
  comprehend(m->work, incoming);
  struct arrival arrival = {
    .mail = incoming->mail,
    .raw = incoming->raw,
    .mail_id = m->hold->mail,
    .received = incoming->received,
    .envelope_sender = incoming->sender,
    .recipient = m->hold->recipient,
    .target = addresses_look_up(m->work->book, m->work->keys, address, m->work->now),
    .list = list,
    .understanding = g_ptr_array_index(incoming->understandings, 0),
  };
  struct decision decision = { .reason = g_string_new(NULL), .details = g_string_new(NULL) };
  bool is_done = kind_find(list->kind)->receive(m->work, &arrival, &decision, error);
  g_autofree char *more = g_strdup_printf("It was moved to %s. %s", list->name, decision.reason->str);
  if (is_done && decision.outcome != OUTCOME_HELD) is_done = hold_remove(m->work->store, m->hold->id, error);
  if (is_done) is_done = move_record(m, list, decision.outcome, more, error);
  g_string_append(m->decision->details, decision.details->str);
  g_string_free(decision.reason, TRUE);
  g_string_free(decision.details, TRUE);
  return is_done;
}

/* Holds the mail anew: at another list, or for people. */
bool move_hold_again(struct move *m, const struct list *list, const char *code, const char *reason,
                     GError **error)
{
  struct hold hold = *m->hold;
  hold.list = list->id;
  hold.code = (char *)code;
  hold.reason = (char *)reason;
  return hold_put(m->work->store, &hold, error) && move_record(m, list, OUTCOME_HELD, reason, error);
}
