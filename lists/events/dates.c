/* The dates of an event: of one that is held once its own, of a series those that its rule makes, without
 * those that were called off and with those that were moved. Called by whatever comes due, and by letters. A
 * date goes on until it has ended, so whoever is on the way to it does not read of the next one. */
#include "lists/events/event.h"

#include "lib/text/dates/series.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"

#include <string.h>

enum { UNSAID_HOURS = 3, DATES_LOOKED_AT = 600, DAY_SECONDS = 24 * 3600 };

void event_moment_clear(struct event_moment *moment)
{
  g_clear_pointer(&moment->original, g_free);
  g_clear_pointer(&moment->place, g_free);
}

/* So many days on. */
struct wall event_days_on(struct wall wall, int days)
{
  struct civil civil = calendar_civil(calendar_day(wall.year, wall.month, wall.day) + days);
  wall.year = civil.year, wall.month = civil.month, wall.day = civil.day;
  return wall;
}

static int64_t minutes_of(const struct wall *wall)
{
  enum { DAY_MINUTES = 24 * 60 };
  return (int64_t)calendar_day(wall->year, wall->month, wall->day) * DAY_MINUTES +
         (wall->hour < 0 ? 0 : wall->hour * 60 + MAX(wall->minute, 0));
}

/* It lasts as long as it always does, by the clock on the wall: a date that begins later ends later. */
struct wall event_end_of(const struct event *event, const struct wall *start)
{
  enum { DAY_MINUTES = 24 * 60 };
  struct wall first, end;
  if (!wall_read(event->starts, &first) || !wall_read(event->ends, &end)) return (struct wall){ 0 };
  if (end.hour < 0) first.hour = -1; /* until the end of a day */
  int64_t lasts = MAX(minutes_of(&end) - minutes_of(&first), 0);
  if (end.hour < 0 || start->hour < 0) {
    struct wall last = event_days_on(*start, (int)(lasts / DAY_MINUTES));
    last.hour = last.minute = -1;
    bool is_same_day = last.year == start->year && last.month == start->month && last.day == start->day;
    return is_same_day ? (struct wall){ 0 } : last;
  }
  int64_t minutes = MAX(start->hour, 0) * 60 + MAX(start->minute, 0) + lasts;
  struct wall last = event_days_on(*start, (int)(minutes / DAY_MINUTES));
  last.hour = (int)(minutes % DAY_MINUTES / 60);
  last.minute = (int)(minutes % 60);
  return last;
}

int64_t event_end_seconds(const struct event *event, const struct event_moment *moment)
{
  if (moment->start.hour < 0) {
    struct wall last = event_days_on(moment->end.year ? moment->end : moment->start, 1);
    last.hour = last.minute = -1;
    return wall_seconds(&last, event->zone);
  }
  if (!moment->end.year) return wall_seconds(&moment->start, event->zone) + UNSAID_HOURS * 3600;
  struct wall end = moment->end.hour < 0 ? event_days_on(moment->end, 1) : moment->end; /* the whole day */
  return wall_seconds(&end, event->zone);
}

const struct event_date *event_change_of(const GPtrArray *changes, const char *original)
{
  for (guint i = 0; i < changes->len; i++) {
    const struct event_date *change = changes->pdata[i];
    if (strcmp(change->original, original) == 0) return change;
  }
  return NULL;
}

/* A date as it is now, by its change. False: it does not take place. */
static bool read_change(const struct event *event, const struct event_date *change,
                        struct event_moment *moment)
{
  struct wall start;
  if (!wall_read(change->starts, &start)) return false;
  event_moment_clear(moment);
  *moment = (struct event_moment){ .original = g_strdup(change->original), .start = start };
  bool has_end = wall_read(change->ends, &moment->end) && wall_compare(&moment->end, &start) >= 0;
  if (!has_end) moment->end = event_end_of(event, &start);
  moment->place = *change->place ? g_strdup(change->place) : NULL;
  return true;
}

/* The minute, or the day, behind a date. */
static struct wall just_behind(struct wall at)
{
  if (at.hour < 0) return event_days_on(at, 1);
  if (++at.minute < 60) return at;
  at.minute = 0;
  if (++at.hour < 24) return at;
  at.hour = 0;
  return event_days_on(at, 1);
}

/* The first date of the rule alone, not changed, that has not ended. */
static bool first_regular(const struct event *event, GPtrArray *changes, int64_t now,
                          struct event_moment *moment)
{
  struct wall start, at;
  if (!wall_read(event->starts, &start)) return false;
  struct wall from = event_days_on(zone_wall(now, event->zone), -1);
  if (start.hour < 0 || *event->rule == '\0') from.hour = from.minute = -1;
  if (*event->rule == '\0') from = start;
  for (int i = 0; i < DATES_LOOKED_AT && series_next(event->rule, &start, &from, &at); i++) {
    g_autofree char *original = wall_write(&at);
    struct event_moment found = { .start = at, .end = event_end_of(event, &at) };
    if (!event_change_of(changes, original) && event_end_seconds(event, &found) > now) {
      *moment = found;
      moment->original = g_steal_pointer(&original);
      return true;
    }
    if (*event->rule == '\0') return false;
    from = just_behind(at);
  }
  return false;
}

bool event_next_date(struct work *work, const struct event *event, struct event_moment *moment,
                     bool *is_there, GError **error)
{
  *moment = (struct event_moment){ 0 };
  g_autoptr(GPtrArray) changes = event_dates(work->store, event->id, error);
  if (!changes) return false;
  *is_there = first_regular(event, changes, work->now, moment);
  for (guint i = 0; i < changes->len; i++) {
    struct event_moment moved = { 0 };
    if (!read_change(event, changes->pdata[i], &moved)) continue;
    bool is_ahead = event_end_seconds(event, &moved) > work->now;
    if (is_ahead && (!*is_there || wall_compare(&moved.start, &moment->start) < 0)) {
      event_moment_clear(moment);
      *moment = moved;
      *is_there = true;
    } else {
      event_moment_clear(&moved);
    }
  }
  return true;
}

bool event_date_moved_to(const GPtrArray *changes, const struct wall *day, struct wall *original)
{
  for (guint i = 0; i < changes->len; i++) {
    const struct event_date *change = changes->pdata[i];
    struct wall now;
    bool is_it = wall_read(change->starts, &now) && now.year == day->year && now.month == day->month &&
                 now.day == day->day;
    if (is_it) return wall_read(change->original, original);
  }
  return false;
}

bool event_date_on(const struct event *event, const struct wall *day, struct wall *original)
{
  struct wall start, from = *day;
  if (!wall_read(event->starts, &start)) return false;
  from.hour = from.minute = start.hour < 0 ? -1 : 0;
  return series_next(event->rule, &start, &from, original) && original->year == day->year &&
         original->month == day->month && original->day == day->day;
}

void event_put_dates(const struct event *event, const GPtrArray *changes, GArray *objects, GArray *left_out)
{
  guint series = objects->len - 1;
  for (guint i = 0; i < changes->len; i++) {
    const struct event_date *change = changes->pdata[i];
    struct event_out out = g_array_index(objects, struct event_out, series);
    if (event_date_is_planned(change) || !wall_read(change->original, &out.original)) continue;
    if (!wall_read(change->starts, &out.start)) {
      g_array_append_val(left_out, out.original);
      continue;
    }
    if (!wall_read(change->ends, &out.end)) out.end = event_end_of(event, &out.start);
    out.rule = NULL;
    if (*change->place) out.place = change->place;
    g_array_append_val(objects, out);
  }
  struct event_out *whole = &g_array_index(objects, struct event_out, series);
  whole->left_out = (const struct wall *)(const void *)left_out->data;
  whole->left_out_count = left_out->len;
}
