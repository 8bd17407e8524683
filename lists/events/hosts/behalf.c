/* Who answered by telephone or at the door: "Frau Schulz kommt zu zweit", "Herr Yılmaz sagt ab", one a
 * sentence or a line. Whose answer it is says behalf_party.c; who had answered themselves is told, and may
 * answer anew. The organiser reads in a line how it stands now. */
#include "lists/events/hosts/behalf.h"
#include "lists/events/hosts/host.h"

#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/text/template.h"

#include <string.h>

/* The letter's word; "yes" and "no" are the event's numbers there. */
static const char *flag_of(const char *answer)
{
  return strcmp(answer, "yes") == 0 ? "comes" : strcmp(answer, "no") == 0 ? "stays_away" : "perhaps";
}

/* Several are called so: nobody is entered before the organiser says whom they mean. */
static void put_several(const struct behalf_named *named, const GPtrArray *several, struct value *values)
{
  struct value *row = value_append(values, "rows");
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint i = 0; i < several->len; i++) {
    const struct event_party *party = several->pdata[i];
    g_autofree char *called = event_party_called(party);
    g_string_append_printf(names, "%s%s", i ? ", " : "", called);
  }
  value_set_text(row, "name", named->name);
  value_set_text(row, "several", names->str);
}

/* Somebody who had answered themselves is told what was entered for them; it is theirs to say otherwise. */
static bool tell_party(struct organizing *o, struct event_party *party, const struct rsvp *known,
                       const struct rsvp *now, bool waits, GError **error)
{
  bool is_own = known && strcmp(known->source, "behalf") != 0 && *party->address != '#';
  bool is_other = known && (strcmp(known->answer, now->answer) != 0 || known->people != now->people);
  if (!is_own || !is_other || party->id == o->party->id) return true;
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, waits ? "queued" : flag_of(now->answer), true);
  value_set_number(values, "own", now->people);
  value_set_flag(values, "one", now->people == 1);
  return event_send(o->work,
                    &(struct event_letter){
                        .purpose = "event_entered", .event = o->event, .party = party, .values = values },
                    error);
}

static bool note(struct organizing *o, const struct behalf_named *named, struct value *values, GError **error)
{
  bool waits = false;
  int more = 0;
  GError *failed = NULL;
  g_autoptr(GPtrArray) several = NULL;
  g_autoptr(event_party_t) party = behalf_party(o, named->name, &several, &failed);
  g_autoptr(rsvp_t) known = party ? rsvp_get(o->work->store, o->event->id, "", party->id, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!party) {
    put_several(named, several, values);
    return true;
  }
  struct rsvp rsvp = { .event = o->event->id,
                       .original = (char *)"",
                       .party = party->id,
                       .answer = (char *)named->answer,
                       .people = named->people,
                       .comment = known ? known->comment : (char *)"",
                       .source = (char *)"behalf",
                       .place = known ? known->place : 0,
                       .at = o->work->now,
                       .mail = o->arrival->mail_id };
  if (!event_seat(o->work, o->event, &rsvp, &waits, &more, error)) return false;
  struct value *row = value_append(values, "rows");
  value_set_text(row, "name", named->name);
  value_set_number(row, "own", rsvp.people);
  value_set_flag(row, "one", rsvp.people == 1);
  if (more) value_set_number(row, "more", more);
  value_set_flag(row, "waits", waits);
  value_set_flag(row, waits ? "queued" : flag_of(named->answer), true);
  return tell_party(o, party, known, &rsvp, waits, error);
}

bool behalf_take(struct organizing *o, bool *is_taken, GError **error)
{
  *is_taken = false;
  if (strcmp(o->event->state, "cancelled") == 0) return true;
  const struct passage *passage = o->arrival->understanding->passage;
  g_autoptr(GArray) all = behalf_read(passage);
  g_autoptr(value_t) values = value_new();
  for (guint i = 0; i < all->len; i++)
    if (!note(o, &g_array_index(all, struct behalf_named, i), values, error)) return false;
  *is_taken = all->len > 0;
  if (!*is_taken) return true;
  return event_move_up(o->work, o->event, "", error) && organizing_send(o, "event_noted", values, error) &&
         organizing_done(o, "The organiser enters who comes.");
}
