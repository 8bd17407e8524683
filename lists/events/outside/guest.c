/* Who was not invited answers to an event that everybody may know of: by a click in a calendar that
 * subscribes to ours (found by its UID), by the number of its page, or in words that name it. They become a
 * party of their own, as whoever gets an invitation forwarded does, and everything else is as there
 * (answer.c): for an event that is open to all it counts, with its places and its last day; for any other an
 * organiser is asked. Who is invited already answers as who they are.
 *
 * An address can be claimed by anybody: who is not proven confirms first, and is no party before. Nothing is
 * taken for an answer that could be a call of its own; that, and what names several events, is asked about.
 */
#include "lists/events/outside/outside.h"

#include "lists/forward.h"
#include "lists/holding.h"
#include "lists/list_cache.h"
#include "lists/senders.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/read.h"
#include "lib/store/events/event_shelves.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/phrases.h"

#include <string.h>

enum { WORDS_OF_AN_ANSWER = 15, CHOICES_MAX = 8 };

/* One mail from outside. */
struct outside {
  struct work *work;
  const struct arrival *arrival; /* read as an answer to an event */
  const struct understanding *as_it_came;
  const struct sender *sender;
  struct decision *decision;
  bool is_click;
};

static bool is_proven(const struct outside *o)
{
  return o->sender->address && (o->arrival->mail->auth.is_authenticated || o->arrival->is_released);
}

/* As whom they answer. */
static struct event_party *party_of(const struct outside *o, const struct event *event, GError **error)
{
  GError *failed = NULL;
  struct event_party *party = event_party_of(o->work, event, o->sender, &failed);
  if (failed) g_propagate_error(error, failed);
  if (failed || party) return party;
  return event_stranger_put(o->work, o->arrival, event, o->sender, error);
}

/* Whoever comes reads what holds, with a calendar object and a way to answer anew. */
static bool welcome(const struct outside *o, int64_t id, int64_t party, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_t) event = event_get(o->work->store, id, &failed);
  g_autoptr(event_party_t) now = failed ? NULL : event_party_get(o->work->store, party, &failed);
  g_autoptr(rsvp_t) rsvp = failed ? NULL : rsvp_get(o->work->store, id, "", party, &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autoptr(GPtrArray) dates = rsvps_of_party(o->work->store, party, error);
  if (!dates) return false;
  bool comes = rsvp && strcmp(rsvp->answer, "no") != 0;
  for (guint i = 0; i < dates->len; i++)
    comes = comes || strcmp(((const struct rsvp *)dates->pdata[i])->answer, "no") != 0;
  if (!event || !now || !comes || now->told >= event->sequence) return true;
  event->next_tick = o->work->now;
  return event_put(o->work->store, event, error);
}

/* What an organiser says of their own event may be a change of it. */
static bool take_change(const struct outside *o, const struct event_party *party, bool *is_asked,
                        GError **error)
{
  struct arrival arrival = *o->arrival;
  arrival.understanding = o->as_it_came;
  *is_asked = false;
  if (strcmp(party->role, "organizer") != 0) return true;
  if (!events_said_elsewhere(o->work, &arrival, o->sender, 0, o->decision, is_asked, error)) return false;
  if (!*is_asked) return true;
  o->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(o->decision->reason, "The organiser is shown how the event would be.");
  return true;
}

static bool is_answer(const struct outside *o)
{
  return o->arrival->understanding->meaning->answer != ANSWER_NONE;
}

static bool is_question(const struct outside *o)
{
  return o->arrival->understanding->meaning->intent == INTENT_QUESTION ||
         o->as_it_came->meaning->intent == INTENT_QUESTION;
}

/* Who asks and says nothing of coming is no guest: their question goes on, and they hear of it no more. */
static bool ask_organizer(const struct outside *o, const struct event *event, GError **error)
{
  g_autoptr(GPtrArray) organizers = event_organizers(o->work->store, event->id, error);
  if (!organizers) return false;
  if (organizers->len == 0) return holding_put(o->work, o->arrival, "no_object", NULL, o->decision, error);
  const struct event_party *first = organizers->pdata[0];
  g_string_assign(o->decision->reason, "Somebody asks about an event; it goes to whom organises it.");
  return forward_to_person(o->work, o->arrival, first->person, first->address, o->decision, error);
}

static bool answer(const struct outside *o, struct event *event, GError **error)
{
  bool is_asked = false;
  if (!is_proven(o)) return event_ask_guest(o->work, o->arrival, event, o->sender, o->decision, error);
  if (!o->is_click && !is_answer(o) && is_question(o)) return ask_organizer(o, event, error);
  g_autoptr(event_party_t) party = party_of(o, event, error);
  if (!party) return false;
  if (!take_change(o, party, &is_asked, error)) return false;
  if (is_asked) return true;
  g_string_append_printf(o->decision->details, " event=%d/%d", event->year, event->number);
  return event_take_answer(o->work, o->arrival, event, party, o->decision, error) &&
         welcome(o, event->id, party->id, error);
}

/* ---- clicks ---- */

bool events_click_from_outside(struct work *work, const struct arrival *arrival, struct event *event,
                               const struct sender *sender, struct decision *decision, bool *is_taken,
                               GError **error)
{
  const struct outside o = { work, arrival, arrival->understanding, sender, decision, true };
  bool is_shown = false;
  *is_taken = false;
  if (!sender->address || !event_is_shown(work->store, event->id, &is_shown, error))
    return sender->address == NULL;
  if (!is_shown || strcmp(event->state, "draft") == 0 || strcmp(event->state, "poll") == 0) return true;
  *is_taken = true;
  return answer(&o, event, error);
}

/* ---- words ---- */

/* Could it be a call of its own: a wish that others come? */
static bool could_call(const struct outside *o)
{
  return passage_has(o->as_it_came->passage, "event.invites");
}

/* An answer that names no event and says no day, and little else: to what? At the address of events it can be
 * to nothing else; elsewhere it has to sound like one. */
static bool names_nothing(const struct outside *o)
{
  const struct understanding *it = o->as_it_came;
  const struct list *list = o->arrival->list;
  bool is_wish = events_may_register(it);
  bool is_of_events = list && strcmp(list->kind, "events") == 0;
  if (!is_answer(o) || it->dates->len > 0 || it->meaning->intent == INTENT_EVENT) return false;
  if (is_wish && o->arrival->understanding->meaning->people < 2) return false; /* it is of the list */
  if (!is_wish && !is_of_events && it->meaning->intent != INTENT_RSVP) return false;
  return passage_words(it->passage, 0, it->passage->lexemes->count) <= WORDS_OF_AN_ANSWER;
}

static bool ask_which(const struct outside *o, GPtrArray *events, bool *is_taken, GError **error)
{
  if (events->len > CHOICES_MAX) g_ptr_array_set_size(events, CHOICES_MAX);
  *is_taken = events->len > 0;
  if (!*is_taken) return true;
  if (!is_proven(o)) return event_ask_guest(o->work, o->arrival, NULL, o->sender, o->decision, error);
  o->decision->outcome = OUTCOME_ANSWERED;
  g_string_assign(o->decision->reason, "It answers to an event and does not say which; its sender is asked.");
  return which_ask(o->work, o->arrival, o->sender, events, error);
}

static bool take_words(const struct outside *o, bool *is_taken, GError **error)
{
  if (!is_answer(o) && !is_question(o)) return true;
  g_autoptr(GPtrArray) named = named_by_words(o->work, o->as_it_came, error);
  if (!named) return false;
  if (named->len == 1 && !could_call(o)) {
    *is_taken = true;
    return answer(o, named->pdata[0], error);
  }
  if (named->len > 0) return ask_which(o, named, is_taken, error);
  if (!names_nothing(o)) return true;
  g_autoptr(GPtrArray) ahead = known_ahead(o->work, error);
  return ahead && ask_which(o, ahead, is_taken, error);
}

static bool take(const struct outside *o, bool *is_taken, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_t) event = named_by_number(o->work, o->as_it_came, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!event) return take_words(o, is_taken, error);
  *is_taken = true;
  return answer(o, event, error);
}

bool events_may_register(const struct understanding *it)
{
  return it && (it->meaning->intent == INTENT_JOIN || it->meaning->intent == INTENT_LEAVE);
}

bool events_take_guest(struct work *work, const struct arrival *arrival, const struct sender *sender,
                       struct decision *decision, bool *is_taken, GError **error)
{
  *is_taken = false;
  g_autoptr(calendar_t) calendar = itip_find(arrival->mail);
  if (!arrival->understanding || calendar || !sender->address) return true;
  const struct list *list = arrival->list;
  g_autoptr(understanding_t) said = understanding_new(
      arrival->mail, &(struct circumstances){ .context = CONTEXT_EVENT,
                                              .list = list ? list->name : NULL,
                                              .list_kind = list ? list->kind : NULL,
                                              .book = work->book,
                                              .without_places = true,
                                              .now = mail_written_at(arrival->mail, arrival->received),
                                              .zone = work->config->zone,
                                              .domain = work->config->domain });
  struct arrival as_answer = *arrival;
  as_answer.understanding = said;
  const struct outside o = { work, &as_answer, arrival->understanding, sender, decision, false };
  return take(&o, is_taken, error);
}
