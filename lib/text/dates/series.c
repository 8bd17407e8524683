/* Series, unrolled by libical; see series.h. Times are floating: a series at 19:00 stays at 19:00 whatever
 * the clocks do, and what moment that is is asked when it is needed. */
#include "lib/text/dates/series.h"

#include <libical/ical.h>
#include <string.h>

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

/* ---- dates beside the RRULE ---- */

static const char extra_mark[] = "RDATE:";

char *series_rule(const char *recurrence, const GArray *extra)
{
  GString *rule = g_string_new(recurrence);
  for (guint i = 0; i < extra->len; i++) {
    const struct wall *date = &g_array_index(extra, struct wall, i);
    g_string_append(rule, i ? "," : rule->len ? " RDATE:" : extra_mark);
    g_string_append_printf(rule, "%04d%02d%02d", date->year, date->month, date->day);
    if (date->hour >= 0) g_string_append_printf(rule, "T%02d%02d00", date->hour, MAX(date->minute, 0));
  }
  return g_string_free(rule, FALSE);
}

char *series_recurrence(const char *rule)
{
  const char *mark = rule ? strstr(rule, extra_mark) : NULL;
  char *recurrence = mark ? g_strndup(rule, (gsize)(mark - rule)) : g_strdup(rule ? rule : "");
  return g_strchomp(recurrence);
}

GArray *series_extra(const char *rule)
{
  GArray *extra = g_array_new(FALSE, FALSE, sizeof(struct wall));
  const char *mark = rule ? strstr(rule, extra_mark) : NULL;
  g_auto(GStrv) dates = g_strsplit(mark ? mark + strlen(extra_mark) : "", ",", SERIES_EXTRA_MAX + 1);
  for (char **date = dates; *date && extra->len < SERIES_EXTRA_MAX; date++) {
    struct icaltimetype time = icaltime_from_string(*date);
    if (icaltime_is_null_time(time) || !icaltime_is_valid_time(time)) continue;
    struct wall wall = wall_of(time);
    g_array_append_val(extra, wall);
  }
  return extra;
}

/* ---- all of them ---- */

/* Of the RRULE alone. */
static bool next_regular(const char *rule, const struct wall *start, const struct wall *from,
                         struct wall *next)
{
  *next = *start;
  if (!*rule) return wall_compare(start, from) >= 0;
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

bool series_next(const char *rule, const struct wall *start, const struct wall *from, struct wall *next)
{
  if (!start->year) return false;
  g_autofree char *recurrence = series_recurrence(rule);
  g_autoptr(GArray) extra = series_extra(rule);
  bool is_found = next_regular(recurrence, start, from, next);
  for (guint i = 0; i < extra->len; i++) {
    const struct wall *date = &g_array_index(extra, struct wall, i);
    if (wall_compare(date, from) < 0 || (is_found && wall_compare(date, next) >= 0)) continue;
    *next = *date;
    is_found = true;
  }
  return is_found;
}

static GArray *regular_dates(const char *rule, const struct wall *start, const struct wall *last, guint limit)
{
  GArray *dates = g_array_new(FALSE, FALSE, sizeof(struct wall));
  struct icalrecurrencetype recurrence = icalrecurrencetype_from_string(rule);
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

/* Puts a date where it belongs; once. */
static void insert(GArray *dates, const struct wall *date)
{
  guint at = 0;
  while (at < dates->len && wall_compare(&g_array_index(dates, struct wall, at), date) < 0) at++;
  bool is_there = at < dates->len && wall_compare(&g_array_index(dates, struct wall, at), date) == 0;
  if (!is_there) g_array_insert_val(dates, at, *date);
}

GArray *series_dates(const char *rule, const struct wall *start, const struct wall *last, guint limit)
{
  if (!start->year) return g_array_new(FALSE, FALSE, sizeof(struct wall));
  g_autofree char *recurrence = series_recurrence(rule);
  g_autoptr(GArray) extra = series_extra(rule);
  GArray *dates = regular_dates(recurrence, start, last, limit);
  for (guint i = 0; i < extra->len; i++) {
    const struct wall *date = &g_array_index(extra, struct wall, i);
    if (wall_compare(date, last) <= 0) insert(dates, date);
  }
  if (dates->len > limit) g_array_set_size(dates, limit);
  return dates;
}
