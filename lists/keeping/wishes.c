/* Wishes about groups: who may wish what. Anyone may found a group, at the front door. A group's settings,
 * its next keeper and its end are its keepers' and the admin's; what others write about them is a post like
 * any other. Whatever is wished here only leads to a letter to where we know them: the reply to that decides,
 * and it must be proven. */
#include "lists/keeping/keep.h"

#include "lists/admin/admins.h"
#include "lists/list_cache.h"
#include "lists/requests/requests.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/store/people/people.h"

#include <string.h>

static const struct {
  enum intent intent;
  bool (*act)(struct keep *keep, GError **error);
} acts[] = {
  { INTENT_FOUND, keep_found },
  { INTENT_KEEP, keep_settings },
  { INTENT_HAND_OVER, keep_hand_over },
  { INTENT_CLOSE, keep_close },
};

bool keep_done(struct decision *decision, const char *reason)
{
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, reason);
  return true;
}

static bool is_at_front_door(const struct arrival *arrival)
{
  return arrival->target.meaning == ADDRESS_FRONT_DOOR;
}

/* gruenau+einstellungen@ */
static bool is_settings_address(const struct arrival *arrival)
{
  return arrival->target.command && strcmp(arrival->target.command, "einstellungen") == 0;
}

/* What is wished; INTENT_UNCLEAR: nothing of ours. The address for settings means the group's, unless the
 * mail says something about the sender's own ones. */
static enum intent intent_of(const struct arrival *arrival)
{
  const struct meaning *meaning = arrival->understanding ? arrival->understanding->meaning : NULL;
  for (gsize i = 0; meaning && i < G_N_ELEMENTS(acts); i++)
    if (meaning->intent == acts[i].intent) return meaning->intent;
  bool says_own = meaning && (meaning->delivery || meaning->pause_until.year || meaning->name);
  return is_settings_address(arrival) && !says_own ? INTENT_KEEP : INTENT_UNCLEAR;
}

/* The only group that somebody keeps; NULL: none, or several. */
static bool find_kept(struct keep *keep, GError **error)
{
  if (!keep->sender.person) return true;
  g_autoptr(GPtrArray) members = person_memberships(keep->work->store, keep->sender.person, error);
  guint count = 0;
  const struct list *kept = NULL;
  for (guint i = 0; members && i < members->len; i++) {
    const struct member *member = g_ptr_array_index(members, i);
    if (!member_has_role(member, "keeper")) continue;
    kept = list_cache_by_id(keep->work->lists, member->list);
    count++;
  }
  if (count == 1) keep->list = kept;
  return members != NULL;
}

/* Which group is meant, and what the sender is there. */
static bool fill(struct keep *keep, GError **error)
{
  const struct arrival *arrival = keep->arrival;
  const char *named = keep->meaning ? keep->meaning->list : NULL;
  keep->list = list_cache_by_name(keep->work->lists, named);
  if (!keep->list && !is_at_front_door(arrival)) keep->list = arrival->list;
  if (!sender_find(keep->work, arrival->mail, 0, &keep->sender, error)) return false;
  if (!keep->list && !find_kept(keep, error)) return false;
  if (keep->list && keep->sender.person) {
    GError *failed = NULL;
    keep->sender.member = member_find(keep->work->store, keep->list->id, keep->sender.person, &failed);
    if (fault_hand_on(failed, error)) return false;
  }
  keep->is_keeper = keep->sender.member && member_has_role(keep->sender.member, "keeper");
  return admins_has(keep->work, keep->sender.address, keep->sender.person, &keep->is_admin, error);
}

/* May this sender, if it is them, wish it here? */
static bool is_sensible(const struct keep *keep, enum intent intent)
{
  if (!keep->sender.address) return false;
  if (intent == INTENT_FOUND) return is_at_front_door(keep->arrival);
  return keep->list && (keep->is_keeper || keep->is_admin);
}

/* Words that may hand the group over, by who keeps it. */
static bool take_said(struct keep *keep, const char *to, bool *is_taken, GError **error)
{
  bool is_done = fill(keep, error);
  *is_taken = is_done && is_sensible(keep, INTENT_HAND_OVER);
  if (*is_taken) is_done = keep_hand_over_maybe(keep, to, error);
  sender_clear(&keep->sender);
  return is_done;
}

/* How the group shall be, in a short mail of who keeps it. */
static bool take_proposal(struct keep *keep, bool *is_taken, GError **error)
{
  if (!fill(keep, error)) return false;
  bool is_done = !is_sensible(keep, INTENT_KEEP) || keep_propose(keep, is_taken, error);
  sender_clear(&keep->sender);
  return is_done;
}

bool keeping_take_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error)
{
  *is_taken = false;
  enum intent intent = intent_of(arrival);
  if (arrival->is_released || arrival->is_meant) return true;
  struct keep keep = { .work = work, .arrival = arrival, .decision = decision };
  if (arrival->understanding) keep.meaning = arrival->understanding->meaning;
  g_autofree char *to = intent == INTENT_UNCLEAR ? hand_over_said(work, arrival) : NULL;
  if (to) return take_said(&keep, to, is_taken, error);
  bool may_say = (intent == INTENT_UNCLEAR || intent == INTENT_KEEP) && keep_may_say(arrival);
  if (may_say && (!take_proposal(&keep, is_taken, error) || *is_taken)) return *is_taken;
  if (intent == INTENT_UNCLEAR) return true;
  bool is_done = fill(&keep, error);
  *is_taken = is_done && is_sensible(&keep, intent);
  for (gsize i = 0; *is_taken && i < G_N_ELEMENTS(acts); i++)
    if (acts[i].intent == intent) is_done = acts[i].act(&keep, error);
  sender_clear(&keep.sender);
  return is_done;
}

bool keep_may(struct work *work, const struct request *request, const struct list **list, bool *may,
              GError **error)
{
  GError *failed = NULL;
  *list = list_cache_by_id(work->lists, request->list);
  *may = false;
  if (*list && !admins_has(work, request->address, request->person, may, error)) return false;
  if (*may || !*list || !request->person) return true;
  g_autoptr(member_t) member = member_find(work->store, request->list, request->person, &failed);
  if (fault_hand_on(failed, error)) return false;
  *may = member && member_has_role(member, "keeper");
  return true;
}
