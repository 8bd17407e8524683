/* Invitations of foreign calendars (RFC 5546 REQUEST, PUBLISH, CANCEL; Exchange, Google, TNEF). The first one
 * becomes a draft as any other mail that calls people together; the event remembers the UID and the version
 * it was read from. A later version changes the event without a question, since its author's calendar shows
 * it so already; an older one changes nothing; a CANCEL calls off the event or the one date. All of that only
 * where the mail is proven to be of somebody who organises the event: a UID is no secret, so of everybody
 * else's mail with it nothing is changed, and it is what it would be without.
 *
 * What surprised us: Outlook writes EXDATE for a date that was deleted, and mails a CANCEL with RECURRENCE-ID
 * as well; dates that were moved come as events of their own beside the series, and their SEQUENCE may lag
 * behind it. */
#include "lists/events/source.h"

#include "lists/events/hosts/host.h"
#include "lists/letters.h"
#include "lists/notices.h"
#include "lists/senders.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"

#include "lib/base/fault.h"
#include "lib/mail/calendar_event.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/text/template.h"

#include <string.h>

enum { EVENTS_A_MAIL = 60 };

/* One more date of something (ADD): no version of it, but a call of its own. */
static bool is_addition(const struct calendar *calendar)
{
  return g_strcmp0(calendar->method, "ADD") == 0;
}

/* A mail of a calendar on its way. */
struct source {
  struct organizing o;
  GPtrArray *objects; /* struct calendar*, each event of the mail's */
  bool is_new;        /* something newer than what counts was read */
  bool is_off;        /* the whole event is called off */
  bool has_dates;     /* a date of the series is otherwise now */
};

/* ---- the first one ---- */

bool event_source_note(struct work *work, const struct arrival *arrival, const struct event *event,
                       GError **error)
{
  g_autoptr(calendar_t) calendar = itip_find(arrival->mail);
  if (!calendar || !calendar->uid || itip_method(calendar) != ITIP_EVENT || is_addition(calendar))
    return true;
  struct event_version version = source_version(calendar);
  bool is_new = true, is_changed = false;
  g_autoptr(GPtrArray) objects = calendar_read_each(itip_text(arrival->mail), EVENTS_A_MAIL);
  return event_source_put(work->store, calendar->uid, event->id, "", &version, error) &&
         source_take_dates(work, event, objects, &is_new, &is_changed, error);
}

/* ---- a later one ---- */

/* The event as the object says now. What it leaves open stays. */
static bool take_fields(struct source *s, const struct calendar *calendar, GError **error)
{
  struct calendar_event read;
  g_autoptr(meaning_t) meaning = meaning_new(INTENT_EVENT);
  struct understanding said = *s->o.arrival->understanding;
  struct arrival arrival = *s->o.arrival;
  if (calendar_event_read(calendar, s->o.event->zone, &read)) {
    meaning->start = read.start, meaning->end = read.end;
    meaning->recurrence = g_strdup(read.recurrence);
    calendar_event_clear(&read);
  }
  meaning->title = g_strdup(calendar->summary);
  if (calendar->location && strcmp(calendar->location, s->o.event->place) != 0)
    read_event_where(calendar->location, s->o.work->gazetteer, meaning);
  said.meaning = meaning;
  arrival.understanding = &said;
  return event_take_meaning(s->o.work, s->o.event, &arrival, error);
}

/* Is it about the event as a whole? Of one that is held once its only date is. */
static bool is_whole(const struct source *s, const struct calendar *calendar)
{
  const char *uid = ((const struct calendar *)s->objects->pdata[0])->uid;
  return g_strcmp0(calendar->uid, uid) == 0 && (!calendar->recurrence_id || !*s->o.event->rule);
}

static bool take_whole(struct source *s, GError **error)
{
  for (guint i = 0; i < s->objects->len; i++) {
    const struct calendar *calendar = s->objects->pdata[i];
    bool is_it = false;
    if (!is_whole(s, calendar)) continue;
    if (!source_note_version(s->o.work, s->o.event, calendar, "", &is_it, error)) return false;
    if (!is_it) continue;
    s->is_new = true;
    s->is_off = s->is_off || source_calls_off(calendar);
    if (!source_calls_off(calendar) && !take_fields(s, calendar, error)) return false;
  }
  return true;
}

static bool tell(struct source *s, unsigned differ, GError **error)
{
  g_autoptr(value_t) values = value_new();
  value_set_flag(values, "done", true);
  value_set_flag(values, "off", s->is_off);
  value_set_flag(values, "tells", s->is_off || s->has_dates || (differ & (FIELD_TIME | FIELD_SHOWN)));
  value_set_flag(values, "asks_again", !s->is_off && (differ & FIELD_TIME));
  return organizing_send(&s->o, "event_changed", values, error) &&
         organizing_done(&s->o, "The calendar of its organiser has changed the event.");
}

static bool nothing(struct source *s)
{
  s->o.decision->outcome = OUTCOME_FILED;
  g_string_assign(s->o.decision->reason, "The calendar says nothing newer of the event than is known.");
  return true;
}

/* An event that stands: everybody is told. */
static bool change_standing(struct source *s, GError **error)
{
  struct event *event = s->o.event;
  struct work *work = s->o.work;
  g_autoptr(event_t) before = fields_copy(event);
  if (!take_whole(s, error)) return false;
  if (s->is_off) {
    host_event_off(work, event);
    return event_put(work->store, event, error) && tell(s, 0, error);
  }
  unsigned differ = fields_differ(before, event);
  if (!host_fields_changed(work, before, event, error) ||
      !source_take_dates(work, event, s->objects, &s->is_new, &s->has_dates, error))
    return false;
  if (s->has_dates && !host_dates_changed(work, event, error)) return false;
  if (!s->is_new && !s->has_dates) return nothing(s);
  if (!event_put(work->store, event, error)) return false;
  return differ || s->has_dates ? tell(s, differ, error) : nothing(s);
}

/* A draft: its author is shown it as it is now. */
static bool change_draft(struct source *s, GError **error)
{
  if (!take_whole(s, error)) return false;
  if (s->is_off) return event_drop(&s->o, error);
  if (!source_take_dates(s->o.work, s->o.event, s->objects, &s->is_new, &s->has_dates, error)) return false;
  if (!s->is_new && !s->has_dates) return nothing(s);
  return event_put(s->o.work->store, s->o.event, error) && event_show(&s->o, "event_draft", NULL, error) &&
         organizing_done(&s->o, "The event is shown to its organiser as their calendar says now.");
}

static bool change(struct source *s, GError **error)
{
  const char *state = s->o.event->state;
  if (strcmp(state, "draft") == 0) return change_draft(s, error);
  if (strcmp(state, "open") == 0 || strcmp(state, "closed") == 0) return change_standing(s, error);
  if (!take_whole(s, error)) return false;
  if (!s->is_new || s->is_off) return nothing(s);
  g_autoptr(value_t) values = value_new();
  return organizing_send(&s->o, "event_closed", values, error) &&
         organizing_done(&s->o, "The event is over or off; a calendar opens it no more.");
}

bool event_source_apply(struct organizing *o, bool *is_taken, GError **error)
{
  g_autoptr(calendar_t) calendar = itip_find(o->arrival->mail);
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  struct event_version version;
  *is_taken = false;
  if (!calendar || !calendar->uid || is_addition(calendar) || (method != ITIP_EVENT && method != ITIP_CANCEL))
    return true;
  if (!event_source_get(o->work->store, calendar->uid, o->event->id, "", &version, is_taken, error))
    return false;
  if (!*is_taken) return true;
  g_autoptr(GPtrArray) objects = calendar_read_each(itip_text(o->arrival->mail), EVENTS_A_MAIL);
  struct source source = { .o = *o, .objects = objects };
  return change(&source, error);
}

/* ---- whose it is ---- */

/* A CANCEL of something that we do not know, to a list of events. */
static bool say_unknown(struct work *work, const struct arrival *arrival, const struct sender *sender,
                        struct decision *decision, GError **error)
{
  bool may = false;
  decision->outcome = OUTCOME_FILED;
  g_string_assign(decision->reason, "It calls off something that its sender does not organise here.");
  if (!arrival->mail->auth.is_authenticated) return true;
  if (!notices_may(work, "event_not_known", sender->address, &may, error)) return false;
  if (!may) return true;
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "title", arrival->understanding->meaning->title);
  decision->outcome = OUTCOME_ANSWERED;
  return letters_send(work,
                      &(struct letter_out){ .purpose = "event_not_known",
                                            .list = arrival->list,
                                            .address = sender->address,
                                            .person = sender->person,
                                            .values = values,
                                            .in_reply_to = arrival->mail->message_id,
                                            .is_answer = true },
                      error);
}

/* The event that the sender organises. */
static bool take_known(struct work *work, const struct arrival *arrival, const struct sender *sender,
                       struct event *event, struct decision *decision, GError **error)
{
  bool is_taken = false;
  g_autoptr(event_party_t) party =
      event_party_find(work->store, event->id, sender->address, "organizer", error);
  if (!party) return false;
  g_string_append_printf(decision->details, " event=%d/%d", event->year, event->number);
  if (!arrival->mail->auth.is_authenticated && !arrival->is_released)
    return event_ask_organizer(work, arrival, event, party, decision, error);
  struct organizing o = { work, arrival, event, party, decision };
  return event_source_apply(&o, &is_taken, error);
}

static bool take(struct work *work, const struct arrival *arrival, const struct sender *sender,
                 const struct calendar *calendar, struct decision *decision, bool *is_taken, GError **error)
{
  GError *failed = NULL;
  if (!sender->address) return true;
  g_autoptr(event_t) event =
      event_of_source(work->store, calendar->uid, arrival->list->id, sender->address, &failed);
  if (fault_hand_on(failed, error)) return false;
  *is_taken = event != NULL;
  if (event) return take_known(work, arrival, sender, event, decision, error);
  *is_taken = source_calls_off(calendar) && strcmp(arrival->list->kind, "events") == 0;
  return !*is_taken || say_unknown(work, arrival, sender, decision, error);
}

bool events_take_source(struct work *work, const struct arrival *arrival, struct decision *decision,
                        bool *is_taken, GError **error)
{
  *is_taken = false;
  const struct understanding *it = arrival->understanding;
  if (!it || !arrival->list || it->meaning->intent != INTENT_EVENT) return true;
  g_autoptr(calendar_t) calendar = itip_find(arrival->mail);
  enum itip_method method = calendar ? itip_method(calendar) : ITIP_NONE;
  if ((method != ITIP_EVENT && method != ITIP_CANCEL) || !calendar->uid || is_addition(calendar)) return true;
  struct sender sender;
  bool is_done = sender_find(work, arrival->mail, arrival->list->id, &sender, error) &&
                 take(work, arrival, &sender, calendar, decision, is_taken, error);
  sender_clear(&sender);
  return is_done;
}
