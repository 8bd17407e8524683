/* Proof: an answer that came from elsewhere, or that nobody vouches for, is confirmed by whom we asked, in a
 * mail of its own to where we know them. A yes takes up the answer that waits, read anew from the store. */
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"

#include "lists/list_cache.h"

#include "lib/base/fault.h"

#include <string.h>

/* What the waiting answer says is done now. What is kept of it as proof is the mail that confirms it. */
static bool take_up(struct work *work, const struct arrival *yes, const struct request *proof,
                    const struct request *asked, struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, proof, &failed);
  if (fault_hand_on(failed, error)) return false;
  const struct purpose *purpose = purpose_find(asked->purpose);
  if (!incoming || !purpose) return true;
  struct arrival arrival = waiting_arrival(work, proof, incoming, list_cache_by_id(work->lists, asked->list));
  if (!arrival.understanding) return true;
  arrival.confirmed_by = yes->mail->message_id;
  struct answering answering = { .request = asked,
                                 .purpose = purpose,
                                 .sender = asked->person,
                                 .is_own_address = true,
                                 .is_confirmed_late = true };
  return purpose->decide(work, &arrival, &answering, decision, error);
}

bool proof_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                  struct decision *decision, GError **error)
{
  bool is_yes = answer_is_yes(arrival, answering);
  if (!requests_end(work, arrival, answering->request, is_yes ? "yes" : "no", error)) return false;
  g_string_assign(decision->reason,
                  is_yes ? "Whom we asked confirms the answer." : "Whom we asked disowns the answer.");
  if (!is_yes) return true;
  g_autoptr(request_t) asked = request_get(work->store, answering->request->object, error);
  if (!asked) return error == NULL || *error == NULL;
  const struct purpose *purpose = purpose_find(asked->purpose);
  bool is_open = strcmp(asked->state, "open") == 0;
  if (!is_open) return !purpose || !purpose->closed || purpose->closed(work, arrival, asked, error);
  return take_up(work, arrival, answering->request, asked, decision, error);
}
