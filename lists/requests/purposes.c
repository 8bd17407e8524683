/* The table of what we ask. */
#include "lists/requests/purposes.h"

#include "lists/understand/understand.h"

#include <string.h>

const struct purpose purposes[] = {
  { .name = "proof",
    .letter = "proof",
    .context = CONTEXT_CONFIRM,
    .days = 7,
    .a_day = 20,
    .decide = proof_decide },
  { .name = "join",
    .letter = "join",
    .context = CONTEXT_CONFIRM,
    .days = 14,
    .a_day = 3,
    .decide = join_decide },
  { .name = "approve",
    .letter = "approve",
    .context = CONTEXT_MODERATION,
    .days = 30,
    .needs_proof = true,
    .decide = approve_decide },
  { .name = "moderate",
    .letter = "moderate",
    .context = CONTEXT_MODERATION,
    .days = 14,
    .remind_days = 2,
    .a_day = 60,
    .needs_proof = true,
    .decide = moderate_decide,
    .closed = moderate_closed,
    .remind = moderate_remind,
    .lapse = moderate_lapse },
  { .name = "notice",
    .letter = "notice",
    .context = CONTEXT_MODERATION,
    .days = 14,
    .remind_days = 2,
    .a_day = 60,
    .needs_proof = true,
    .decide = notice_decided,
    .closed = moderate_closed,
    .remind = notice_remind,
    .lapse = notice_lapse },
  { .name = "leave",
    .letter = "leave",
    .context = CONTEXT_CONFIRM,
    .days = 7,
    .a_day = 3,
    .decide = leave_decide },
  { .name = "goodbye",
    .letter = "goodbye",
    .context = CONTEXT_CONFIRM,
    .days = 30,
    .decide = goodbye_decide },
  { .name = "settings",
    .letter = "settings",
    .context = CONTEXT_CONFIRM,
    .days = 7,
    .a_day = 3,
    .decide = settings_decide },
};
const gsize purpose_count = G_N_ELEMENTS(purposes);

const struct purpose *purpose_find(const char *name)
{
  for (gsize i = 0; i < purpose_count; i++)
    if (strcmp(purposes[i].name, name) == 0) return &purposes[i];
  return NULL;
}

bool answer_is_yes(const struct arrival *arrival)
{
  const struct meaning *meaning = arrival->understanding->meaning;
  return meaning->intent == INTENT_CONFIRM ? meaning->answer != ANSWER_NO : meaning->intent != INTENT_LEAVE;
}
