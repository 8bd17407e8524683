/* Series, unrolled by libical; see series.h. Times are floating: a series at 19:00 stays at 19:00 whatever
 * the clocks do, and what moment that is is asked when it is needed. */
#include "lib/text/dates/series.h"

#include <libical/ical.h>

enum { DATES_MAX = 2000 };

int wall_compare(const struct wall *a, const struct wall *b)
{
  int first[] = { a->year, a->month, a->day, a->hour, MAX(a->minute, 0) };
  int second[] = { b->year, b->month, b->day, b->hour, MAX(b->minute, 0) };
  for (gsize i = 0; i < G_N_ELEMENTS(first); i++)
    if (first[i] != second[i]) return first[i] < second[i] ? -1 : 1;
  return 0;
}

static struct icaltimetype floating(const struct wall *wall)
{
  struct icaltimetype time = icaltime_null_time();
  time.year = wall->year;
  time.month = wall->month;
  time.day = wall->day;
  time.is_date = wall->hour < 0;
  time.hour = MAX(wall->hour, 0);
  time.minute = MAX(wall->minute, 0);
  return time;
}

static struct wall wall_of(struct icaltimetype time)
{
  return (struct wall){ time.year, time.month, time.day, time.is_date ? -1 : time.hour,
                        time.is_date ? -1 : time.minute };
}

bool series_next(const char *rule, const struct wall *start, const struct wall *from, struct wall *next)
{
  if (!start->year) return false;
  *next = *start;
  if (!rule || !*rule) return wall_compare(start, from) >= 0;
  struct icalrecurrencetype recurrence = icalrecurrencetype_from_string(rule);
  if (recurrence.freq == ICAL_NO_RECURRENCE) return wall_compare(start, from) >= 0;
  icalrecur_iterator *each = icalrecur_iterator_new(recurrence, floating(start));
  bool is_found = false;
  for (int i = 0; each && i < DATES_MAX && !is_found; i++) {
    struct icaltimetype time = icalrecur_iterator_next(each);
    if (icaltime_is_null_time(time)) break;
    *next = wall_of(time);
    is_found = wall_compare(next, from) >= 0;
  }
  if (each) icalrecur_iterator_free(each);
  return is_found;
}

GArray *series_dates(const char *rule, const struct wall *start, const struct wall *last, guint limit)
{
  GArray *dates = g_array_new(FALSE, FALSE, sizeof(struct wall));
  if (!start->year) return dates;
  struct icalrecurrencetype recurrence = icalrecurrencetype_from_string(rule && *rule ? rule : "");
  if (recurrence.freq == ICAL_NO_RECURRENCE) return g_array_append_val(dates, *start);
  icalrecur_iterator *each = icalrecur_iterator_new(recurrence, floating(start));
  while (each && dates->len < limit) {
    struct icaltimetype time = icalrecur_iterator_next(each);
    struct wall wall = wall_of(time);
    if (icaltime_is_null_time(time) || wall_compare(&wall, last) > 0) break;
    g_array_append_val(dates, wall);
  }
  if (each) icalrecur_iterator_free(each);
  return dates;
}
