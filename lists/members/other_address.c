/* A post from an address that we do not know may be a member's, written from somewhere else. The letter that
 * says that it waits asks for the address of the membership; whoever answers with one makes us ask there
 * whether the new address is theirs, too (own_address.c). Their yes adds it and takes the post up.
 *
 * Whether somebody is a member there is not told: the answer names the address and says the same of all. */
#include "lists/members/other_address.h"

#include "lists/forward.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/named_addresses.h"
#include "lists/moderation/moderation.h"
#include "lists/notices.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/understand/understand.h"

#include "lib/store/mails.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { THANKS_WORDS = 6 };

bool hold_notice_send(struct work *work, const struct arrival *arrival, const struct sender *sender,
                      GError **error)
{
  const struct mail *mail = arrival->mail;
  if (!sender->address || !mail->auth.is_authenticated) return true;
  bool may = false;
  if (!notices_may(work, "hold_notice", sender->address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", mail->subject);
  g_autofree char *waiting = waiting_details(arrival);
  g_autofree char *line = g_strdelimit(g_strdup(mail->subject ? mail->subject : ""), "\r\n", ' ');
  g_autofree char *details = g_strdup_printf("subject=%s\n%s", line, waiting);
  return requests_ask(work,
                      &(struct question_out){ .purpose = "hold_notice",
                                              .list = arrival->list,
                                              .person = sender->person,
                                              .address = sender->address,
                                              .object = arrival->mail_id,
                                              .details = details,
                                              .values = values,
                                              .in_reply_to = mail->message_id,
                                              .is_answer = true },
                      NULL, error);
}

/* Asks whoever is a member with the address, where their mails go. */
static bool ask_there(struct work *work, const struct request *request, const char *address, GError **error)
{
  struct member *found = NULL;
  if (!sender_membership(work, request->list, address, &found, error)) return false;
  g_autoptr(member_t) member = found;
  bool is_other = member && strcmp(member->state, "active") == 0 && member->person != request->person;
  if (!is_other) return true;
  g_autofree char *known = person_address(work->store, member->person, error);
  if (!known) return false;
  g_autofree char *mail = request_detail(request, "mail"), *recipient = request_detail(request, "recipient");
  g_autofree char *subject = request_detail(request, "subject");
  g_autofree char *details = g_strdup_printf("other=%s\nmail=%s\nrecipient=%s\n", request->address,
                                             mail ? mail : "", recipient ? recipient : "");
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "other", request->address);
  value_set_text(values, "subject", subject && *subject ? subject : NULL);
  value_set_flag(values, "post", true);
  return requests_ask(work,
                      &(struct question_out){ .purpose = "address",
                                              .list = list_cache_by_id(work->lists, request->list),
                                              .person = member->person,
                                              .address = known,
                                              .details = details,
                                              .values = values },
                      NULL, error);
}

/* The same to all, once a day and address. */
static bool tell(struct work *work, const struct arrival *arrival, const struct request *request,
                 const char *address, GError **error)
{
  g_autofree char *purpose = g_strconcat("hold_address ", address, NULL);
  bool may = false;
  if (!notices_may(work, purpose, request->address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "address", address);
  return requests_tell(work, arrival, request, "hold_address", values, true, error);
}

bool hold_notice_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                        struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  const struct passage *passage = arrival->understanding->passage;
  g_autoptr(GPtrArray) named = named_addresses(work, request->address, arrival->mail->text_new);
  const char *address = named->len ? named->pdata[0] : NULL;
  if (!address &&
      (passage_words(passage, 0, passage->lexemes->count) > THANKS_WORDS || passage_asks(passage)))
    return forward_to_admin(work, arrival, decision, error);
  decision->outcome = address ? OUTCOME_ANSWERED : OUTCOME_FILED;
  g_string_assign(decision->reason,
                  address
                      ? "Whoever wrote from an unknown address names that of a membership; it is asked there."
                      : "It answers that a post waits, and names no address.");
  return !address ||
         (ask_there(work, request, address, error) && tell(work, arrival, request, address, error));
}

/* What is held of the mail for the address it came to; 0: nothing any more. */
static bool find_hold(struct work *work, int64_t mail, const char *recipient, int64_t *hold, GError **error)
{
  g_autoptr(GPtrArray) holds = holds_of_mail(work->store, mail, error);
  *hold = 0;
  for (guint i = 0; holds && i < holds->len; i++) {
    const struct hold *it = g_ptr_array_index(holds, i);
    if (strcmp(it->recipient, recipient) == 0) *hold = it->id;
  }
  return holds != NULL;
}

bool hold_notice_take_up(struct work *work, const struct request *request, struct arrival *waiting,
                         struct decision *decision, GError **error)
{
  int64_t hold = 0;
  waiting->list = list_cache_by_id(work->lists, request->list);
  if (!waiting->list || !find_hold(work, waiting->mail_id, waiting->recipient, &hold, error))
    return !waiting->list;
  if (!hold) return true; /* a moderator was faster */
  return settle_requests(work, "moderate", hold, 0, "", error) && hold_remove(work->store, hold, error) &&
         kind_find(waiting->list->kind)->receive(work, waiting, decision, error);
}
