/* "Andere Zeit": somebody's calendar proposes one (iTIP COUNTER, RFC 5546 section 3.2.7). Nothing changes;
 * the organiser reads who proposes what, and decides by an answer as always. Who proposes counts as a maybe.
 */
#include "lists/events/event.h"

#include "lists/understand/itip.h"

#include "lib/mail/calendar_event.h"
#include "lib/mail/read.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

#include <string.h>

/* The letter to one organiser. */
static bool tell(struct work *work, const struct event *event, struct event_party *organizer, const char *who,
                 const struct calendar_event *proposed, const char *comment, GError **error)
{
  g_autoptr(value_t) values = value_new();
  g_autofree char *de = wall_in_words(&proposed->start, &proposed->end, "de");
  g_autofree char *en = wall_in_words(&proposed->start, &proposed->end, "en");
  value_set_text(values, "who", who);
  value_set_text(values, "proposed", de);
  value_set_text(values, "proposed_en", en);
  value_set_text(values, "comment", comment && *comment ? comment : NULL);
  return event_send(work,
                    &(struct event_letter){
                        .purpose = "event_counter", .event = event, .party = organizer, .values = values },
                    error);
}

/* Everybody who organises it is told. */
static bool tell_organizers(struct work *work, const struct event *event, const char *who,
                            const struct calendar_event *proposed, const char *comment, GError **error)
{
  g_autoptr(GPtrArray) parties = event_organizers(work->store, event->id, error);
  if (!parties) return false;
  for (guint i = 0; i < parties->len; i++) {
    struct event_party *party = parties->pdata[i];
    if (!tell(work, event, party, who, proposed, comment, error)) return false;
  }
  return true;
}

bool event_counter(struct work *work, const struct arrival *arrival, struct event *event,
                   const struct event_party *party, struct decision *decision, GError **error)
{
  struct calendar_event proposed;
  g_autoptr(calendar_t) calendar = itip_find(arrival->mail);
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, "A calendar proposes another time and does not say which.");
  if (!calendar_event_read(calendar, event->zone, &proposed)) return true;
  const char *name = *party->name ? party->name : mail_actor(arrival->mail)->name;
  struct rsvp maybe = { .event = event->id,
                        .original = (char *)"",
                        .party = party->id,
                        .answer = (char *)"maybe",
                        .people = 1,
                        .comment = (char *)"",
                        .source = (char *)"itip",
                        .sequence = (int)calendar->sequence,
                        .stamp = calendar_stamp_read(calendar),
                        .at = work->now,
                        .mail = arrival->mail_id };
  bool waits = false;
  bool is_done = event_seat(work, event, &maybe, &waits, error) &&
                 tell_organizers(work, event, name, &proposed, calendar->comment, error);
  calendar_event_clear(&proposed);
  decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(decision->reason, "A calendar proposes another time; the organiser is asked.");
  return is_done;
}
