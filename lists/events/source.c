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
#include "lists/events/event.h"

#include "lists/events/hosts/host.h"
#include "lists/letters.h"
#include "lists/notices.h"
#include "lists/senders.h"
#include "lists/understand/itip.h"
#include "lists/understand/understand.h"
#include "lists/video/words.h"

#include "lib/base/fault.h"
#include "lib/mail/calendar_event.h"
#include "lib/mail/read.h"
#include "lib/store/directory.h"
#include "lib/store/events/event_sources.h"
#include "lib/text/days/wall_text.h"
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

static bool calls_off(const struct calendar *calendar)
{
  return itip_method(calendar) == ITIP_CANCEL || g_strcmp0(calendar->status, "CANCELLED") == 0;
}

static struct event_version version_of(const struct calendar *calendar)
{
  return (struct event_version){ calendar->sequence, calendar_stamp_read(calendar) };
}

/* RFC 5546 section 2.1.5; a CANCEL may bear the very version that it calls off. */
static bool is_newer(const struct event_version *now, const struct event_version *known, bool is_off)
{
  if (now->sequence != known->sequence) return now->sequence > known->sequence;
  return now->stamp > known->stamp || (is_off && (now->stamp == known->stamp || !now->stamp));
}

/* Is it newer than what counts of the event or date? If so, it counts now. */
static bool note_version(struct work *work, const struct event *event, const struct calendar *calendar,
                         const char *original, bool *is_it, GError **error)
{
  struct event_version now = version_of(calendar), known, whole;
  bool is_known = false, is_whole = false;
  if (!event_source_get(work->store, calendar->uid, event->id, original, &known, &is_known, error) ||
      !event_source_get(work->store, calendar->uid, event->id, "", &whole, &is_whole, error))
    return false;
  bool is_behind = is_whole && now.sequence < whole.sequence; /* the series was changed since */
  *is_it = !is_behind && (!is_known || is_newer(&now, &known, calls_off(calendar)));
  return !*is_it || event_source_put(work->store, calendar->uid, event->id, original, &now, error);
}

/* ---- dates of a series ---- */

/* The change of a date that counts; NULL: it is as the rule says. */
static const struct event_date *change_of(const GPtrArray *changes, const char *original)
{
  for (guint i = 0; i < changes->len; i++) {
    const struct event_date *change = changes->pdata[i];
    if (strcmp(change->original, original) == 0) return change;
  }
  return NULL;
}

/* Writes a change where it is one. */
static bool put_date(struct work *work, const struct event *event, const struct event_date *date,
                     bool *is_changed, GError **error)
{
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  const struct event_date *known = change_of(changes, date->original);
  bool is_same = known && strcmp(known->starts, date->starts) == 0 && strcmp(known->ends, date->ends) == 0 &&
                 strcmp(known->place, date->place) == 0;
  bool is_regular = !known && strcmp(date->original, date->starts) == 0 && !*date->place;
  if (is_same || is_regular) return true;
  *is_changed = true;
  return event_date_put(work->store, event->id, date, error);
}

/* A date as its own object says: off, or when and where it is held. */
static bool take_date(struct work *work, const struct event *event, const struct calendar *calendar,
                      bool *is_new, bool *is_changed, GError **error)
{
  struct wall day, original;
  struct calendar_event read;
  bool is_it = false;
  if (!calendar_original_read(calendar, event->zone, &day) || !event_date_on(event, &day, &original))
    return true;
  g_autofree char *key = wall_write(&original);
  if (!note_version(work, event, calendar, key, &is_it, error)) return false;
  if (!is_it) return true;
  *is_new = true;
  struct event_date date = { key, (char *)"", (char *)"", (char *)"", event->sequence + 1 };
  if (calls_off(calendar)) return put_date(work, event, &date, is_changed, error);
  if (!calendar_event_read(calendar, event->zone, &read)) return true;
  g_autofree char *starts = wall_write(&read.start), *ends = wall_write(&read.end);
  date.starts = starts, date.ends = ends;
  g_autofree char *door = NULL; /* a date has no room of its own: the way into the event's is told */
  g_autofree char *place = video_take_rooms(calendar->location ? calendar->location : "", &door);
  if (strcmp(place, event->place) != 0) date.place = place;
  calendar_event_clear(&read);
  return put_date(work, event, &date, is_changed, error);
}

/* The dates that the series leaves out. */
static bool leave_out(struct work *work, const struct event *event, const struct calendar *calendar,
                      bool *is_changed, GError **error)
{
  g_autoptr(GArray) days = calendar_exdates_read(calendar, event->zone);
  for (guint i = 0; i < days->len; i++) {
    struct wall original;
    if (!event_date_on(event, &g_array_index(days, struct wall, i), &original)) continue;
    g_autofree char *key = wall_write(&original);
    struct event_date off = { key, (char *)"", (char *)"", (char *)"", event->sequence + 1 };
    if (!put_date(work, event, &off, is_changed, error)) return false;
  }
  return true;
}

/* Everything of the mail that is about single dates. */
static bool take_dates(struct work *work, const struct event *event, const GPtrArray *objects, bool *is_new,
                       bool *is_changed, GError **error)
{
  for (guint i = 0; i < objects->len; i++) {
    const struct calendar *calendar = objects->pdata[i];
    bool is_whole = !calendar->recurrence_id;
    if (g_strcmp0(calendar->uid, ((const struct calendar *)objects->pdata[0])->uid) != 0) continue;
    if (is_whole ? !leave_out(work, event, calendar, is_changed, error)
                 : !take_date(work, event, calendar, is_new, is_changed, error))
      return false;
  }
  return true;
}

/* ---- the first one ---- */

bool event_source_note(struct work *work, const struct arrival *arrival, const struct event *event,
                       GError **error)
{
  g_autoptr(calendar_t) calendar = itip_find(arrival->mail);
  if (!calendar || !calendar->uid || itip_method(calendar) != ITIP_EVENT || is_addition(calendar))
    return true;
  struct event_version version = version_of(calendar);
  bool is_new = false, is_changed = false;
  g_autoptr(GPtrArray) objects = calendar_read_each(itip_text(arrival->mail), EVENTS_A_MAIL);
  return event_source_put(work->store, calendar->uid, event->id, "", &version, error) &&
         take_dates(work, event, objects, &is_new, &is_changed, error);
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
    if (!note_version(s->o.work, s->o.event, calendar, "", &is_it, error)) return false;
    if (!is_it) continue;
    s->is_new = true;
    s->is_off = s->is_off || calls_off(calendar);
    if (!calls_off(calendar) && !take_fields(s, calendar, error)) return false;
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
      !take_dates(work, event, s->objects, &s->is_new, &s->has_dates, error))
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
  if (!take_dates(s->o.work, s->o.event, s->objects, &s->is_new, &s->has_dates, error)) return false;
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
  *is_taken = calls_off(calendar) && strcmp(arrival->list->kind, "events") == 0;
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
