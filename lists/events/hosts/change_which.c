/* Of a series nobody can guess which dates are meant by "in den Ferien fällt es aus", "nach den Sommerferien
 * hören wir auf" or "wir verschieben auf Donnerstag". The organiser reads the next dates and how to name
 * some; nothing waits, and nothing has changed. */
#include "lists/events/hosts/change_words.h"

#include "lib/text/dates/series.h"
#include "lib/text/dates/zone.h"
#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"
#include "lib/text/template.h"

#include <string.h>

enum { DATES_SHOWN = 4, DATES_TRIED = 60 };

bool change_names_day(const struct change_words *c)
{
  struct wall now = zone_wall(c->work->now, c->event->zone);
  int today = calendar_day(now.year, now.month, now.day);
  for (guint i = 0; i < c->dates->len; i++) {
    const struct date_found *found = &g_array_index(c->dates, struct date_found, i);
    const struct wall *day = found->start.year ? &found->start : &found->until;
    if (!day->year || found->recurrence) continue;
    bool is_hour_alone = day->hour >= 0 && calendar_day(day->year, day->month, day->day) <= today + 1;
    if (!is_hour_alone || passage_has(c->passage, "event.from_today")) return true;
  }
  return false;
}

GArray *change_next_dates(const struct work *work, const struct event *event, const GPtrArray *changes,
                          guint count)
{
  GArray *next = g_array_new(FALSE, TRUE, sizeof(struct wall));
  struct wall start, from = zone_wall(work->now, event->zone), at;
  if (!*event->rule || !wall_read(event->starts, &start)) return next;
  if (start.hour < 0) from.hour = from.minute = -1;
  for (int i = 0; i < DATES_TRIED && next->len < count; i++) {
    if (!series_next(event->rule, &start, &from, &at)) break;
    g_autofree char *original = wall_write(&at);
    const struct event_date *change = event_change_of(changes, original);
    if (!change || *change->starts) g_array_append_val(next, at);
    from = at;
    if (from.hour < 0)
      from = event_days_on(from, 1);
    else if (++from.minute > 59)
      from = event_days_on(from, 1), from.hour = from.minute = 0;
  }
  return next;
}

static int day_of(const struct wall *wall)
{
  return calendar_day(wall->year, wall->month, wall->day);
}

bool change_dates_lost(const struct work *work, const struct event *before, const struct event *after,
                       const GPtrArray *changes, struct wall *first, struct wall *last)
{
  struct wall start, original;
  g_autoptr(GArray) next = change_next_dates(work, before, changes, 2);
  if (next->len == 0 || !wall_read(after->starts, &start)) return false;
  *first = g_array_index(next, struct wall, 0);
  int gap = day_of(&start) - day_of(first);
  int period = next->len > 1 ? day_of(&g_array_index(next, struct wall, 1)) - day_of(first) : 1;
  if (gap <= 0 || gap * 2 <= period) return false;
  struct wall day = event_days_on(start, -1);
  while (day_of(&day) > day_of(first) && !event_date_on(before, &day, &original)) day = event_days_on(day, -1);
  *last = day_of(&day) > day_of(first) ? original : *first;
  return true;
}

bool change_tell_which(struct organizing *o, GError **error)
{
  g_autofree char *language = event_language(o->work, o->event, o->party, error);
  g_autoptr(GPtrArray) changes = language ? event_dates(o->work->store, o->event->id, error) : NULL;
  if (!changes) return false;
  g_autoptr(GArray) next = change_next_dates(o->work, o->event, changes, DATES_SHOWN);
  g_autoptr(value_t) values = value_new();
  for (guint i = 0; i < next->len; i++) {
    g_autofree char *date =
        wall_in_words(&g_array_index(next, struct wall, i), &(struct wall){ 0 }, language);
    value_set_text(value_append(values, "next"), "date", date);
  }
  return organizing_send(o, "event_which_dates", values, error) &&
         organizing_done(o, "It is asked which dates of the series are meant.");
}
