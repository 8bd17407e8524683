/* The life of a room. It comes into being with the first letter about an event that stands, and the server is
 * asked for it at once: that shows early whether there will be one, and which telephone number and PIN belong
 * to it. Then it is asked for shortly before each date, and again every few minutes until that is over:
 * `create` changes nothing where the room is open, and a server clears away one that nobody is in. What was
 * called off or moved is asked for no more, since every date is the event's own next one. Links cannot be
 * taken back, they are signed for good: who shall lead no more makes another room of it, with new links for
 * all.
 *
 * What surprised us: servers before 2.5 clear an empty room after five minutes whatever we ask, so the pause
 * must be shorter than that. */
#include "lists/video/rooms.h"

#include "lists/events/event.h"
#include "lists/letters.h"
#include "lists/video/bbb.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/mail/address.h"
#include "lib/store/jobs/jobs.h"
#include "lib/store/jobs/rooms.h"
#include "lib/text/template.h"

#include <string.h>

enum {
  LEAD_SECONDS = 20 * 60,
  GIVEN_UP_BEFORE = 10 * 60, /* so that organisers can still send a link of their own */
  KEEP_SECONDS = 4 * 60,
  PROBE_SECONDS = 24 * 3600,
  PATIENCE_SECONDS = 120, /* that invitations wait for the first answer */
  STAYS_EMPTY_MINUTES = 30,
  STAYS_LEFT_MINUTES = 15,
  ROOMS_A_TICK = 10,
  NAME_CHARACTERS = 60
};

void room_way_clear(struct room_way *way)
{
  g_clear_pointer(&way->link, g_free);
  g_clear_pointer(&way->dial, g_free);
  g_clear_pointer(&way->pin, g_free);
}

/* ---- asking for a room ---- */

/* What is the same whenever it is asked for. The server wants two characters of a name at least. */
static GString *query_of(const struct work *work, const struct event *event, const struct room *room)
{
  glong size = MIN(g_utf8_strlen(event->title, -1), NAME_CHARACTERS);
  g_autofree char *name = g_utf8_substring(event->title, 0, size);
  GString *query = g_string_new(NULL);
  bbb_put(query, "name", size < 2 ? work->config->name : name);
  bbb_put(query, "meetingID", room->meeting);
  bbb_put(query, "record", "false");
  if (*work->config->bbb_dial_number) bbb_put(query, "dialNumber", work->config->bbb_dial_number);
  if (*room->pin) bbb_put(query, "voiceBridge", room->pin);
  return query;
}

static void put_minutes(GString *query, const char *name, int64_t minutes)
{
  g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, minutes);
  bbb_put(query, name, digits);
}

static bool put_job(struct work *work, const struct event *event, const char *query, int64_t until,
                    GError **error)
{
  g_autofree char *about = g_strdup_printf("event %d/%d", event->year, event->number);
  const struct job job = { .what = (char *)"bbb_create",
                           .object = event->id,
                           .about = about,
                           .request = (char *)query,
                           .since = work->now,
                           .next_try = work->now,
                           .until = until };
  return job_put(work->store, &job, error);
}

/* The first time: is there a room at all? */
static bool probe(struct work *work, const struct event *event, const struct room *room, GError **error)
{
  g_autoptr(GString) query = query_of(work, event, room);
  int64_t until = work->now + PROBE_SECONDS;
  if (event->next_at > work->now) until = MIN(until, event->next_at);
  return put_job(work, event, query->str, until, error);
}

/* The room of an event that stands, made where there is none yet. Caller frees; NULL on error. */
static struct room *room_of(struct work *work, const struct event *event, GError **error)
{
  GError *failed = NULL;
  struct room *room = room_get(work->store, event->id, &failed);
  if (fault_hand_on(failed, error) || room) return room;
  g_autofree char *meeting = bbb_meeting_id(work->bbb, event->uid);
  if (!room_put(work->store, event->id, meeting, work->now, error)) return NULL;
  room = room_get(work->store, event->id, error);
  if (room && probe(work, event, room, error)) return room;
  room_free(room);
  return NULL;
}

/* ---- whose way it is ---- */

/* Who was asked to come and is still of the group, and where everybody may, who said so. */
static bool has_way(struct work *work, const struct event *event, const struct event_party *party, bool *has,
                    GError **error)
{
  *has = false;
  if (strcmp(party->role, "organizer") == 0 || strcmp(party->role, "invited") == 0)
    return event_is_guest(work, event, party, has, error);
  bool is_for_all = strcmp(event->strangers, "count") == 0 || strcmp(event->audience, "open") == 0;
  if (strcmp(party->role, "stranger") != 0 || !is_for_all) return true;
  GError *failed = NULL;
  g_autoptr(rsvp_t) rsvp = rsvp_get(work->store, event->id, "", party->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  *has = rsvp && strcmp(rsvp->answer, "yes") == 0 && !rsvp->place;
  return true;
}

static char *said(const char *text)
{
  return *text ? g_strdup(text) : NULL;
}

/* The way into our own room. */
static bool way_of_room(struct work *work, const struct event *event, const struct event_party *party,
                        struct room_way *way, GError **error)
{
  g_autoptr(room_t) room = room_of(work, event, error);
  if (!room) return false;
  g_autofree char *name = event_party_called(party);
  way->is_ours = true;
  way->is_moderator = strcmp(party->role, "organizer") == 0;
  way->link = bbb_join_url(work->bbb, room->meeting, name, way->is_moderator);
  const char *dial = *work->config->bbb_dial_number ? work->config->bbb_dial_number : room->dial;
  bool has_telephone = *dial && *room->pin;
  way->dial = has_telephone ? said(dial) : NULL;
  way->pin = has_telephone ? said(room->pin) : NULL;
  return true;
}

bool room_way_for(struct work *work, const struct event *event, const struct event_party *party,
                  struct room_way *way, GError **error)
{
  bool has = false;
  *way = (struct room_way){ 0 };
  if (!event->is_video || !event_is_held(event) || (!work->bbb && !*event->video_link)) return true;
  if (!has_way(work, event, party, &has, error)) return false;
  if (!has) return true;
  if (!*event->video_link) return way_of_room(work, event, party, way, error);
  way->link = g_strdup(event->video_link);
  return true;
}

void room_way_put(const struct room_way *way, struct value *values)
{
  value_set_text(values, "video_link", way->link);
  value_set_text(values, "video_dial", way->dial);
  value_set_text(values, "video_pin", way->pin);
  value_set_flag(values, "video_opens", way->is_ours);
  value_set_flag(values, "video_leads", way->is_moderator);
}

bool room_is_awaited(struct work *work, const struct event *event, bool *is, GError **error)
{
  *is = false;
  if (!room_is_used(work, event)) return true;
  GError *failed = NULL;
  g_autoptr(room_t) room = room_get(work->store, event->id, &failed);
  if (fault_hand_on(failed, error)) return false;
  *is = room && !room->is_answered && work->now < room->made + PATIENCE_SECONDS;
  return true;
}

bool room_is_used(const struct work *work, const struct event *event)
{
  return work->bbb && event->is_video && !*event->video_link && event_is_held(event);
}

/* ---- another room ---- */

/* People were told another way in: they are told the new one, in their calendars as well. */
static void renew_invitations(struct work *work, struct event *event)
{
  event->sequence++;
  event->stamp = work->now;
  event->next_tick = work->now;
}

bool room_renew(struct work *work, struct event *event, bool *is_new, GError **error)
{
  GError *failed = NULL;
  g_autoptr(room_t) room = room_get(work->store, event->id, &failed);
  *is_new = room != NULL;
  if (fault_hand_on(failed, error)) return false;
  if (!room) return true;
  g_autofree char *random = g_uuid_string_random(); /* without a signature it opens nothing */
  g_autofree char *meeting = g_strconcat("kiez-", random, NULL);
  if (!room_replace(work->store, event->id, meeting, work->now, error)) return false;
  *is_new = room_is_used(work, event);
  if (!*is_new) return true;
  g_autoptr(room_t) now = room_get(work->store, event->id, error);
  renew_invitations(work, event);
  return now && probe(work, event, now, error);
}

/* ---- answers ---- */

/* "pin=70757" of an answer's lines. Caller frees; NULL: not said. */
static char *line_of(const char *lines, const char *name)
{
  g_auto(GStrv) each = g_strsplit(lines, "\n", -1);
  gsize size = strlen(name);
  for (char **line = each; *line; line++)
    if (strncmp(*line, name, size) == 0 && (*line)[size] == '=') return g_strdup(*line + size + 1);
  return NULL;
}

/* Each organiser is told that the room is not there, or is there after all. */
static bool tell_organizers(struct work *work, const struct event *event, bool is_open, GError **error)
{
  g_autoptr(GPtrArray) organizers = event_organizers(work->store, event->id, error);
  if (!organizers) return false;
  for (guint i = 0; i < organizers->len; i++) {
    g_autoptr(value_t) values = value_new();
    value_set_flag(values, "is_open", is_open);
    const struct event_letter letter = {
      .purpose = "event_room", .event = event, .party = organizers->pdata[i], .values = values
    };
    if (!event_send(work, &letter, error)) return false;
  }
  return true;
}

/* The admin is told what is wrong, once a day. */
static bool tell_admin(struct work *work, const struct job *job, GError **error)
{
  GError *failed = NULL;
  g_autofree char *moment = clock_format_in(work->now, work->config->zone);
  g_autofree char *today = g_strndup(moment, strlen("2026-03-02"));
  g_autofree char *told = store_setting(work->store, "reach_told", &failed);
  if (fault_hand_on(failed, error)) return false;
  g_autofree char *address = address_normalise(work->config->admin);
  if (!address || g_strcmp0(told, today) == 0) return true;
  g_autofree char *id = g_strdup_printf("j%" G_GINT64_FORMAT, job->id);
  g_autoptr(value_t) values = value_new();
  value_set_text(values, "id", id);
  value_set_text(values, "about", job->about);
  value_set_text(values, "reason", job->reply);
  return letters_send(work,
                      &(struct letter_out){ .purpose = "reach_failed", .address = address, .values = values },
                      error) &&
         store_set_setting(work->store, "reach_told", today, error);
}

/* One answer on its way. */
struct answering_room {
  struct work *work;
  const struct job *job;
  struct event *event;
  struct room *room;
};

static bool take_failure(struct answering_room *it, GError **error)
{
  struct room *room = it->room;
  bool is_known = room->for_at != 0 && room->told_at == room->for_at;
  room->told_at = room->for_at;
  return job_told(it->work->store, it->job->id, error) && tell_admin(it->work, it->job, error) &&
         (is_known || !event_is_held(it->event) || tell_organizers(it->work, it->event, false, error));
}

static bool take_success(struct answering_room *it, GError **error)
{
  struct room *room = it->room;
  g_autofree char *dial = line_of(it->job->reply, "dial"), *pin = line_of(it->job->reply, "pin");
  bool was_told = room->for_at != 0 && room->told_at == room->for_at;
  bool is_other_pin = pin && *pin && *room->pin && strcmp(pin, room->pin) != 0;
  bool has_telephone = *it->work->config->bbb_dial_number || *room->dial;
  if (pin && *pin) {
    g_free(room->pin);
    room->pin = g_strdup(pin);
  }
  if (dial && *dial) {
    g_free(room->dial);
    room->dial = g_strdup(dial);
  }
  if (is_other_pin && has_telephone && event_is_held(it->event)) renew_invitations(it->work, it->event);
  if (room->for_at != 0) room->again_at = it->work->now + KEEP_SECONDS;
  if (was_told) room->told_at = 0;
  return job_remove(it->work->store, it->job->id, error) &&
         (!was_told || !event_is_held(it->event) || tell_organizers(it->work, it->event, true, error));
}

/* Somebody else's meeting has the PIN that was asked for: the server finds another one. */
static bool ask_without_pin(struct answering_room *it, const char *at, GError **error)
{
  g_autoptr(GString) query = g_string_new(it->job->request);
  gsize begin = (gsize)(at - it->job->request), size = 1 + strcspn(at + 1, "&");
  g_string_erase(query, (gssize)begin, (gssize)size);
  return put_job(it->work, it->event, query->str, MAX(it->job->until, it->work->now + KEEP_SECONDS), error);
}

/* Invitations that wait go out. */
static bool keep(struct answering_room *it, bool was_answered, GError **error)
{
  it->room->is_answered = true;
  if (!was_answered && event_is_held(it->event)) it->event->next_tick = it->work->now;
  return room_update(it->work->store, it->room, error) && event_put(it->work->store, it->event, error);
}

static bool take_answer(struct work *work, const struct job *job, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_t) event = event_get(work->store, job->object, &failed);
  g_autoptr(room_t) room = failed ? NULL : room_get(work->store, job->object, &failed);
  if (fault_hand_on(failed, error)) return false;
  if (!event || !room) return job_remove(work->store, job->id, error);
  struct job said = *job;
  struct answering_room it = { work, &said, event, room };
  bool is_pin_taken = strcmp(job->state, "answered") == 0 && strstr(job->reply, "pin_is_taken=");
  const char *pin = is_pin_taken ? strstr(job->request, "&voiceBridge=") : NULL;
  if (pin) return ask_without_pin(&it, pin, error);
  if (is_pin_taken) { /* asking once more would bring the same, at once and for ever */
    said.state = (char *)"failed";
    said.reply = (char *)"The server says that the PIN is taken, though none was asked for.";
  }
  bool was_answered = room->is_answered;
  bool is_taken = strcmp(said.state, "failed") == 0 ? take_failure(&it, error) : take_success(&it, error);
  return is_taken && keep(&it, was_answered, error);
}

/* ---- shortly before ---- */

/* Asks for the room of the event's next date. Of a date that it was not asked for yet the time to give up
 * leaves organisers some minutes; later it ends where the next time begins. */
static bool ask_for(struct work *work, struct room *room, GError **error)
{
  GError *failed = NULL;
  g_autoptr(event_t) event = event_get(work->store, room->event, &failed);
  if (fault_hand_on(failed, error)) return false;
  struct event_moment moment = { 0 };
  bool is_there = false, is_first = event && room->for_at != event->next_at;
  if (!event || !event_next_date(work, event, &moment, &is_there, error)) return event == NULL;
  int64_t end = is_there ? event_end_seconds(event, &moment) : 0;
  event_moment_clear(&moment);
  int64_t until = work->now + KEEP_SECONDS;
  if (is_first) until = MAX(until, event->next_at - GIVEN_UP_BEFORE);
  room->for_at = event->next_at;
  room->again_at = until;
  if (!room_is_used(work, event) || end <= work->now) return room_update(work->store, room, error);
  g_autoptr(GString) query = query_of(work, event, room);
  int64_t minutes = (end - event->next_at + LEAD_SECONDS) / 60 + STAYS_EMPTY_MINUTES;
  put_minutes(query, "meetingExpireIfNoUserJoinedInMinutes", minutes);
  put_minutes(query, "meetingExpireWhenLastUserLeftInMinutes", STAYS_LEFT_MINUTES);
  return put_job(work, event, query->str, until, error) && room_update(work->store, room, error);
}

int rooms_tick(struct work *work, GError **error)
{
  g_autoptr(GPtrArray) settled = jobs_settled(work->store, ROOMS_A_TICK, error);
  if (!settled) return -1;
  for (guint i = 0; i < settled->len; i++)
    if (!take_answer(work, settled->pdata[i], error)) return -1;
  g_autoptr(GPtrArray) due = rooms_due(work->store, work->now + LEAD_SECONDS, work->now, ROOMS_A_TICK, error);
  if (!due) return -1;
  for (guint i = 0; i < due->len; i++)
    if (!ask_for(work, due->pdata[i], error)) return -1;
  return (int)(settled->len + due->len);
}
