/* What an office answers when it was asked about a reply (ask.c). A letter of ours may have been forwarded,
 * so who answers is looked at each time: the office's own address for "is it yours", a proven one for
 * "publish it", and a proven one other than the author's for a draft. Only a plain yes publishes, with what
 * it wants left out (verdict.c); whatever is not understood is asked once more, and a no is never silent
 * where it says more than no. */
#include "lists/cases/replies/asking/verdict.h"
#include "lists/cases/replies/reply.h"

#include "lists/admin/admins.h"
#include "lists/requests/purposes.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/text/facts/answer.h"
#include "lib/text/redact/wishes.h"
#include "lib/text/template.h"

#include <string.h>

enum { REMARK_CHARACTERS = 1000 };

/* What our MTA says of who answers for the office that was asked. */
static bool proof_of(struct work *work, const struct arrival *arrival, const struct request *request,
                     enum office_proof *proof, GError **error)
{
  int64_t expected = request_number(request, "office"), office = 0;
  if (!offices_sender(work, arrival->mail, expected, proof, &office, error)) return false;
  if (office != expected) *proof = OFFICE_NONE;
  g_autofree char *from = address_normalise(arrival->mail->from.address);
  g_autofree char *configured = address_normalise(work->config->admin ? work->config->admin : "");
  bool is_admin = false, asked_admin = configured && strcmp(request->address, configured) == 0;
  if (asked_admin && !admins_has(work, from, 0, &is_admin, error)) return false;
  if (is_admin) *proof = arrival->mail->auth.is_authenticated ? OFFICE_PROVEN : OFFICE_CLAIMED;
  return true;
}

bool reply_is_proven(struct work *work, const struct arrival *arrival, const struct request *request,
                     bool *is_proven, GError **error)
{
  enum office_proof proof = OFFICE_NONE;
  if (!proof_of(work, arrival, request, &proof, error)) return false;
  *is_proven = proof == OFFICE_PROVEN;
  return true;
}

static bool say(struct decision *decision, const char *reason)
{
  g_string_assign(decision->reason, reason);
  return true;
}

/* Somebody has the letter who is not the office: it is told, nothing changes. */
static bool refuse(struct work *work, const struct arrival *arrival, const struct request *request,
                   struct decision *decision, GError **error)
{
  decision->outcome = OUTCOME_FILED;
  say(decision, "It is not proven that somebody of the office answered; nothing changes.");
  GError *failed = NULL;
  g_autofree char *author = address_normalise(arrival->mail->from.address);
  g_autoptr(casefile_t) it = casefile_get(work->store, request_number(request, "case"), &failed);
  g_autoptr(GPtrArray) parties = it ? case_parties(work->store, it->id, "office", &failed) : NULL;
  struct case_reply reply = {
    .work = work, .arrival = arrival, .it = it, .decision = decision, .author = author
  };
  if (!failed && it) reply.office = office_get(work->store, request_number(request, "office"), &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!parties || !parties->len) return true;
  reply.party = parties->pdata[0];
  bool is_done = reply_alert(&reply, error);
  case_reply_clear(&reply);
  return is_done;
}

bool reply_settle(struct work *work, const struct request *request, GError **error)
{
  g_autoptr(GPtrArray) others = requests_about(work->store, request->purpose, request->object, error);
  if (!others) return false;
  for (guint i = 0; i < others->len; i++) {
    const struct request *other = others->pdata[i];
    bool is_first = false;
    if (other->id != request->id &&
        !request_end(work->store, other->id, "settled", work->now, NULL, &is_first, error))
      return false;
  }
  return true;
}

/* A letter to who answered, about the case of the question. */
static bool tell(struct work *work, const struct arrival *arrival, const struct request *request,
                 const char *purpose, const char *address, struct value *values, GError **error)
{
  GError *failed = NULL;
  g_autoptr(casefile_t) it = casefile_get(work->store, request_number(request, "case"), &failed);
  g_autoptr(GPtrArray) parties = it ? case_parties(work->store, it->id, "office", &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!parties || !parties->len || !address || !*address) return true;
  struct case_reply reply = { .work = work, .arrival = arrival, .it = it, .party = parties->pdata[0] };
  return reply_tell(&reply, purpose, address, values, error);
}

/* A no with more words: that it stays inside is said, so that nobody waits for something else. */
static bool keep(struct work *work, const struct arrival *arrival, const struct request *request,
                 GError **error)
{
  g_autoptr(value_t) values = value_new();
  return requests_end(work, arrival, request, "no", error) &&
         tell(work, arrival, request, "case_kept", request->address, values, error);
}

/* What the office answers to a text that it was shown; `other`: the case that it says the text belongs to. */
static bool decide_text(struct work *work, const struct arrival *arrival, const struct request *request,
                        struct casefile *other, struct decision *decision, GError **error)
{
  struct verdict verdict;
  verdict_read(work, arrival, &verdict);
  enum said said = other ? SAID_YES : verdict.said;
  struct waiting_reply how = { .is_sure = said == SAID_YES,
                               .is_again = said == SAID_UNCLEAR,
                               .words = said == SAID_WORDS ? verdict.words : NULL,
                               .redact = verdict.without,
                               .other = other };
  bool is_done;
  if (said == SAID_NO || said == SAID_NO_MORE) {
    say(decision, "The office does not want it published.");
    is_done = said == SAID_NO ? requests_end(work, arrival, request, "no", error)
                              : keep(work, arrival, request, error);
  } else {
    if (said != SAID_YES || other) how.redact = NULL;
    is_done = requests_end(work, arrival, request, how.is_sure ? "yes" : "settled", error) &&
              reply_take_up(work, request, &how, decision, error);
  }
  verdict_clear(&verdict);
  return is_done;
}

bool official_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                     struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  enum office_proof proof = OFFICE_NONE;
  if (!proof_of(work, arrival, request, &proof, error)) return false;
  if (proof == OFFICE_NONE) return refuse(work, arrival, request, decision, error);
  return decide_text(work, arrival, request, NULL, decision, error);
}

/* The case that an author says a reply belongs to: another one of the same office. */
static bool find_other(struct work *work, const struct arrival *arrival, const struct request *request,
                       struct casefile **it, GError **error)
{
  g_autoptr(GPtrArray) numbers = reply_numbers_in(arrival->mail->text_new);
  *it = NULL;
  if (numbers->len != 1) return true;
  const char *number = numbers->pdata[0];
  GError *failed = NULL;
  g_autoptr(casefile_t) found =
      casefile_find(work->store, (int)g_ascii_strtoll(number + strlen("KP-"), NULL, 10),
                    (int)g_ascii_strtoll(number + strlen("KP-2026-"), NULL, 10), &failed);
  if (fault_hand_on(failed, error)) return false;
  if (found && found->office == request_number(request, "office")) *it = g_steal_pointer(&found);
  return true;
}

bool case_publish_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                         struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  enum office_proof proof = OFFICE_NONE;
  g_autoptr(casefile_t) other = NULL;
  if (!proof_of(work, arrival, request, &proof, error)) return false;
  if (proof != OFFICE_PROVEN) return refuse(work, arrival, request, decision, error);
  if (!find_other(work, arrival, request, &other, error)) return false;
  return decide_text(work, arrival, request, other, decision, error);
}

/* Who wrote a draft learns that a colleague does not agree, and why. */
static bool send_back(struct work *work, const struct arrival *arrival, const struct request *request,
                      GError **error)
{
  g_autofree char *author = request_detail(request, "author");
  const char *reason = arrival->understanding->meaning->moderation_reason;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "reason", reason && *reason ? reason : NULL);
  return tell(work, arrival, request, "case_draft_refused", author, values, error);
}

/* A colleague wants something changed: the author reads it, too. */
static bool pass_remark(struct work *work, const struct arrival *arrival, const struct request *request,
                        GError **error)
{
  g_autofree char *author = request_detail(request, "author");
  const char *text = arrival->mail->text_new;
  g_autofree char *remark = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), REMARK_CHARACTERS));
  g_autoptr(value_t) values = value_new();
  g_strstrip(remark);
  value_set_text(values, "remark", *remark ? remark : NULL);
  return !*remark || tell(work, arrival, request, "case_draft_refused", author, values, error);
}

/* "ok, aber schreiben Sie September": a wish that no program meets is no yes. */
static bool is_plain_ok(const struct arrival *arrival, bool has_more)
{
  if (has_more) return false;
  const struct meaning *meaning = arrival->understanding->meaning;
  for (guint i = 0; i < meaning->redact->len; i++)
    if (redact_wish_of(meaning->redact->pdata[i]) == REDACT_WISH_UNKNOWN) return false;
  bool has_but = answer_read(arrival->understanding->passage).has_but;
  return meaning->decision == MODERATION_APPROVE && (!has_but || meaning->redact->len > 0);
}

bool case_draft_decide(struct work *work, const struct arrival *arrival, const struct answering *answering,
                       struct decision *decision, GError **error)
{
  const struct request *request = answering->request;
  enum office_proof proof = OFFICE_NONE;
  g_autofree char *author = request_detail(request, "author");
  if (!proof_of(work, arrival, request, &proof, error)) return false;
  if (proof != OFFICE_PROVEN) return refuse(work, arrival, request, decision, error);
  bool is_author = answering->from && author && requests_is_same_mailbox(answering->from, author);
  if (is_author)
    return say(decision, "Who wrote a draft cannot agree to it; a colleague does, and they are told.") &&
           reply_tell_own_draft(work, request, error);
  if (arrival->understanding->meaning->decision == MODERATION_REJECT)
    return say(decision, "A colleague does not agree to the draft.") &&
           requests_end(work, arrival, request, "no", error) && reply_settle(work, request, error) &&
           send_back(work, arrival, request, error);
  struct waiting_reply again = { .is_again = true };
  struct verdict verdict;
  verdict_read(work, arrival, &verdict);
  bool has_more = verdict.has_more;
  verdict_clear(&verdict);
  if (!is_plain_ok(arrival, has_more))
    return requests_end(work, arrival, request, "settled", error) &&
           (!has_more || pass_remark(work, arrival, request, error)) &&
           reply_take_up(work, request, &again, decision, error);
  struct waiting_reply how = { .is_sure = true,
                               .is_agreed = true,
                               .redact = arrival->understanding->meaning->redact };
  return requests_end(work, arrival, request, "yes", error) && reply_settle(work, request, error) &&
         reply_take_up(work, request, &how, decision, error);
}
