/* Who writes to the address of whoever asked? The address proves nothing: letters get forwarded. So a mail
 * counts when our MTA vouches for one of the person's own addresses; else whoever asked is asked whether it
 * is theirs, and nothing happens before their yes. */
#include "lists/cases/case.h"

#include "lists/holding.h"
#include "lists/list_cache.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/senders.h"

#include "lib/base/fault.h"
#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { EXCERPT = 300 };

/* Is it from the party's address, or another of that person's? */
static bool is_theirs(struct work *work, const struct sender *sender, const struct case_party *party,
                      bool *is_it, GError **error)
{
  int64_t person = party->person;
  *is_it = sender->address && strcmp(sender->address, party->address) == 0;
  if (*is_it || !person || !sender->person) return true;
  if (!person_now(work->store, &person, error)) return false;
  *is_it = person == sender->person;
  return true;
}

/* Whoever asked is asked whether they wrote it; what cannot be asked waits for people. */
static bool ask_for_proof(struct work *work, const struct arrival *arrival,
                          const struct case_writing *writing, const char *other, struct decision *decision,
                          GError **error)
{
  const struct case_party *party = writing->party;
  g_autofree char *details = waiting_details(arrival), *number = casefile_name(writing->it);
  g_autofree char *more = g_strdup_printf("%s\nparty=%" G_GINT64_FORMAT, details, party->id);
  const char *text = arrival->mail->text_new;
  g_autofree char *excerpt = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), EXCERPT));
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "number", number);
  value_set_text(values, "title", writing->it->title);
  value_set_text(values, "answer", *excerpt ? excerpt : NULL);
  value_set_text(values, "other", other);
  bool asked = false;
  if (!requests_ask(work,
                    &(struct question_out){ .purpose = "case_proof",
                                            .list = list_cache_by_id(work->lists, writing->it->list),
                                            .person = party->person,
                                            .address = party->address,
                                            .object = arrival->mail_id,
                                            .details = more,
                                            .values = values,
                                            .is_unauthenticated = writing->is_unasked &&
                                                                  !arrival->mail->auth.is_authenticated },
                    &asked, error))
    return false;
  if (!asked) return holding_put(work, arrival, "unauthenticated", NULL, decision, error);
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, "It is not proven who wrote to a case; whoever asked is asked.");
  return true;
}

bool case_resident_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                         struct decision *decision, GError **error)
{
  struct sender sender = { 0 };
  bool is_own = false;
  if (!sender_find(work, arrival->mail, 0, &sender, error)) return false;
  bool is_done = is_theirs(work, &sender, writing->party, &is_own, error), is_clerk = false;
  if (is_done && !is_own && !arrival->is_released)
    is_done = case_clerk_at_resident(work, arrival, writing->it, decision, &is_clerk, error);
  bool is_proven = arrival->is_released || (is_own && arrival->mail->auth.is_authenticated);
  if (is_done && !is_clerk)
    is_done = is_proven
                  ? case_resident_take(work, arrival, writing, decision, error)
                  : ask_for_proof(work, arrival, writing, is_own ? NULL : sender.address, decision, error);
  sender_clear(&sender);
  return is_done;
}

/* Their yes takes up the mail that waits, read anew from the store. */
static bool take_up(struct work *work, const struct arrival *confirmation, const struct request *request,
                    struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autofree char *number = request_detail(request, "party");
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  g_autoptr(case_party_t) party =
      failed || !number ? NULL : case_party_get(work->store, g_ascii_strtoll(number, NULL, 10), &failed);
  g_autoptr(casefile_t) it = party ? casefile_get(work->store, party->casefile, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!incoming || !it) return true;
  struct arrival arrival = waiting_arrival(work, request, incoming, confirmation->list);
  struct case_writing writing = { it, party, false };
  return case_resident_take(work, &arrival, &writing, decision, error);
}

bool case_proof_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason, is_yes ? "Whoever asked confirms what came to their case."
                                           : "Whoever asked disowns what came to their case.");
  return !is_yes || take_up(work, arrival, answering->request, decision, error);
}
