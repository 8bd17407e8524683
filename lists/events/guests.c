/* Who is still written to of an event. Whoever was invited as a member of a group hears of it while they are
 * one: not those who left or were put out since, nor who wants no letters of the group any more. Whoever said
 * themselves that they come, or may, is told what becomes of it wherever they are. Somebody who was not
 * invited hears of it once they come: until an organiser has said yes there is nothing to tell (the same in
 * SQL: event_parties_to_tell). Called before each letter that we write unasked, and where the way into a room
 * is given; answers to somebody's own mail need none of it. */
#include "lists/events/event.h"

#include "lib/base/fault.h"
#include "lib/store/people/people.h"

#include <string.h>

/* A yes, a maybe, or either of them for the time that it had before: of a no there are no people. */
static bool is_coming(const struct rsvp *rsvp)
{
  if (strcmp(rsvp->answer, "asked") == 0) return rsvp->people > 0;
  return strcmp(rsvp->answer, "yes") == 0 || strcmp(rsvp->answer, "maybe") == 0;
}

/* For the event, or for a date of it. */
static bool has_said_so(struct work *work, const struct event_party *party, bool *has, GError **error)
{
  GError *failed = NULL;
  g_autoptr(rsvp_t) whole = rsvp_get(work->store, party->event, "", party->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  *has = whole && is_coming(whole);
  if (*has) return true;
  g_autoptr(GPtrArray) dates = rsvps_of_party(work->store, party->id, error);
  for (guint i = 0; dates && i < dates->len; i++) *has = *has || is_coming(dates->pdata[i]);
  return dates != NULL;
}

static bool is_member(struct work *work, const struct event *event, const struct event_party *party, bool *is,
                      GError **error)
{
  GError *failed = NULL;
  g_autoptr(member_t) member = member_find(work->store, event->list, party->person, &failed);
  if (fault_hand_on(failed, error)) return false;
  *is = member && strcmp(member->state, "active") == 0 && strcmp(member->delivery, "none") != 0;
  return true;
}

bool event_is_guest(struct work *work, const struct event *event, const struct event_party *party, bool *is,
                    GError **error)
{
  *is = strcmp(party->role, "organizer") == 0 || strcmp(event->audience, "open") == 0;
  if (*is) return true;
  bool is_invited = strcmp(party->role, "invited") == 0;
  if (is_invited && strcmp(event->audience, "group") != 0) {
    *is = true;
    return true;
  }
  if (is_invited && !is_member(work, event, party, is, error)) return false;
  return *is || has_said_so(work, party, is, error);
}
