/* Inviting, and what comes due. Everybody who is invited becomes a party of the event, some hundred a step;
 * then each gets one letter for each change of it. Both steps go on where they stopped: parties are found by
 * the last person who has become one, letters by what a party was told. */
#include "lists/events/event.h"
#include "lists/events/polls/polls.h"

#include "lists/list_cache.h"

#include "lists/video/rooms.h"

#include "lib/store/people/people.h"
#include "lib/text/template.h"

#include <string.h>

enum { EVENTS_A_TICK = 4, PARTIES_A_TICK = 60, LETTERS_A_TICK = 10, ROOM_SECONDS = 10, CALLS_SHOWN = 200 };

/* Is a member no party yet? Who organises it has an address of the event already, and one calendar knows one
 * organiser of a UID. Whom a draft named and named no more (named.c) has none. */
static bool is_new(struct work *work, const struct event *event, const struct member *member, bool *is,
                   GError **error)
{
  g_autoptr(GPtrArray) parties = event_parties_of_person(work->store, event->id, member->person, error);
  *is = parties != NULL;
  for (guint i = 0; parties && i < parties->len; i++) {
    const struct event_party *party = parties->pdata[i];
    *is = *is && strcmp(party->role, "stranger") == 0 && !party->token_key;
  }
  return parties != NULL;
}

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
    if (is_there && !is_new(work, event, member, &is_there, error)) return -1;
    struct event_party party = { .event = event->id,
                                 .role = (char *)"invited",
                                 .person = member->person,
                                 .address = member->address,
                                 .name = member->name };
    if (is_there && !event_party_put(work->store, &party, work->now, error)) return -1;
  }
  return (int)members->len;
}

/* The dates of a series that changed since the party was told. */
static bool put_changed_dates(struct work *work, const struct event *event, const struct event_party *party,
                              struct value *values, GError **error)
{
  if (!*event->rule || party->told < 0) return true;
  g_autofree char *language = event_language(work, event, party, error);
  g_autoptr(GPtrArray) changes = language ? event_dates(work->store, event->id, error) : NULL;
  if (!changes) return false;
  for (guint i = 0; i < changes->len; i++) {
    const struct event_date *change = changes->pdata[i];
    if (change->sequence > party->told) event_put_date(event, change, language, values);
  }
  return true;
}

/* Whom their organiser entered for another time: nobody else can ask them. */
static bool put_calls(struct work *work, const struct event *event, const struct event_party *party,
                      struct value *values, GError **error)
{
  if (strcmp(party->role, "organizer") != 0) return true;
  g_autoptr(GPtrArray) calls = rsvps_to_call(work->store, event->id, CALLS_SHOWN, error);
  if (!calls) return false;
  value_set_flag(values, "has_calls", calls->len > 0);
  for (guint i = 0; i < calls->len; i++) {
    const struct rsvp *rsvp = calls->pdata[i];
    g_autoptr(event_party_t) behalf = event_party_get(work->store, rsvp->party, error);
    if (!behalf) return false;
    struct value *row = value_append(values, "calls");
    value_set_text(row, "name", behalf->name);
    if (rsvp->people > 0) value_set_number(row, "own", rsvp->people);
    value_set_flag(row, "stays_away", strcmp(rsvp->answer, "no") == 0);
  }
  return true;
}

/* Who was not invited and comes gets the invitation behind their answer: they read what we took it for. */
static void put_noted(const struct event_party *party, const struct rsvp *rsvp, struct value *values)
{
  bool is_noted = rsvp && strcmp(party->role, "stranger") == 0 && party->told < 0;
  value_set_flag(values, "noted", is_noted);
  if (!is_noted) return;
  bool comes = strcmp(rsvp->answer, "yes") == 0;
  value_set_flag(values, "comes", comes && !rsvp->place);
  value_set_flag(values, "queued", comes && rsvp->place);
  value_set_flag(values, "perhaps", strcmp(rsvp->answer, "maybe") == 0);
  value_set_flag(values, "stays_away", strcmp(rsvp->answer, "no") == 0);
  value_set_number(values, "own", rsvp->people);
  value_set_flag(values, "one", rsvp->people == 1);
}

/* The letter to one party: an invitation, what has changed, or that it is off. */
static bool tell(struct work *work, const struct event *event, struct event_party *party, GError **error)
{
  bool is_off = strcmp(event->state, "cancelled") == 0, is_first = party->told < 0;
  bool is_organizer = strcmp(party->role, "organizer") == 0;
  g_autoptr(rsvp_t) rsvp = rsvp_get(work->store, event->id, "", party->id, NULL);
  if (is_off && is_first) /* was never invited */
    return event_party_told(work->store, party->id, event->sequence, party->token_key, error);
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "changed", !is_first && !is_off);
  value_set_flag(values, "organizer", is_organizer);
  put_noted(party, rsvp, values);
  value_set_flag(values, "asks_again", !is_first && rsvp && strcmp(rsvp->answer, "asked") == 0);
  value_set_flag(values, "answered", !is_first && rsvp && strcmp(rsvp->answer, "asked") != 0);
  if (!put_changed_dates(work, event, party, values, error) || !put_calls(work, event, party, values, error))
    return false;
  return event_send(work,
                    &(struct event_letter){ .purpose = is_off ? "event_off" : "event_invitation",
                                            .event = event,
                                            .party = party,
                                            .values = values,
                                            .method = is_off ? "CANCEL" : "REQUEST" },
                    error) &&
         event_party_told(work->store, party->id, event->sequence, party->token_key, error);
}

/* One party's turn. Whoever is no guest any more is passed by, and not looked at again for this change. */
static bool tell_guest(struct work *work, const struct event *event, struct event_party *party,
                       GError **error)
{
  bool is_guest = false;
  if (!event_is_guest(work, event, party, &is_guest, error)) return false;
  return is_guest ? tell(work, event, party, error)
                  : event_party_told(work->store, party->id, event->sequence, party->token_key, error);
}

/* Tells who was not told yet. Returns how many; -1 on error. */
static int tell_some(struct work *work, const struct event *event, GError **error)
{
  g_autoptr(GPtrArray) parties =
      event_parties_to_tell(work->store, event->id, event->sequence, LETTERS_A_TICK, error);
  if (!parties) return -1;
  for (guint i = 0; i < parties->len; i++)
    if (!tell_guest(work, event, parties->pdata[i], error)) return -1;
  return (int)parties->len;
}

/* One step of one event: first whoever is invited and told, then what has come due. */
static bool tick(struct work *work, struct event *event, GError **error)
{
  bool is_off = strcmp(event->state, "cancelled") == 0, is_over = strcmp(event->state, "over") == 0;
  bool is_draft = strcmp(event->state, "draft") == 0, is_poll = strcmp(event->state, "poll") == 0;
  if (!poll_follow(work, event, error)) return false;
  int added = is_off || is_over || is_draft ? 0 : add_parties(work, event, error);
  bool waits = false; /* for what stands in an invitation */
  if (!room_is_awaited(work, event, &waits, error)) return false;
  if (added == 0 && waits) {
    event->next_tick = work->now + ROOM_SECONDS;
    return event_put(work->store, event, error);
  }
  bool is_told = !is_over && !is_draft && !is_poll; /* before its organiser's yes nobody is invited */
  int told = added < 0 ? -1 : added == 0 && is_told ? tell_some(work, event, error) : 0;
  if (told < 0) return false;
  if (added == 0 && told == 0 && !event_duties(work, event, error)) return false;
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
