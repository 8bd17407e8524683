/* The table of kinds. A kind that is not ready yet says so here: what arrives for it is held, with that
 * reason, and released mails wait on until it is built. */
#include "lists/kinds.h"

#include "lists/cases/cases.h"
#include "lists/events/events.h"
#include "lists/frontdoor/frontdoor.h"
#include "lists/groups/groups.h"
#include "lists/mediation/mediation.h"
#include "lists/moderation/abuse.h"
#include "lists/moderation/data_protection.h"

#include "lib/store/directory.h"

#include <string.h>

const struct kind kinds[] = {
  { .name = "group",
    .about = "A neighbourhood group: members write, every member reads.",
    .receive = group_receive,
    .is_ready = true,
    .has_members = true },
  { .name = "announce",
    .about = "Announcements: moderators and keepers write, every member reads.",
    .receive = announce_receive,
    .is_ready = true,
    .has_members = true,
    .posts_by_moderators = true },
  {
      .name = "events",
      .about = "Invitations and who comes.",
      .receive = events_receive,
      .give_up = events_give_up,
      .is_ready = true,
      .has_members = true,
      .wants_places = true,
  },
  {
      .name = "kiezkasse",
      .about = "Proposals for a region's budget.",
      .wants_places = true,
  },
  {
      .name = "defects",
      .reaches_offices = true,
      .about = "Defects in public space.",
      .wants_places = true,
  },
  {
      .name = "questions",
      .about = "Questions to the district office.",
      .receive = question_receive,
      .give_up = cases_give_up,
      .is_ready = true,
      .reaches_offices = true,
      .wants_places = true,
  },
  { .name = "frontdoor",
    .about = "One address for everything.",
    .receive = frontdoor_receive,
    .is_ready = true,
    .is_front_door = true,
    .wants_places = true },
  { .name = "duty",
    .about = "What the law asks for: data protection, reports of abuse.",
    .receive = duty_receive,
    .takes = duty_takes,
    .give_up = abuse_give_up,
    .is_ready = true,
    .is_duty = true },
  { .name = "mediation",
    .about = "Mediation between two people, through addresses that hide theirs.",
    .receive = mediation_receive,
    .is_ready = true,
    .is_confidential = true },
};
const gsize kind_count = G_N_ELEMENTS(kinds);

const struct kind *kind_find(const char *name)
{
  for (gsize i = 0; name && i < kind_count; i++)
    if (strcmp(kinds[i].name, name) == 0) return &kinds[i];
  return NULL;
}

bool kind_receives(const struct list *list)
{
  const struct kind *kind = list ? kind_find(list->kind) : NULL;
  return kind && kind->is_ready && (!kind->takes || kind->takes(list));
}

bool kind_is_front_door(const char *name)
{
  const struct kind *kind = kind_find(name);
  return kind && kind->is_front_door;
}

const char *outcome_word(enum outcome outcome)
{
  static const char *const words[] = {
    [OUTCOME_POSTED] = "posted",   [OUTCOME_HELD] = "held",           [OUTCOME_FILED] = "filed",
    [OUTCOME_IGNORED] = "ignored", [OUTCOME_FORWARDED] = "forwarded", [OUTCOME_ANSWERED] = "answered",
    [OUTCOME_REFUSED] = "refused",
  };
  _Static_assert(G_N_ELEMENTS(words) == OUTCOME_COUNT, "every outcome has its word");
  g_assert(outcome < OUTCOME_COUNT);
  return words[outcome];
}
