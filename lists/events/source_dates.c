/* Single dates of a series in the invitations of foreign calendars: moved, called off, left out by the series
 * itself, and back again. Called by source.c. A version of a date counts once, and none that is older than
 * the series' own; the dates that a series leaves out (EXDATE) count of a newer version of it alone.
 *
 * What surprised us: a calendar knows nothing of what its owner called off by a mail of words, so that a
 * version does not name a date is no sign that it takes place; only what an earlier version left out comes
 * back. */
#include "lists/events/source.h"

#include "lists/understand/itip.h"
#include "lists/video/words.h"

#include "lib/mail/calendar_event.h"
#include "lib/text/days/wall_text.h"

#include <string.h>

/* ---- versions ---- */

bool source_calls_off(const struct calendar *calendar)
{
  return itip_method(calendar) == ITIP_CANCEL || g_strcmp0(calendar->status, "CANCELLED") == 0;
}

struct event_version source_version(const struct calendar *calendar)
{
  return (struct event_version){ calendar->sequence, calendar_stamp_read(calendar) };
}

/* RFC 5546 section 2.1.5; a CANCEL may bear the very version that it calls off. */
static bool is_newer(const struct event_version *now, const struct event_version *known, bool is_off)
{
  if (now->sequence != known->sequence) return now->sequence > known->sequence;
  return now->stamp > known->stamp || (is_off && (now->stamp == known->stamp || !now->stamp));
}

bool source_note_version(struct work *work, const struct event *event, const struct calendar *calendar,
                         const char *original, bool *is_it, GError **error)
{
  struct event_version now = source_version(calendar), known, whole;
  bool is_known = false, is_whole = false;
  if (!event_source_get(work->store, calendar->uid, event->id, original, &known, &is_known, error) ||
      !event_source_get(work->store, calendar->uid, event->id, "", &whole, &is_whole, error))
    return false;
  bool is_behind = is_whole && now.sequence < whole.sequence; /* the series was changed since */
  *is_it = !is_behind && (!is_known || is_newer(&now, &known, source_calls_off(calendar)));
  return !*is_it || event_source_put(work->store, calendar->uid, event->id, original, &now, error);
}

/* ---- dates ---- */

/* Writes a change where it is one. */
static bool put_date(struct work *work, const struct event *event, const struct event_date *date,
                     bool *is_changed, GError **error)
{
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  const struct event_date *known = event_change_of(changes, date->original);
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
  if (!source_note_version(work, event, calendar, key, &is_it, error)) return false;
  if (!is_it) return true;
  *is_new = true;
  struct event_date date = { key, (char *)"", (char *)"", (char *)"", event->sequence + 1 };
  if (source_calls_off(calendar)) return put_date(work, event, &date, is_changed, error);
  if (!calendar_event_read(calendar, event->zone, &read)) return true;
  g_autofree char *starts = wall_write(&read.start), *ends = wall_write(&read.end);
  date.starts = starts, date.ends = ends;
  g_autofree char *door = NULL; /* a date has no room of its own: the way into the event's is told */
  g_autofree char *place = video_take_rooms(calendar->location ? calendar->location : "", &door);
  if (strcmp(place, event->place) != 0) date.place = place;
  calendar_event_clear(&read);
  return put_date(work, event, &date, is_changed, error);
}

/* A date that was left out by the series itself has a version of its own, which is older than all that a
 * calendar writes. What was called off in words, or by a CANCEL, is no such date and stays off. */
enum { LEFT_OUT = -1, IS_BACK = -2 };

static bool note_date(struct work *work, const struct event *event, const char *uid, const char *original,
                      int64_t what, GError **error)
{
  struct event_version version = { what, 0 };
  return event_source_put(work->store, uid, event->id, original, &version, error);
}

/* One date that the series leaves out. */
static bool leave_out_one(struct work *work, const struct event *event, const char *uid, const char *original,
                          bool *is_changed, GError **error)
{
  struct event_date off = { (char *)original, (char *)"", (char *)"", (char *)"", event->sequence + 1 };
  bool is_it = false;
  if (!put_date(work, event, &off, &is_it, error)) return false;
  *is_changed = *is_changed || is_it;
  return !is_it || note_date(work, event, uid, original, LEFT_OUT, error);
}

/* Dates that an earlier version left out and this one does not. */
static bool bring_back(struct work *work, const struct event *event, const char *uid, GHashTable *out,
                       bool *is_changed, GError **error)
{
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  for (guint i = 0; i < changes->len; i++) {
    const struct event_date *change = changes->pdata[i];
    struct event_version known;
    bool is_known = false;
    if (*change->starts || g_hash_table_contains(out, change->original)) continue;
    if (!event_source_get(work->store, uid, event->id, change->original, &known, &is_known, error))
      return false;
    if (!is_known || known.sequence != LEFT_OUT) continue;
    *is_changed = true;
    if (!event_date_remove(work->store, event->id, change->original, error) ||
        !note_date(work, event, uid, change->original, IS_BACK, error))
      return false;
  }
  return true;
}

/* The dates that the series leaves out, and no others. */
static bool leave_out(struct work *work, const struct event *event, const struct calendar *calendar,
                      bool *is_changed, GError **error)
{
  g_autoptr(GArray) days = calendar_exdates_read(calendar, event->zone);
  g_autoptr(GHashTable) out = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < days->len; i++) {
    struct wall original;
    if (!event_date_on(event, &g_array_index(days, struct wall, i), &original)) continue;
    g_autofree char *key = wall_write(&original);
    if (!leave_out_one(work, event, calendar->uid, key, is_changed, error)) return false;
    g_hash_table_add(out, g_steal_pointer(&key));
  }
  return bring_back(work, event, calendar->uid, out, is_changed, error);
}

bool source_take_dates(struct work *work, const struct event *event, const GPtrArray *objects, bool *is_new,
                       bool *is_changed, GError **error)
{
  bool is_newer = *is_new;
  for (guint i = 0; i < objects->len; i++) {
    const struct calendar *calendar = objects->pdata[i];
    bool is_whole = !calendar->recurrence_id;
    if (g_strcmp0(calendar->uid, ((const struct calendar *)objects->pdata[0])->uid) != 0) continue;
    if (is_whole && !is_newer) continue;
    if (is_whole ? !leave_out(work, event, calendar, is_changed, error)
                 : !take_date(work, event, calendar, is_new, is_changed, error))
      return false;
  }
  return true;
}
