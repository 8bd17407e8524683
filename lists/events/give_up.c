/* A mail that was no call after all: its draft goes, and the mail is moved. Once its organiser has said yes, or a
 * poll was sent, others know of it: then it can only be called off. The kind's give_up. */
#include "lists/events/event.h"

#include "lib/base/fault.h"
#include "lib/store/events/polls.h"

#include <string.h>

bool events_give_up(struct work *work, const struct giving_up *giving, bool *is_given_up, GError **error)
{
  GError *failed = NULL;
  *is_given_up = false;
  g_autoptr(event_t) event = event_of_mail(work->store, giving->mail, &failed);
  bool is_draft = event && strcmp(event->state, "draft") == 0;
  g_autoptr(poll_t) poll = is_draft ? poll_get(work->store, event->id, &failed) : NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!is_draft || poll) return true;
  g_free(event->state);
  event->state = g_strdup("cancelled");
  event->next_tick = event->next_at = 0;
  *is_given_up = event_put(work->store, event, error);
  return *is_given_up;
}
