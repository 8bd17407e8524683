/* Inviting, and what comes due. Everybody who is invited becomes a party of the event, some hundred a step;
 * then each gets one letter for each change of it. Both steps go on where they stopped: parties are found by
 * the last person who has become one, letters by what a party was told. */
#include "lists/events/event.h"

#include "lists/list_cache.h"

#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { EVENTS_A_TICK = 4, PARTIES_A_TICK = 60, LETTERS_A_TICK = 10, END_HOURS = 12 * 3600 };

/* Members become parties. Returns how many were looked at; -1 on error. */
static int add_parties(struct work *work, struct event *event, GError **error)
{
  if (strcmp(event->audience, "group") != 0) return 0;
  g_autoptr(GPtrArray) members =
      members_page(work->store, event->list, event->invited_to, PARTIES_A_TICK, false, error);
  if (!members) return -1;
  for (guint i = 0; i < members->len; i++) {
    const struct member *member = members->pdata[i];
    event->invited_to = member->person;
    bool is_there = strcmp(member->state, "active") == 0 && strcmp(member->delivery, "none") != 0;
    struct event_party party = { .event = event->id,
                                 .role = (char *)"invited",
                                 .person = member->person,
                                 .address = member->address,
                                 .name = member->name };
    if (is_there && !event_party_put(work->store, &party, work->now, error)) return -1;
  }
  return (int)members->len;
}

/* The letter to one party: an invitation, what has changed, or that it is off. */
static bool tell(struct work *work, const struct event *event, struct event_party *party, GError **error)
{
  bool is_off = strcmp(event->state, "cancelled") == 0, is_first = party->told < 0;
  bool is_organizer = strcmp(party->role, "organizer") == 0;
  if (is_off && is_first) /* was never invited */
    return event_party_told(work->store, party->id, event->sequence, party->token_key, error);
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "changed", !is_first && !is_off);
  value_set_flag(values, "organizer", is_organizer);
  return event_send(work,
                    &(struct event_letter){ .purpose = is_off ? "event_off" : "event_invitation",
                                            .event = event,
                                            .party = party,
                                            .values = values,
                                            .method = is_off ? "CANCEL" : "REQUEST" },
                    error) &&
         event_party_told(work->store, party->id, event->sequence, party->token_key, error);
}

/* Tells who was not told yet. Returns how many; -1 on error. */
static int tell_some(struct work *work, const struct event *event, GError **error)
{
  g_autoptr(GPtrArray) parties =
      event_parties_to_tell(work->store, event->id, event->sequence, LETTERS_A_TICK, error);
  if (!parties) return -1;
  for (guint i = 0; i < parties->len; i++)
    if (!tell(work, event, parties->pdata[i], error)) return -1;
  return (int)parties->len;
}

/* It was held: nothing is awaited any more. */
static void end(struct event *event)
{
  g_free(event->state);
  event->state = g_strdup("over");
  event->next_tick = event->next_at = 0;
}

/* One step of one event. */
static bool tick(struct work *work, struct event *event, GError **error)
{
  int added = add_parties(work, event, error);
  int told = added < 0 ? -1 : added == 0 ? tell_some(work, event, error) : 0;
  if (told < 0) return false;
  if (added == 0 && told == 0) {
    if (!event_schedule(work, event, error)) return false;
    bool is_off = strcmp(event->state, "cancelled") == 0;
    if (is_off) event->next_tick = 0;
    if (!is_off && !event->next_at) end(event);
  }
  return event_put(work->store, event, error);
}

int events_tick(struct work *work, GError **error)
{
  g_autoptr(GPtrArray) due = events_due(work->store, work->now, EVENTS_A_TICK, error);
  if (!due) return -1;
  for (guint i = 0; i < due->len; i++)
    if (!tick(work, due->pdata[i], error)) return -1;
  return (int)due->len;
}
