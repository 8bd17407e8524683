/* What an office answers: a proven sender's new text is its public answer, with the state read from it. */
#include "lists/cases/case.h"

#include "lists/holding.h"
#include "lists/offices/offices.h"
#include "lists/understand/understand.h"

#include "lib/text/template.h"

#include <string.h>

bool case_office_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                       struct decision *decision, GError **error)
{
  struct casefile *it = writing->it;
  enum office_proof proof;
  int64_t office;
  if (!offices_sender(work, arrival->mail, writing->party->office, &proof, &office, error)) return false;
  if (proof != OFFICE_PROVEN || office != writing->party->office)
    return holding_put(work, arrival, "unproven_office", NULL, decision, error);
  const struct meaning *meaning = arrival->understanding ? arrival->understanding->meaning : NULL;
  const char *state = meaning ? case_state_of(meaning->status) : NULL;
  const char *text = meaning && meaning->public_text ? meaning->public_text : arrival->mail->text_new;
  struct case_entry entry = { .what = (char *)"reply",
                              .office = office,
                              .party = writing->party->id,
                              .text = (char *)text,
                              .state = (char *)(state ? state : ""),
                              .mail = arrival->mail_id,
                              .is_public = !(meaning && meaning->internal) };
  if (!it->answered) it->answered = work->now;
  if (!case_set_state(work, it, state ? state : it->state, error) || !case_note(work, it, &entry, error))
    return false;
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, "It is the office's answer.");
  if (!entry.is_public) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "text", text);
  return case_tell_all(work, it, "case_answered", values, error);
}
