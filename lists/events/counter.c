/* "Andere Zeit": somebody's calendar proposes one (iTIP COUNTER, RFC 5546 section 3.2.7). Nothing changes;
 * the organiser reads who proposes what, and decides by an answer as always. Who proposes counts as a maybe;
 * answer.c sees to it, and to whether it is theirs to propose. */
#include "lists/events/event.h"

#include "lib/mail/calendar_event.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

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

bool event_counter_tell(struct work *work, const struct event *event, const char *who,
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
