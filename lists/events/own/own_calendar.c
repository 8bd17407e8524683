/* What stands in a person's own calendar; see own_calendar.h. An event is in it when they organise it, or
 * were invited and have not said no; when they leave a list, what they had not answered of its events goes.
 * Nobody else stands in it: no guests, no remarks, no addresses that answer for somebody. The publisher
 * renders the file (web-archive/events/page_calendar.c), and the letter brings the same. */
#include "lists/events/own/own_calendar.h"

#include "lists/events/event.h"

#include "lib/base/config.h"
#include "lib/base/fault.h"
#include "lib/mail/ics/calendar_out.h"
#include "lib/store/people/calendars.h"
#include "lib/store/people/people.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"

#include <string.h>

enum { EVENTS_MAX = 500, PAST_DAYS = 90, REFRESH_HOURS = 6 };

/* A calendar on its way; rows live as long as it. */
struct filling {
  const struct config *config;
  struct store *store;
  int64_t person;
  char *from;        /* YYYY-MM-DD: what was over before is left out */
  GArray *objects;   /* struct event_out */
  GPtrArray *events; /* struct event* */
  GPtrArray *skips;  /* GArray* of struct wall */
  GPtrArray *dates;  /* GPtrArray* of struct event_date* */
  int count;
};

/* ---- which ---- */

static bool is_too_old(const struct filling *it, const struct event *event)
{
  const char *last = *event->ends ? event->ends : event->starts;
  bool goes_on = *event->rule && strcmp(event->state, "over") != 0;
  return !goes_on && strncmp(last, it->from, strlen("YYYY-MM-DD")) < 0;
}

/* May the person attend? What they answered, who invited them, whether they still belong to the list. */
static bool may_attend(const struct filling *it, const struct event *event, const struct event_party *party,
                       bool *may, GError **error)
{
  GError *failed = NULL;
  *may = strcmp(party->role, "organizer") == 0;
  if (*may || party->told < 0) return true;
  g_autoptr(rsvp_t) rsvp = rsvp_get(it->store, event->id, "", party->id, &failed);
  g_autoptr(member_t) member = failed ? NULL : member_find(it->store, event->list, it->person, &failed);
  if (fault_hand_on(failed, error)) return false;
  bool comes = rsvp && (strcmp(rsvp->answer, "yes") == 0 || strcmp(rsvp->answer, "maybe") == 0);
  bool stays_away = rsvp && strcmp(rsvp->answer, "no") == 0;
  *may = comes || (member && !stays_away);
  return true;
}

static bool is_planned(const struct event *event)
{
  static const char *const states[] = { "open", "closed", "over", "cancelled", NULL };
  return g_strv_contains(states, event->state) && *event->starts;
}

/* ---- objects ---- */

static bool add_event(struct filling *it, struct event *event, GError **error)
{
  struct event_out out = { .uid = event->uid,
                           .sequence = event->sequence,
                           .stamp = event->stamp,
                           .created = event->created,
                           .zone = event->zone,
                           .rule = event->rule,
                           .title = event->title,
                           .text = event->text,
                           .place = event->place,
                           .has_point = event->has_point,
                           .lat = event->lat,
                           .lon = event->lon,
                           .is_cancelled = strcmp(event->state, "cancelled") == 0 };
  if (!wall_read(event->starts, &out.start)) return true;
  wall_read(event->ends, &out.end);
  g_array_append_val(it->objects, out);
  it->count++;
  if (!*event->rule || out.is_cancelled) return true;
  GPtrArray *dates = event_dates(it->store, event->id, error);
  if (!dates) return false;
  GArray *skips = g_array_new(FALSE, FALSE, sizeof(struct wall));
  g_ptr_array_add(it->dates, dates);
  g_ptr_array_add(it->skips, skips);
  event_put_dates(event, dates, it->objects, skips);
  return true;
}

static bool add_entry(struct filling *it, const struct calendar_entry *entry, GError **error)
{
  GError *failed = NULL;
  bool may = false;
  g_autoptr(event_party_t) party = event_party_get(it->store, entry->party, &failed);
  struct event *event = failed ? NULL : event_get(it->store, entry->event, &failed);
  if (event) g_ptr_array_add(it->events, event);
  if (fault_hand_on(failed, error)) return false;
  if (!party || !event || !is_planned(event) || is_too_old(it, event)) return true;
  if (!may_attend(it, event, party, &may, error)) return false;
  return !may || add_event(it, event, error);
}

/* Each event once: by the first party that the person is of it. */
static bool fill(struct filling *it, GError **error)
{
  g_autoptr(GArray) entries = calendar_entries(it->store, it->person, EVENTS_MAX, error);
  if (!entries) return false;
  for (guint i = 0; i < entries->len; i++) {
    const struct calendar_entry *entry = &g_array_index(entries, struct calendar_entry, i);
    bool is_last = i + 1 == entries->len || (entry + 1)->event != entry->event;
    if (is_last && !add_entry(it, entry, error)) return false;
  }
  return true;
}

/* So many days before a day. Caller frees. */
static char *day_before(const char *day, int days)
{
  struct wall wall;
  if (!wall_read(day, &wall)) return g_strdup("");
  struct civil civil = calendar_civil(calendar_day(wall.year, wall.month, wall.day) - days);
  return g_strdup_printf("%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

static void free_event(void *event)
{
  event_free(event);
}

static void free_array(void *array)
{
  g_array_unref(array);
}

static void free_rows(void *rows)
{
  g_ptr_array_unref(rows);
}

char *own_calendar_text(const struct config *config, struct store *store, int64_t person, const char *day,
                        int *count, GError **error)
{
  g_autofree char *from = day_before(day, PAST_DAYS), *name = g_strconcat("Kiezpost ", config->name, NULL);
  g_autoptr(GArray) objects = g_array_new(FALSE, FALSE, sizeof(struct event_out));
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func(free_event),
                       skips = g_ptr_array_new_with_free_func(free_array),
                       dates = g_ptr_array_new_with_free_func(free_rows);
  struct filling it = { .config = config,
                        .store = store,
                        .person = person,
                        .from = from,
                        .objects = objects,
                        .events = events,
                        .skips = skips,
                        .dates = dates };
  if (!fill(&it, error)) return NULL;
  *count = it.count;
  return calendar_out_text(&(struct calendar_out){ .method = "PUBLISH",
                                                   .name = name,
                                                   .zone = config->zone,
                                                   .refresh_hours = REFRESH_HOURS,
                                                   .events = (const struct event_out *)(void *)objects->data,
                                                   .count = objects->len });
}

char *own_calendar_path(const char *secret)
{
  return g_strdup_printf("kalender/%s.ics", secret);
}
