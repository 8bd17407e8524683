/* A mail to the mediation's own address: somebody asks for help, in words of their own. Whoever asks is told
 * at once what happens next and who reads it; the mediators are asked. Where nobody vouches for the sender,
 * their reply to a letter of ours comes first: nobody is drawn into a quarrel in another's name. */
#include "lists/mediation/inside.h"

#include "lists/holding.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/mails.h"

#include <string.h>

enum { AT_A_TIME = 3 };

bool mediation_note(struct work *work, const struct arrival *arrival, GError **error)
{
  bool is_ours = arrival->list && strcmp(arrival->list->kind, "mediation") == 0;
  return !is_ours || mediation_mail_note(work->store, arrival->mail_id, work->now, error);
}

/* Puts whoever asks into their seat. */
static bool seat_requester(struct work *work, int64_t id, const struct mail *mail, const char *address,
                           int64_t person, GError **error)
{
  g_autofree char *name = mediation_name(work, person, mail_actor(mail)->name, false, error);
  return name &&
         mediation_seat_put(
             work->store, id, ROLE_REQUESTER,
             &(struct mediation_seat){ .person = person, .address = (char *)address, .name = name }, error);
}

/* The letter that says what happens next. An answer to it reaches the mediator, and the mediator alone. */
static bool acknowledge(struct work *work, const struct mediation *mediation, const struct mail *mail,
                        GError **error)
{
  int64_t way = mediation_way(work, mediation, ROLE_REQUESTER, ROLE_MEDIATOR, error);
  if (!way) return false;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *mail->subject ? mail->subject : NULL);
  return mediation_tell(work,
                        &(struct mediation_letter){ .mediation = mediation,
                                                    .to = ROLE_REQUESTER,
                                                    .purpose = "mediation_received",
                                                    .values = values,
                                                    .in_reply_to = mail->message_id,
                                                    .request = way },
                        error);
}

/* A mediation begins. */
static bool begin(struct work *work, const struct list *list, const struct mail *mail, int64_t mail_id,
                  const char *address, int64_t person, struct decision *decision, GError **error)
{
  int64_t id = mediation_put(work->store, list->id, work->now, error);
  if (!id || !mediation_mail_put(work->store, id, mail_id, work->now, error) ||
      !seat_requester(work, id, mail, address, person, error))
    return false;
  g_autoptr(mediation_t) mediation = mediation_get(work->store, id, error);
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, "Somebody asks for mediation; the mediators are asked.");
  g_string_append_printf(decision->details, " mediation=%" G_GINT64_FORMAT, id);
  return mediation && acknowledge(work, mediation, mail, error) &&
         mediation_ask(work, mediation, mail, error);
}

/* Nobody vouches for the sender: did they write this? */
static bool ask_sender(struct work *work, const struct arrival *arrival, const struct sender *sender,
                       struct decision *decision, GError **error)
{
  const struct mail *mail = arrival->mail;
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, "It is not proven who asks for mediation; they are asked to confirm it.");
  g_autofree char *details = waiting_details(arrival);
  g_autoptr(value_t) values = value_new();
  return requests_ask(work,
                      &(struct question_out){ .purpose = "mediation_confirm",
                                              .list = arrival->list,
                                              .person = sender->person,
                                              .address = sender->address,
                                              .object = arrival->mail_id,
                                              .details = details,
                                              .values = values,
                                              .in_reply_to = mail->message_id,
                                              .is_answer = true,
                                              .is_unauthenticated = true },
                      NULL, error);
}

/* How many mediations somebody has asked for that still run; -1 on error. */
static int running_of(struct work *work, const char *address, GError **error)
{
  int count = 0;
  g_autoptr(GPtrArray) all = mediations_of_address(work->store, address, error);
  if (!all) return -1;
  for (guint i = 0; i < all->len; i++) {
    const struct mediation *row = g_ptr_array_index(all, i);
    g_autoptr(mediation_t) mediation = mediation_get(work->store, row->id, error);
    if (!mediation) return -1;
    count += mediation_role_of(mediation, address) == ROLE_REQUESTER;
  }
  return count;
}

/* Begins one, unless the same person has several that still run: then a sentence says so. */
static bool begin_within_bounds(struct work *work, const struct list *list, const struct mail *mail,
                                int64_t mail_id, const char *address, int64_t person,
                                struct decision *decision, GError **error)
{
  int running = running_of(work, address, error);
  if (running < 0) return false;
  if (running < AT_A_TIME) return begin(work, list, mail, mail_id, address, person, decision, error);
  decision->outcome = OUTCOME_REFUSED;
  g_string_assign(decision->reason, "Its sender has asked for several mediations that still run.");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", *mail->subject ? mail->subject : NULL);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "mediation_many",
                                            .list = list,
                                            .address = address,
                                            .person = person,
                                            .values = values,
                                            .in_reply_to = mail->message_id,
                                            .is_answer = true },
                      error);
}

/* No sender, or one of our own addresses: nobody can be answered. */
static bool is_nobody(const struct work *work, const struct sender *sender)
{
  return !sender->address || strpbrk(sender->address, "\r\n") ||
         addresses_look_up(work->book, work->keys, sender->address, work->now).meaning != ADDRESS_UNKNOWN;
}

bool mediation_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                       GError **error)
{
  const struct mail *mail = arrival->mail;
  struct sender sender;
  if (!sender_find(work, mail, 0, &sender, error)) return false;
  bool is_done;
  if (is_nobody(work, &sender)) {
    decision->outcome = OUTCOME_FILED;
    g_string_assign(decision->reason, "It names no sender that could be answered.");
    is_done = true;
  } else if (mail->is_suspect && !arrival->is_released) {
    is_done = holding_put(work, arrival, "suspect", NULL, decision, error);
  } else if (!mail->auth.is_authenticated) {
    is_done = ask_sender(work, arrival, &sender, decision, error);
  } else {
    is_done = begin_within_bounds(work, arrival->list, mail, arrival->mail_id, sender.address, sender.person,
                                  decision, error);
  }
  sender_clear(&sender);
  return is_done;
}

bool mediation_confirm_decide(struct work *work, const struct arrival *arrival,
                              const struct answering *answering, struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct list *list = list_cache_by_id(work->lists, request->list);
  bool is_yes = list && answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason, "Whom we asked did not ask for mediation.");
  if (!is_yes) return true;
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  return !incoming || begin_within_bounds(work, list, incoming->mail, request->object, request->address,
                                          request->person, decision, error);
}
