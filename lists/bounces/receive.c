/* Reports at bounce addresses, and what the MTA refused itself. The signed address says which letter and
 * which person; the report's body only says what for. Where one envelope went to many, nobody is named by the
 * address: then the report's words may only raise a suspicion, and the next letter to many goes to that
 * member in an envelope of its own, whose bounce counts. */
#include "lists/bounces/inside.h"
#include "lists/cases/cases.h"
#include "lists/mediation/mediation.h"

#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/people/people.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 3600, SUSPICION_DAYS = 30, LOOKED_AT = 20, FAILURES_AT_ONCE = 50, LOST_TENTHS = 5 };

/* The delivery of this letter to the person that has this address, if it went to that very address. */
bool delivery_find_by_address(struct work *work, const struct letter *letter, const char *text,
                              struct delivery **delivery, GError **error)
{
  GError *failed = NULL;
  *delivery = NULL;
  g_autofree char *address = address_normalise(text);
  int64_t person = address ? person_find(work->store, address, &failed) : 0;
  if (person && !failed) *delivery = delivery_find(work->store, letter, person, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (*delivery && strcmp((*delivery)->address, address) != 0) g_clear_pointer(delivery, delivery_free);
  return true;
}

/* From now on the member's copies of letters to many go alone for a while. */
bool bounce_suspect(struct work *work, const struct delivery *delivery, GError **error)
{
  g_autoptr(bounce_t) bounce = bounce_get(work->store, delivery->person, delivery->address, error);
  if (!bounce) return false;
  bounce->suspect_until = work->now + (int64_t)SUSPICION_DAYS * DAY_SECONDS;
  return bounce_put(work->store, bounce, error);
}

/* One envelope went to many: whom the report names is suspected, if the letter went there. */
static bool suspect_named(struct work *work, const struct arrival *arrival, const struct letter *letter,
                          const char **reason, GError **error)
{
  const GPtrArray *bounces = arrival->mail->bounces;
  *reason = "It is about a letter to many, and tells of no member who got it.";
  struct verdict verdict = verdict_of_report(arrival->mail);
  const struct mail_bounce *first = bounces->len ? g_ptr_array_index(bounces, 0) : NULL;
  if (verdict.is_policy && first) return bounce_tell_policy(work, letter, first->address, &verdict, error);
  if (verdict.tenths == 0) return true;
  for (guint i = 0; i < bounces->len && i < LOOKED_AT; i++) {
    const struct mail_bounce *named = g_ptr_array_index(bounces, i);
    struct delivery *found = NULL;
    if (!delivery_find_by_address(work, letter, named->address, &found, error)) return false;
    g_autoptr(delivery_t) delivery = found;
    if (!delivery) continue;
    if (!bounce_suspect(work, delivery, error)) return false;
    *reason = "A letter to many came back from a member; the next one goes to them alone.";
  }
  return true;
}

/* Is it lost, or not wanted there? */
static bool counts(const struct verdict *verdict)
{
  return verdict->tenths >= LOST_TENTHS || verdict->is_policy;
}

/* Where the address takes part in a mediation its mediator should know; where it is an office's, the
 * operator, and if it takes no mail any more its cases go elsewhere. */
static bool tell_others(struct work *work, const struct letter *letter, const struct delivery *delivery,
                        const struct verdict *verdict, GError **error)
{
  if (!counts(verdict)) return true;
  if (!mediation_bounced(work, letter, delivery->address, error)) return false;
  return verdict->is_gone ? cases_mailbox_returned(work, delivery->address, verdict->status, error)
                          : bounce_tell_office(work, letter, delivery, verdict, error);
}

/* A letter to one stranger came back. */
static bool judge_stranger(struct work *work, const struct letter *letter, const struct verdict *verdict,
                           GError **error)
{
  GError *failed = NULL;
  g_autoptr(delivery_t) delivery = counts(verdict) ? delivery_find(work->store, letter, 0, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  return !delivery || tell_others(work, letter, delivery, verdict, error);
}

/* What is said about the delivery that the address names. */
static bool judge(struct work *work, const struct arrival *arrival, const struct letter *letter,
                  const char **reason, GError **error)
{
  GError *failed = NULL;
  int64_t person = arrival->target.token.person;
  g_autoptr(delivery_t) delivery = person ? delivery_find(work->store, letter, person, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (arrival->mail->report && strcmp(arrival->mail->report, "abuse") == 0) {
    /* whoever was forwarded a letter knows its address as well: only the provider speaks for its mailbox */
    bool is_theirs = delivery && complaint_is_from_provider(arrival->mail, delivery->address);
    return person || !letter->is_batch
               ? complaint_take(work, letter, is_theirs ? delivery : NULL, reason, error)
               : complaint_take_of_many(work, arrival->mail, letter, reason, error);
  }
  struct verdict verdict = verdict_of_report(arrival->mail);
  if (!person && !letter->is_batch) {
    *reason = "It is a report about a letter to somebody who is no member.";
    return judge_stranger(work, letter, &verdict, error);
  }
  if (!person) return suspect_named(work, arrival, letter, reason, error);
  if (!delivery) return true;
  if (!tell_others(work, letter, delivery, &verdict, error)) return false;
  return bounce_count(work, letter, delivery, &verdict, reason, error);
}

/* For the log: what the report says, without addresses. */
static void add_details(const struct arrival *arrival, GString *details)
{
  const struct token *token = &arrival->target.token;
  const struct mail *mail = arrival->mail;
  g_string_append_printf(details, " letter=%u person=%u", token->object, token->person);
  for (guint i = 0; i < mail->bounces->len && i < LOOKED_AT; i++) {
    const struct mail_bounce *bounce = g_ptr_array_index(mail->bounces, i);
    const char *kind = bounce->is_permanent ? "permanent" : bounce->is_policy ? "policy" : "temporary";
    g_string_append_printf(details, " bounce=%s,%s", bounce->status, kind);
  }
  if (mail->report) g_string_append_printf(details, " report=%s", mail->report);
}

bool bounces_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                     GError **error)
{
  GError *failed = NULL;
  decision->outcome = OUTCOME_FILED;
  add_details(arrival, decision->details);
  bool is_stale = arrival->target.meaning == ADDRESS_STALE_TOKEN;
  g_autoptr(letter_t) letter =
      is_stale ? NULL : letter_get(work->store, arrival->target.token.object, false, &failed);
  if (fault_hand_on(failed, error)) return false;
  const char *reason = letter ? "It is a report about a letter that did not go to this person."
                              : "It is a report about a letter of long ago.";
  if (letter && !judge(work, arrival, letter, &reason, error)) return false;
  g_string_assign(decision->reason, reason);
  return true;
}

/* Deliveries that the MTA has refused. Letters to strangers have no person to count for. */
static int judge_failures(struct work *work, GError **error)
{
  g_autoptr(GPtrArray) failures = failures_page(work->store, FAILURES_AT_ONCE, error);
  if (!failures) return -1;
  for (guint i = 0; i < failures->len; i++) {
    const struct delivery *delivery = g_ptr_array_index(failures, i);
    g_autoptr(letter_t) letter = letter_get(work->store, delivery->letter, false, error);
    if (!letter) return -1;
    struct verdict verdict = verdict_of_reply(delivery->reply);
    const char *reason = NULL;
    if (!tell_others(work, letter, delivery, &verdict, error)) return -1;
    if (delivery->person && !bounce_count(work, letter, delivery, &verdict, &reason, error)) return -1;
    if (!failure_remove(work->store, delivery->letter, delivery->number, error)) return -1;
  }
  return (int)failures->len;
}

/* Addresses whose time has come. */
static int take_steps(struct work *work, GError **error)
{
  enum { STEPS_AT_ONCE = 20 };
  g_autoptr(GPtrArray) due = bounces_due(work->store, work->now, STEPS_AT_ONCE, error);
  if (!due) return -1;
  for (guint i = 0; i < due->len; i++)
    if (!still_there_step(work, g_ptr_array_index(due, i), error)) return -1;
  return (int)due->len;
}

int bounces_tick(struct work *work, GError **error)
{
  int judged = judge_failures(work, error);
  int stepped = judged < 0 ? -1 : take_steps(work, error);
  return stepped < 0 ? -1 : judged + stepped;
}
