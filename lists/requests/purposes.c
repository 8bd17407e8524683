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
  { .name = "front_door",
    .letter = "front_door",
    .context = CONTEXT_CONFIRM,
    .days = 30,
    .a_day = 30,
    .is_repeatable = true,
    .decide = front_door_decide },
  { .name = "front_door_ask",
    .letter = "front_door_ask",
    .context = CONTEXT_CONFIRM,
    .days = 30,
    .a_day = 30,
    .is_repeatable = true,
    .decide = front_door_decide },
  { .name = "front_door_group",
    .letter = "front_door_group",
    .context = CONTEXT_CONFIRM,
    .days = 30,
    .a_day = 30,
    .is_repeatable = true,
    .decide = front_door_decide },
  { .name = "front_door_people",
    .letter = "front_door_people",
    .context = CONTEXT_CONFIRM,
    .days = 60,
    .needs_proof = true,
    .is_repeatable = true,
    .decide = front_door_decide },
  { .name = "found_title",
    .letter = "found_title",
    .context = CONTEXT_CONFIRM,
    .days = 14,
    .a_day = 3,
    .decide = found_title_decide },
  { .name = "found_confirm",
    .letter = "found_confirm",
    .context = CONTEXT_CONFIRM,
    .days = 14,
    .a_day = 3,
    .decide = found_confirm_decide },
  { .name = "found",
    .letter = "found",
    .context = CONTEXT_MODERATION,
    .days = 60,
    .a_day = 20,
    .needs_proof = true,
    .decide = found_decide },
  { .name = "publish",
    .letter = "publish",
    .context = CONTEXT_CONFIRM,
    .days = 365,
    .needs_proof = true,
    .decide = publish_decide },
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
