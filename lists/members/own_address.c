/* Several addresses a person: people read at work, at home and on the phone, and answer from where they are.
 * An answer to a letter of ours that names a person, sent by an address that we do not know as theirs, makes
 * us ask: "Ist das auch Ihre Adresse?". The question goes to where we know them, and only their yes from
 * there counts.
 *
 * Two proofs are needed, since what is given away is everything a member may do: our MTA vouches for the new
 * address (a From alone would let anybody name a victim's), and the person vouches for it where we know them
 * (a letter that was forwarded would let its reader in), with a word that says yes: "Wer ist das?" is an
 * answer, too. The address of somebody we know already makes the two of them one. A post that waits is
 * learned from as well: other_address.c. */
#include "lists/members/own_address.h"

#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/members/members.h"
#include "lists/members/other_address.h"
#include "lists/requests/purposes.h"
#include "lists/requests/waiting.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"
#include "lib/store/outbox.h"
#include "lib/store/people/people.h"

#include <string.h>

/* A request about an address is not answered from a third one, or there would be no end of asking. */
static bool is_about_address(struct work *work, const struct token *token, bool *is_it, GError **error)
{
  *is_it = false;
  if (token->purpose != TOKEN_REQUEST) return true;
  GError *failed = NULL;
  g_autoptr(request_t) request = request_get(work->store, token->object, &failed);
  *is_it = request && (strcmp(request->purpose, "address") == 0 || strcmp(request->purpose, "proof") == 0);
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

/* Was our address made for one person, and did a human write whom our MTA knows? */
static bool is_personal(const struct arrival *arrival)
{
  const struct token *token = &arrival->target.token;
  return arrival->target.meaning == ADDRESS_TOKEN && token->person != 0 &&
         (token->purpose == TOKEN_REQUEST || token->purpose == TOKEN_LETTER ||
          token->purpose == TOKEN_LEAVE) &&
         arrival->mail->robot == MAIL_HUMAN && arrival->mail->auth.is_authenticated &&
         !*arrival->mail->resent_from.address;
}

/* Asks at the address on file. What came from the new one waits with the question. */
static bool ask(struct work *work, const struct arrival *arrival, int64_t person, const char *other,
                bool waits, GError **error)
{
  GError *failed = NULL;
  g_autofree char *known = person_address(work->store, person, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!known) return true;
  g_autofree char *waiting = waits ? waiting_details(arrival) : g_strdup("");
  g_autofree char *details = g_strdup_printf("other=%s\n%s\n", other, waiting);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "other", other);
  value_set_flag(values, "waits", waits);
  return requests_ask(
      work,
      &(struct question_out){
          .purpose = "address", .person = person, .address = known, .details = details, .values = values },
      NULL, error);
}

/* The address that an arrival came from, where it is none of the person's that our address was made for;
 * NULL: there is nothing to ask. Caller frees. */
static bool find_other(struct work *work, const struct arrival *arrival, char **found, int64_t *person,
                       GError **error)
{
  *found = NULL;
  if (!is_personal(arrival)) return true;
  bool is_asked_already = false;
  if (!is_about_address(work, &arrival->target.token, &is_asked_already, error)) return false;
  g_autofree char *other = address_normalise(mail_actor(arrival->mail)->address);
  bool is_ours =
      other && addresses_look_up(work->book, work->keys, other, work->now).meaning != ADDRESS_UNKNOWN;
  if (is_asked_already || !other || is_ours || strpbrk(other, "\r\n")) return true;
  *person = arrival->target.token.person;
  if (!person_now(work->store, person, error)) return false;
  GError *failed = NULL;
  int64_t owner = person_find(work->store, other, &failed);
  if (fault_hand_on(failed, error)) return false;
  /* a moderator who took a colleague's letter */
  if (owner && requests_context(work->store, &arrival->target) == CONTEXT_MODERATION) return true;
  if (owner != *person) *found = g_steal_pointer(&other);
  return true;
}

/* A wish in answer to a letter of ours: it is done once we know whose it is. What answers a question, or a
 * mail that we passed on, has ways of its own. */
static bool is_wish(struct work *work, const struct arrival *arrival)
{
  if (settings_is_answer(work->store, &arrival->target)) return true;
  if (arrival->target.token.purpose != TOKEN_LETTER || !arrival->understanding) return false;
  g_autoptr(letter_t) letter = letter_get(work->store, arrival->target.token.object, false, NULL);
  enum intent intent = arrival->understanding->meaning->intent;
  return letter && !letter->mail && (intent == INTENT_SETTINGS || intent == INTENT_LEAVE);
}

bool own_address_ask(struct work *work, const struct arrival *arrival, GError **error)
{
  g_autofree char *other = NULL;
  int64_t person = 0;
  if (!find_other(work, arrival, &other, &person, error)) return false;
  return !other || ask(work, arrival, person, other, is_wish(work, arrival), error);
}

bool own_address_waits(struct work *work, const struct arrival *arrival, bool *waits, GError **error)
{
  g_autofree char *other = NULL;
  int64_t person = 0;
  *waits = false;
  if (!find_other(work, arrival, &other, &person, error)) return false;
  *waits = other && is_wish(work, arrival);
  return true;
}

/* The address is theirs now; whoever had it is the same person. */
static bool add(struct work *work, int64_t person, const char *other, GError **error)
{
  GError *failed = NULL;
  int64_t owner = person_find(work->store, other, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (owner && owner != person) return person_merge(work->store, owner, person, work->now, error);
  return person_add_address(work->store, person, other, work->now, error);
}

/* Says where mails go from now on: still to where they went. */
static bool tell(struct work *work, const struct request *request, int64_t person, const char *other,
                 const char *in_reply_to, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "other", other);
  value_set_text(values, "address", request->address);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "address_done",
                                            .address = request->address,
                                            .person = person,
                                            .values = values,
                                            .in_reply_to = in_reply_to,
                                            .is_answer = true },
                      error);
}

/* The list that an answer is about; NULL: none. */
static const struct list *list_of_answer(const struct work *work, const struct token *token)
{
  bool is_request = token->purpose == TOKEN_REQUEST;
  g_autoptr(request_t) request = is_request ? request_get(work->store, token->object, NULL) : NULL;
  g_autoptr(letter_t) letter = is_request ? NULL : letter_get(work->store, token->object, false, NULL);
  return list_cache_by_id(work->lists, request ? request->list : letter ? letter->list : 0);
}

/* What was written from the new address is done now, as if it had come a moment later. */
static bool take_up(struct work *work, const struct request *request, struct decision *decision,
                    GError **error)
{
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!incoming) return true;
  struct arrival arrival = waiting_arrival(work, request, incoming, NULL);
  bool is_taken = false;
  if (!arrival.understanding) return true;
  bool is_post = arrival.target.meaning != ADDRESS_TOKEN || arrival.target.token.purpose == TOKEN_POST;
  if (is_post) return hold_notice_take_up(work, request, &arrival, decision, error);
  arrival.list = list_of_answer(work, &arrival.target.token);
  return arrival.target.token.purpose == TOKEN_REQUEST
             ? requests_answer(work, &arrival, decision, error)
             : members_take_wish(work, &arrival, decision, &is_taken, error);
}

bool address_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                    struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  g_autofree char *other = request_detail(request, "other");
  int64_t person = request->person;
  bool is_yes = other && answer_is_yes(arrival, answering);
  g_string_assign(decision->reason, is_yes ? "The person confirms one more address of theirs."
                                           : "It is no address of the person that was asked.");
  if (!requests_end(work, arrival, request, is_yes ? "yes" : "no", error)) return false;
  if (!is_yes) return true;
  return person_now(work->store, &person, error) && add(work, person, other, error) &&
         tell(work, request, person, other, arrival->mail->message_id, error) &&
         take_up(work, request, decision, error);
}
