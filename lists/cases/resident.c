/* What whoever asked writes to their case: it is added and handed to the office. */
#include "lists/cases/case.h"

bool case_resident_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                         struct decision *decision, GError **error)
{
  struct case_entry entry = { .what = (char *)"added",
                              .party = writing->party->id,
                              .text = arrival->mail->text_new,
                              .mail = arrival->mail_id,
                              .is_public = false };
  decision->outcome = OUTCOME_POSTED;
  g_string_assign(decision->reason, "Whoever asked adds something to their case.");
  return case_note(work, writing->it, &entry, error);
}
