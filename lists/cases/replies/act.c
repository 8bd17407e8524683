/* What becomes of a reply that somebody who may answer sent: the order of these questions is the policy. Who
 * is responsible comes first, because it tells nobody anything (but for an answer that is taken back); then
 * what is marked as internal; then what has to be asked about; then the answer. What waited for an answer of
 * the office's is read anew and goes the same way. */
#include "lists/cases/replies/reply.h"
#include "lists/cases/replies/take_back/take_back.h"

#include "lists/list_cache.h"
#include "lists/requests/waiting.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/mail/read.h"

#include <string.h>

bool reply_is_former(const struct case_reply *reply)
{
  const struct case_party *party = reply->party;
  return party->gone && party->casefile == reply->it->id && reply->office &&
         reply->office->id == party->office && reply->it->office != party->office;
}

/* Only who is asked hands a case on, the coordinator, and the admin. */
static bool may_route(const struct case_reply *reply)
{
  const struct office *office = reply->office;
  return reply->is_by_admin || !office || !reply->it->office || office->is_coordinator ||
         office->id == reply->it->office;
}

/* A mail, or one that the office has confirmed to be its own: it may take an answer back. Where its seal is
 * wrong, its author says first that it is theirs. */
static bool may_take_back(const struct case_reply *reply)
{
  if (!reply->asked) return !reply->is_seal_wrong;
  return reply->is_sure && (strcmp(reply->asked->purpose, "official") == 0 || reply->is_seal_wrong);
}

/* An answer is to be taken back by a mail whose seal is wrong. */
static bool is_doubtful_take_back(const struct case_reply *reply)
{
  g_auto(take_back_t) wish = { 0 };
  if (!reply->is_seal_wrong || reply->is_sure || reply->asked) return false;
  take_back_read(reply->reading.said, reply->arrival->mail->subject, &wish);
  return wish.kind != TAKE_NOTHING;
}

bool reply_act(struct case_reply *reply, GError **error)
{
  bool is_taken = false;
  if (!reply_read(reply, error)) return false;
  const struct reply_reading *reading = &reply->reading;
  bool is_several = reply_is_several(reply);
  if (reply_is_robot(reply) && !reply->is_sure)
    return reply_keep(reply, "internal", "A program of the office's has only got it; that is no answer.",
                      error);
  if (may_take_back(reply) && !reply_take_back(reply, &is_taken, error)) return false;
  if (is_taken) return true;
  if (is_doubtful_take_back(reply)) {
    if (!*reading->text) reply_set(&reply->reading.text, reading->said); /* they see what it wants */
    return reply_ask_author(reply, error);
  }
  reply->decision->outcome = OUTCOME_ANSWERED;
  if (reply->is_again || reading->is_unmet) return reply_ask_again(reply, error);
  if (reading->route && !is_several && !may_route(reply))
    return reply_keep(reply, "internal", "An office that is not asked says who is responsible.", error);
  if (reading->route && !is_several) return reply_route(reply, error);
  if (reading->is_internal && !reply->is_sure)
    return reply_keep(reply, "internal", "The office marks it as internal; it stays here.", error);
  if (!reply_agrees_to_own(reply, &is_taken, error)) return false;
  if (is_taken) {
    g_string_assign(reply->decision->reason, "Who wrote a draft cannot agree to it; a colleague does.");
    return true;
  }
  bool says_nothing = !*reading->text && !reading->state && !reading->is_paper;
  if (says_nothing && !is_several) return reply_ask_for_words(reply, error);
  if (!reply->office) return reply_ask_for_words(reply, error);
  if (reply->is_private) return is_several ? reply_ask_for_words(reply, error) : reply_publish(reply, error);
  bool is_doubtful =
      reading->is_unsure || reply->is_unasked || reply->is_seal_wrong || (reading->other && !is_several);
  if ((is_doubtful && !reply->is_sure) || reading->was_private) return reply_ask_author(reply, error);
  if ((reading->is_draft || reply->office->four_eyes) && !reply->is_agreed)
    return reply_ask_colleague(reply, error);
  if (reading->is_repeated && !is_several)
    return reply_keep(reply, "internal", "It is the answer that was published last, sent once more.", error);
  return is_several ? reply_rows(reply, error) : reply_publish(reply, error);
}

/* The case that a waiting reply is for, and the address that it came to. */
static bool find_case(struct work *work, const struct arrival *arrival, const struct request *request,
                      struct casefile **it, struct case_party **party, GError **error)
{
  GError *failed = NULL;
  g_autofree char *number = request_detail(request, "case");
  *it = casefile_get(work->store, number ? g_ascii_strtoll(number, NULL, 10) : 0, &failed);
  bool is_reply = arrival->target.meaning == ADDRESS_TOKEN && arrival->target.token.purpose == TOKEN_CASE;
  *party = failed || !is_reply ? NULL : case_party_get(work->store, arrival->target.token.person, &failed);
  bool is_offices = *party && strcmp((*party)->role, "office") == 0;
  g_autoptr(GPtrArray) offices =
      !failed && *it && !is_offices ? case_parties(work->store, (*it)->id, "office", &failed) : NULL;
  if (offices && offices->len) { /* the mail only named the number, or came to who asked */
    case_party_free(*party);
    *party = g_ptr_array_steal_index(offices, 0);
  }
  return !fault_hand_on(failed, error);
}

static bool act_again(struct work *work, const struct arrival *arrival, const struct request *request,
                      const struct waiting_reply *how, struct decision *decision, GError **error)
{
  g_autoptr(casefile_t) own = NULL;
  g_autoptr(case_party_t) party = NULL;
  if (!find_case(work, arrival, request, &own, &party, error)) return false;
  g_autofree char *office = request_detail(request, "office");
  int64_t id = office ? g_ascii_strtoll(office, NULL, 10) : 0;
  g_autofree char *author = address_normalise(arrival->mail->from.address);
  g_autofree char *by_admin = request_detail(request, "by_admin");
  g_autofree char *kept = request_detail(request, "words");
  g_autofree char *words = kept ? g_strcompress(kept) : NULL;
  struct case_reply reply = { .work = work,
                              .arrival = arrival,
                              .it = how->other ? how->other : own,
                              .party = party,
                              .decision = decision,
                              .author = author,
                              .is_by_admin = by_admin != NULL,
                              .is_sure = how->is_sure,
                              .is_agreed = how->is_agreed,
                              .redact = how->redact,
                              .words = how->words ? how->words : words,
                              .asked = request,
                              .is_again = how->is_again || how->words };
  if (!own || !party) return true;
  GError *failed = NULL;
  reply.office = id ? office_get(work->store, id, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  struct reply_seal sealed = { 0 };
  reply_unseal(&reply, &sealed);
  bool is_done = how->instead ? reply_read(&reply, error) && how->instead(&reply, request, error)
                              : reply_act(&reply, error);
  case_reply_clear(&reply);
  reply_seal_clear(&sealed);
  return is_done;
}

bool reply_take_up(struct work *work, const struct request *request, const struct waiting_reply *how,
                   struct decision *decision, GError **error)
{
  GError *failed = NULL;
  g_autoptr(incoming_t) incoming = waiting_read(work, request, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!incoming) return true;
  struct arrival waiting =
      waiting_arrival(work, request, incoming, list_cache_by_id(work->lists, request->list));
  return act_again(work, &waiting, request, how, decision, error);
}
