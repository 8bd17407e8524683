/* Mail for cases: a question opens one; what comes to a party's address belongs to that case. */
#include "lists/cases/case.h"

#include "lists/holding.h"
#include "lists/senders.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/people/people.h"
#include "lib/text/subject.h"

#include <string.h>

enum context cases_context(struct store *store, const struct address_target *target)
{
  if (target->meaning != ADDRESS_TOKEN || target->token.purpose != TOKEN_CASE) return CONTEXT_NONE;
  g_autoptr(case_party_t) party = case_party_get(store, target->token.person, NULL);
  if (!party) return CONTEXT_NONE;
  return strcmp(party->role, "office") == 0 ? CONTEXT_OFFICIAL : CONTEXT_DEFECT;
}

/* What a question is called: its subject, else what was understood, else its first words. */
static char *title_of(const struct arrival *arrival)
{
  g_autofree char *subject = subject_base(arrival->mail->subject, NULL);
  if (subject && *subject) return g_steal_pointer(&subject);
  const struct understanding *it = arrival->understanding;
  if (it && it->meaning->title && *it->meaning->title) return g_strdup(it->meaning->title);
  return g_strndup(arrival->mail->text_new, strcspn(arrival->mail->text_new, "\n"));
}

/* Not for the public, whatever the list: what names others, and what reads as private. */
static bool may_be_public(const struct arrival *arrival)
{
  const struct understanding *it = arrival->understanding;
  return it && !it->meaning->third_party && it->meaning->intent != INTENT_PRIVATE;
}

static bool open_for(struct work *work, const struct arrival *arrival, const struct sender *sender,
                     struct casefile **out, GError **error)
{
  const struct mail *mail = arrival->mail;
  const struct meaning *meaning = arrival->understanding ? arrival->understanding->meaning : NULL;
  int64_t person =
      person_ensure(work->store, sender->address, mail_actor(mail)->name, work->now, work->now, error);
  if (!person) return false;
  g_autofree char *title = title_of(arrival);
  struct case_opening opening = { .kind = "question",
                                  .list = arrival->list,
                                  .title = title,
                                  .place = meaning ? meaning->place : NULL,
                                  .has_point = meaning && meaning->has_point,
                                  .lat = meaning ? meaning->lat : 0,
                                  .lon = meaning ? meaning->lon : 0,
                                  .text = mail->text_new,
                                  .address = sender->address,
                                  .name = mail_actor(mail)->name,
                                  .person = person,
                                  .is_public = may_be_public(arrival) };
  return case_open(work, arrival, &opening, out, error);
}

bool question_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                      GError **error)
{
  struct sender sender = { 0 };
  if (!sender_find(work, arrival->mail, 0, &sender, error)) return false;
  bool is_done;
  if (!sender.address || (!arrival->mail->auth.is_authenticated && !arrival->is_released)) {
    is_done = holding_put(work, arrival, "unauthenticated", NULL, decision, error);
  } else {
    g_autoptr(casefile_t) it = NULL;
    is_done = open_for(work, arrival, &sender, &it, error);
    decision->outcome = OUTCOME_POSTED;
    g_string_assign(decision->reason, "It is a question to an office.");
    if (it) g_string_append_printf(decision->details, " case=%d-%04d", it->year, it->number);
  }
  sender_clear(&sender);
  return is_done;
}

bool cases_answer(struct work *work, const struct arrival *arrival, struct decision *decision, GError **error)
{
  GError *failed = NULL;
  const struct token *token = &arrival->target.token;
  g_autoptr(casefile_t) it = casefile_get(work->store, token->object, &failed);
  g_autoptr(case_party_t) party = failed ? NULL : case_party_get(work->store, token->person, &failed);
  if (failed) return fault_hand_on(failed, error);
  if (!it || !party || party->casefile != it->id)
    return holding_put(work, arrival, "no_object", NULL, decision, error);
  g_string_append_printf(decision->details, " case=%d-%04d", it->year, it->number);
  struct case_writing writing = { it, party };
  return strcmp(party->role, "office") == 0 ? case_office_reply(work, arrival, &writing, decision, error)
                                            : case_resident_reply(work, arrival, &writing, decision, error);
}
