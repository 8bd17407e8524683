/* Moving: a mail that came to the front door goes to where it belongs, as if it had been sent there. Called
 * by correct.c and people.c. Its row in `handled` keeps what it was taken for before, and a line tells its
 * sender where it went; a reply to that moves it again. */
#include "lists/frontdoor/move.h"

#include "lists/addresses/reply_address.h"
#include "lists/comprehend.h"
#include "lists/frontdoor/letters.h"
#include "lists/letters.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"
#include "lib/store/people/people.h"

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

/* The question about the mail that its sender was asked, however the mail was held then; NULL without error:
 * none is open. Caller frees. */
static struct request *question_of_sender(struct move *m, const char *address, GError **error)
{
  static const char *const purposes_asked[] = { "front_door", "front_door_ask" };
  const int64_t objects[] = { m->answering->request->object, -m->hold->mail, m->hold->id };
  GError *failed = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(purposes_asked) * G_N_ELEMENTS(objects) && !failed; i++) {
    g_autoptr(GPtrArray) open =
        requests_about(m->work->store, purposes_asked[i % 2], objects[i / 2], &failed);
    for (guint k = 0; open && k < open->len; k++) {
      const struct request *request = open->pdata[k];
      if (strcmp(request->address, address) == 0) return request_get(m->work->store, request->id, error);
    }
  }
  if (failed) g_propagate_error(error, failed);
  return NULL;
}

/* People moved the mail: its sender reads where it is now, and may correct that. */
static bool tell_sender(struct move *m, struct value *values, GError **error)
{
  GError *failed = NULL;
  const struct mail *mail = m->incoming->mail;
  g_autofree char *address = address_normalise(mail->from.address);
  if (!address || !mail->auth.is_authenticated) return true;
  g_autoptr(request_t) request = question_of_sender(m, address, &failed);
  int64_t person = failed ? 0 : person_find(m->work->store, address, &failed);
  if (fault_hand_on(failed, error)) return false;
  value_set_text(values, "subject", *m->hold->subject ? m->hold->subject : NULL);
  value_set_flag(values, "by_people", true);
  value_set_flag(values, "can_correct", request != NULL);
  return letters_send(m->work,
                      &(struct letter_out){ .purpose = "front_door_moved",
                                            .list = m->answer->list,
                                            .address = address,
                                            .person = person,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .request = request ? request->id : 0 },
                      error);
}

/* Tells where it went now; another reply may correct it again. */
bool move_tell(struct move *m, const struct sort *sort, const struct list *group, GError **error)
{
  const struct request *request = m->answering->request;
  bool is_by_people = frontdoor_is_by_people(request);
  g_autoptr(value_t) values = value_new();
  sort_set_flags(values, sort);
  value_set_flag(values, "people", sort == NULL);
  value_set_text(values, "title", group ? group->title : NULL);
  g_autofree char *subject = NULL;
  if (!move_subject(m, &subject, error)) return false;
  value_set_text(values, "subject", subject);
  bool is_told = is_by_people && !sort; /* whoever gives it to people is one of them */
  if (!is_told && !requests_tell(m->work, m->answer, request, "front_door_moved", values, true, error))
    return false;
  return !is_by_people || tell_sender(m, values, error);
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
