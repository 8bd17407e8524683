/* Clicks in a calendar that came to another address of ours than the invitation's own: they are found by
 * their UID, for who is proven and known to us as a party of that event; of an event that the public knows
 * for anybody else as well (outside/guest.c). A calendar's own talk reaches nobody. */
#include "lists/events/event.h"

#include "lists/senders.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"

/* Whose click it is, and whether it counts. */
static bool take_click(struct work *work, const struct arrival *arrival, struct event *event,
                       const struct sender *sender, struct decision *decision, bool *is_taken, GError **error)
{
  GError *failed = NULL;
  bool is_proven = sender->address && (arrival->mail->auth.is_authenticated || arrival->is_released);
  g_autoptr(event_party_t) party = is_proven ? event_party_of(work, event, sender, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!party) return events_click_from_outside(work, arrival, event, sender, decision, is_taken, error);
  *is_taken = true;
  g_string_append_printf(decision->details, " event=%d/%d", event->year, event->number);
  return event_take_answer(work, arrival, event, party, decision, error);
}

/* The click of somebody whom we know for an event of ours. */
static bool take_known_click(struct work *work, const struct arrival *arrival,
                             const struct calendar *calendar, struct decision *decision, bool *is_taken,
                             GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_t) event = event_of_uid(work->store, calendar->uid, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!event) return true;
  struct sender sender;
  bool is_done = sender_find(work, arrival->mail, event->list, &sender, error) &&
                 take_click(work, arrival, event, &sender, decision, is_taken, error);
  sender_clear(&sender);
  return is_done;
}

bool events_take_click(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error)
{
  *is_taken = false;
  const struct understanding *it = arrival->understanding;
  g_autoptr(calendar_t) calendar = it ? itip_find(arrival->mail) : NULL;
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  bool is_click = method == ITIP_REPLY || method == ITIP_COUNTER;
  bool is_talk = method == ITIP_OTHER && it->meaning->intent == INTENT_IGNORE;
  if (!is_click && !is_talk) return true;
  if (is_click && calendar->uid && !take_known_click(work, arrival, calendar, decision, is_taken, error))
    return false;
  if (*is_taken) return true;
  *is_taken = true;
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, "A calendar's own message about nothing of ours; it reaches nobody.");
  return true;
}
