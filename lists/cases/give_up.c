/* A mail that became a case was something else: its sender corrects the front door. While no office has
 * answered, the case is withdrawn, nobody reads it any more, and the office is told that it need not answer;
 * the number is not given again. */
#include "lists/cases/case.h"

#include "lib/base/fault.h"
#include "lib/text/template.h"

#include <string.h>

/* Offices are told; who asked hears of it from the front door. */
static bool tell(struct work *work, struct casefile *it, GError **error)
{
  g_autoptr(GPtrArray) parties = case_parties(work->store, it->id, "", error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    struct case_party *party = parties->pdata[i];
    g_autoptr(value_t) values = value_new();
    struct case_letter letter = { .purpose = "case_withdrawn", .it = it, .party = party, .values = values };
    bool is_office = strcmp(party->role, "office") == 0;
    if (is_office && !case_letter_send(work, &letter, error)) return false;
    if (!is_office && !case_party_leave(work->store, party->id, work->now, error)) return false;
  }
  return true;
}

bool cases_give_up(struct work *work, const struct giving_up *giving, bool *is_given_up, GError **error)
{
  GError *failed = NULL;
  g_autoptr(casefile_t) it = casefile_of_mail(work->store, giving->mail, &failed);
  if (fault_hand_on(failed, error)) return false;
  *is_given_up = !it || !it->answered; /* without a case: its sender was only asked to confirm it */
  if (!it || it->answered || strcmp(it->state, "withdrawn") == 0) return true;
  struct case_entry entry = { .what = (char *)"moved" };
  if (!tell(work, it, error) || !case_note(work, it, &entry, error) ||
      !case_set_state(work, it, "withdrawn", error)) /* while it is public, so that its pages are made anew */
    return false;
  it->is_public = false;
  return casefile_put(work->store, it, error);
}
