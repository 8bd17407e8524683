/* "War das von Ihnen?" A mail in a member's name that nothing proves to be theirs is posted only once that
 * member says so, by an answer to a letter that went to the address on file: the token in that answer is what
 * whoever forged the From cannot have. A no, or seven days of silence, and it goes nowhere. After a yes,
 * mails of the same address for which the same domain passed (mail_auth.evidence) are not asked about again;
 * what anybody can write into a mail is no evidence.
 *
 * The answer need not be authenticated: members whose providers sign nothing could never post otherwise. */
#include "lists/groups/groups.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/store/people/vouched.h"

bool unproven_ask(struct work *work, const struct arrival *arrival, const struct member *member, bool *asked,
                  GError **error)
{
  g_autofree char *details = waiting_details(arrival);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "subject", arrival->mail->subject);
  value_set_flag(values, "public", arrival->list->archive_public);
  return requests_ask(work,
                      &(struct question_out){ .purpose = "unproven",
                                              .list = arrival->list,
                                              .person = member->person,
                                              .address = member->address,
                                              .object = arrival->mail_id,
                                              .details = details,
                                              .values = values,
                                              .in_reply_to = arrival->mail->message_id,
                                              .is_answer = true,
                                              .is_unauthenticated = true },
                      asked, error);
}

/* What passed for this mail will do for the next one of its From. */
static bool remember(struct work *work, const struct mail *mail, GError **error)
{
  struct sender sender;
  if (!mail->auth.evidence) return true;
  if (!sender_find(work, mail, 0, &sender, error)) return false;
  bool is_done =
      !sender.address || vouched_put(work->store, sender.address, mail->auth.evidence, work->now, error);
  sender_clear(&sender);
  return is_done;
}

/* Posts the mail that waits, by the same rules as any other post. */
static bool post_it(struct work *work, const struct request *request, const struct list *list,
                    struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!incoming) return true;
  struct arrival arrival = waiting_arrival(work, request, incoming, list);
  arrival.is_vouched = true;
  return remember(work, incoming->mail, error) &&
         kind_find(list->kind)->receive(work, &arrival, decision, error);
}

bool unproven_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                     struct decision *decision, GError **error)
{
  const struct list *list = list_cache_by_id(work->lists, answering->request->list);
  bool is_yes = list && answer_is_yes(arrival, answering);
  g_string_assign(decision->reason, is_yes ? "The member says that they wrote it."
                                           : "The member says that they did not write it; it goes nowhere.");
  return requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error) &&
         (!is_yes || post_it(work, answering->request, list, decision, error));
}
