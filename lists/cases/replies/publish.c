/* An office's answer becomes part of the case: its entry, the state and the day that it names, and it reaches
 * whoever asked and the thread that the case came from. Another office than the one asked answers in its own
 * name, and the case is its from then on. An answer that asks something back stops the clock. */
#include "lists/cases/replies/reply.h"

#include "lib/store/people/consents.h"
#include "lib/text/template.h"

#include <string.h>

void reply_set(char **text, const char *by)
{
  g_free(*text);
  *text = g_strdup(by);
}

/* Somebody who can be asked back takes part. */
static bool has_asker(struct case_reply *reply, bool *has, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(reply->work->store, reply->it->id, "", error);
  if (!parties) return false;
  *has = false;
  for (guint i = 0; i < parties->len; i++) {
    const struct case_party *party = parties->pdata[i];
    *has |= strcmp(party->role, "resident") == 0 || strcmp(party->role, "helper") == 0;
  }
  return true;
}

/* Another office answers: the case is its own now. */
static bool take_over(struct case_reply *reply, GError **error)
{
  struct casefile *it = reply->it;
  if (!reply->office || it->office == reply->office->id) return true;
  it->office = reply->office->id;
  g_autofree char *address = reply_main_address(reply);
  struct case_party party = { .casefile = it->id,
                              .role = (char *)"office",
                              .office = it->office,
                              .address = address,
                              .name = reply->office->name };
  return case_party_put(reply->work->store, &party, reply->work->now, error);
}

/* What the state is after an answer that names none: as before, since the office has said nothing of it. The
 * public reads "beantwortet". What waited for whoever asked, or for another office, does so no longer. */
static const char *state_after(const struct case_reply *reply)
{
  static const char *const waits[] = { "waiting", "not_responsible", NULL };
  if (reply->reading.state) return reply->reading.state;
  return g_strv_contains(waits, reply->it->state) ? "forwarded" : reply->it->state;
}

static bool change_case(struct case_reply *reply, bool is_waiting, GError **error)
{
  struct casefile *it = reply->it;
  const struct reply_reading *r = &reply->reading;
  struct work *work = reply->work;
  if (!take_over(reply, error)) return false;
  if (!it->answered && !is_waiting) it->answered = work->now;
  if (*r->expected) reply_set(&it->expected, r->expected);
  return case_set_state(work, it, is_waiting ? "waiting" : state_after(reply), error);
}

/* "signiert von …": the person where the office shows clerks, else the office alone. */
static const char *signed_by(const struct case_reply *reply)
{
  const struct smime_seal *seal = reply->seal;
  if (!seal) return "";
  bool shows_name = strcmp(reply->office->clerk, "name") == 0 && *seal->name;
  return shows_name ? seal->name : *seal->organisation ? seal->organisation : reply->office->name;
}

/* By plain mail the words of an encrypted answer go to nobody who has not agreed to that. */
static bool tell_private(struct case_reply *reply, const char *purpose, struct value *values,
                         const char *text, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(reply->work->store, reply->it->id, "", error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    bool has_asked = strcmp(party->role, "resident") == 0 || strcmp(party->role, "helper") == 0;
    struct consent consent = { 0 };
    if (!has_asked) continue;
    if (party->person && !consent_get(reply->work->store, party->person, &consent, error)) return false;
    value_set_text(values, "text", consent.given ? text : NULL);
    value_set_flag(values, "private", !consent.given);
    struct case_letter letter = { .purpose = purpose, .it = reply->it, .party = party, .values = values };
    if (!case_letter_send(reply->work, &letter, error)) return false;
  }
  return true;
}

static bool tell(struct case_reply *reply, const struct case_entry *entry, bool is_waiting, GError **error)
{
  const struct office *office = reply->office;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "text", *entry->text ? entry->text : NULL);
  value_set_text(values, "office", office->name);
  value_set_flag(values, "paper", reply->reading.is_paper);
  if (!*entry->text && *entry->state && !reply->is_private)
    value_set_text(values, entry->state, "1"); /* the state is the answer */
  value_set_text(values, "expected", *entry->expected ? entry->expected : NULL);
  value_set_text(values, "clerk", *entry->clerk ? entry->clerk : NULL);
  value_set_text(values, "signature", *office->signature ? office->signature : NULL);
  value_set_text(values, "signed_by", *entry->signed_by ? entry->signed_by : NULL);
  const char *purpose = is_waiting ? "case_asked" : "case_answered";
  if (reply->is_private) return tell_private(reply, purpose, values, entry->text, error);
  return case_tell_all(reply->work, reply->it, purpose, values, error);
}

bool reply_publish(struct case_reply *reply, GError **error)
{
  const struct reply_reading *r = &reply->reading;
  bool is_waiting = r->is_question && !reply_is_former(reply);
  if (is_waiting && !has_asker(reply, &is_waiting, error)) return false;
  bool is_former = reply_is_former(reply), says_state = r->state || is_waiting;
  if (!is_former && !change_case(reply, is_waiting, error)) return false;
  struct case_entry entry = { .what = (char *)"reply",
                              .office = reply->office->id,
                              .party = reply->party->casefile == reply->it->id ? reply->party->id : 0,
                              .text = r->text,
                              .state = (char *)(is_former || !says_state ? "" : reply->it->state),
                              .expected = r->expected,
                              .clerk = r->clerk,
                              .signed_by = (char *)signed_by(reply),
                              .mail = reply->arrival->mail_id,
                              .is_public = !reply->is_private };
  g_string_assign(reply->decision->reason, "It is the office's answer.");
  if (!case_note(reply->work, reply->it, &entry, error) || !tell(reply, &entry, is_waiting, error))
    return false;
  if (reply->is_private) return true;
  return reply_files(reply, &entry, error) && reply_to_thread(reply, &entry, error);
}

bool reply_keep(struct case_reply *reply, const char *what, const char *reason, GError **error)
{
  struct case_entry entry = { .what = (char *)what,
                              .office = reply->office ? reply->office->id : 0,
                              .party = reply->party->casefile == reply->it->id ? reply->party->id : 0,
                              .mail = reply->arrival->mail_id,
                              .is_public = false };
  g_string_assign(reply->decision->reason, reason);
  return case_note(reply->work, reply->it, &entry, error);
}
