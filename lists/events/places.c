/* Places: who finds none waits in a row, and moves up by itself when somebody stays away. Whoever comes with
 * more people than there are places waits, and does not block those behind who fit. */
#include "lists/events/event.h"

#include "lib/text/template.h"

#include <string.h>

enum { ROW_LOOKED_AT = 50 };

/* How many more fit, without what the party itself has (*has). A large number where there is no bound. */
static bool places_left(struct work *work, const struct event *event, const struct rsvp *rsvp, int *left,
                        int *has, GError **error)
{
  GError *failed = NULL;
  struct event_count count;
  g_autoptr(rsvp_t) own = rsvp_in_force(work->store, event->id, rsvp->original, rsvp->party, &failed);
  if (failed) {
    g_propagate_error(error, failed);
    return false;
  }
  if (!event_count(work->store, event->id, rsvp->original, &count, error)) return false;
  *has = own && strcmp(own->answer, "yes") == 0 && !own->place ? own->people : 0;
  *left = event->capacity ? event->capacity - (count.people - *has) : G_MAXINT;
  return true;
}

bool event_seat(struct work *work, const struct event *event, struct rsvp *rsvp, bool *waits, int *more,
                GError **error)
{
  int left = 0, has = 0;
  *waits = false;
  *more = 0;
  bool is_yes = strcmp(rsvp->answer, "yes") == 0;
  if (is_yes && !places_left(work, event, rsvp, &left, &has, error)) return false;
  if (!is_yes || rsvp->people <= left) {
    rsvp->place = 0;
  } else if (has > 0) {
    int kept = MIN(rsvp->people, MAX(has, left)); /* also where there are fewer places than there were */
    *more = rsvp->people - kept;
    rsvp->people = kept;
    rsvp->place = 0;
  } else if (!rsvp->place && !event_take_place(work->store, event->id, &rsvp->place, error)) {
    return false;
  }
  *waits = rsvp->place != 0;
  return rsvp_put(work->store, rsvp, error);
}

/* They have a place now. */
static bool tell_moved(struct work *work, const struct event *event, const struct rsvp *rsvp, GError **error)
{
  g_autoptr(event_party_t) party = event_party_get(work->store, rsvp->party, error);
  if (!party) return false;
  if (strcmp(party->role, "behalf") == 0) return true; /* their organiser sees it */
  g_autoptr(value_t) values = value_new();
  value_set_number(values, "own", rsvp->people);
  value_set_flag(values, "one", rsvp->people == 1);
  return event_send(
      work,
      &(struct event_letter){ .purpose = "event_moved_up", .event = event, .party = party, .values = values },
      error);
}

/* Who waits for the event, or for one date of it. */
static bool move_up(struct work *work, struct event *event, const char *original, GError **error)
{
  g_autoptr(GPtrArray) row = rsvps_waiting(work->store, event->id, original, ROW_LOOKED_AT, error);
  if (!row) return false;
  for (guint i = 0; i < row->len; i++) {
    struct rsvp *rsvp = row->pdata[i];
    bool waits = false;
    int more = 0;
    if (!event_seat(work, event, rsvp, &waits, &more, error)) return false;
    if (!waits && !tell_moved(work, event, rsvp, error)) return false;
  }
  return event_more_fill(work, event, original, tell_moved, error);
}

bool event_move_up(struct work *work, struct event *event, const char *original, GError **error)
{
  if (!move_up(work, event, original, error)) return false;
  if (*original || !*event->rule) return true;
  g_autofree char *date = rsvp_date_after(work->store, event->id, "", error); /* all dates have more places */
  while (date && *date) {
    if (!move_up(work, event, date, error)) return false;
    char *next = rsvp_date_after(work->store, event->id, date, error);
    g_free(date);
    date = next;
  }
  return date != NULL;
}
