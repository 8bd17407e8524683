/* VTIMEZONE from the system's table of zones.
 *
 * Called by calendar_out.c. The changes of a year are found by asking the table day by day, then by halving;
 * a change that comes again a year later on the same weekday of the same month becomes a yearly rule, one
 * that does not (a law that ends, a country that stops) stands for itself. libical's own VTIMEZONE begins in
 * 1893 and makes an invitation four times as long. */
#include "lib/mail/ics/zone_out.h"

#include <glib.h>
#include <stdbool.h>

enum { DAY_SECONDS = 24 * 3600, CHANGES_MAX = 8 };

/* Clocks change at this moment. */
struct change {
  int64_t moment;
  int before, after; /* seconds from UTC */
  bool is_summer;
  const char *name;
};

static int offset_at(GTimeZone *zone, int64_t moment, gint *interval)
{
  *interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, moment);
  return *interval < 0 ? 0 : g_time_zone_get_offset(zone, *interval);
}

/* The first moment after `from` with another offset than there, before `until`; 0: there is none. */
static int64_t next_change(GTimeZone *zone, int64_t from, int64_t until)
{
  gint interval;
  int offset = offset_at(zone, from, &interval);
  int64_t low = from, high = from;
  while (high < until && offset_at(zone, high, &interval) == offset) {
    low = high;
    high += DAY_SECONDS;
  }
  if (offset_at(zone, high, &interval) == offset) return 0;
  while (high - low > 1) {
    int64_t middle = low + (high - low) / 2;
    if (offset_at(zone, middle, &interval) == offset)
      low = middle;
    else
      high = middle;
  }
  return high < until ? high : 0;
}

static int64_t year_begin(int year)
{
  g_autoptr(GDateTime) begin = g_date_time_new_utc(year, 1, 1, 0, 0, 0);
  return begin ? g_date_time_to_unix(begin) : 0;
}

/* All changes of a year; returns how many. */
static gsize changes_of(GTimeZone *zone, int year, struct change changes[CHANGES_MAX])
{
  int64_t at = year_begin(year), until = year_begin(year + 1);
  gsize count = 0;
  while (count < CHANGES_MAX && (at = next_change(zone, at, until)) != 0) {
    gint interval;
    struct change *change = &changes[count++];
    *change = (struct change){ .moment = at };
    change->before = offset_at(zone, at - 1, &interval);
    change->after = offset_at(zone, at, &interval);
    change->is_summer = interval >= 0 && g_time_zone_is_dst(zone, interval);
    change->name = interval >= 0 ? g_time_zone_get_abbreviation(zone, interval) : NULL;
  }
  return count;
}

/* The wall time at which the change comes, as clocks showed it before. */
static GDateTime *onset_of(const struct change *change)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(change->moment);
  return g_date_time_add_seconds(utc, change->before);
}

/* Which weekday of its month: 1 to 4 from the front, -1 the last. */
static int week_of(GDateTime *day)
{
  int number = g_date_time_get_day_of_month(day);
  int days =
      g_date_get_days_in_month((GDateMonth)g_date_time_get_month(day), (GDateYear)g_date_time_get_year(day));
  return number + 7 > days ? -1 : (number - 1) / 7 + 1;
}

/* "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", where the change a year later is the same; NULL: it is not. */
static char *rule_of(const struct change *change, const struct change *later)
{
  static const char *const days[] = { "", "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  g_autoptr(GDateTime) one = onset_of(change), other = onset_of(later);
  int month = g_date_time_get_month(one), weekday = g_date_time_get_day_of_week(one), week = week_of(one);
  bool is_same = change->after == later->after && change->before == later->before &&
                 g_date_time_get_month(other) == month && g_date_time_get_day_of_week(other) == weekday &&
                 week_of(other) == week && g_date_time_get_hour(one) == g_date_time_get_hour(other) &&
                 g_date_time_get_minute(one) == g_date_time_get_minute(other);
  return is_same ? g_strdup_printf("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", month, week, days[weekday]) : NULL;
}

static struct icaltimetype wall_time(GDateTime *moment)
{
  struct icaltimetype time = icaltime_null_time();
  time.year = g_date_time_get_year(moment);
  time.month = g_date_time_get_month(moment);
  time.day = g_date_time_get_day_of_month(moment);
  time.hour = g_date_time_get_hour(moment);
  time.minute = g_date_time_get_minute(moment);
  time.second = g_date_time_get_second(moment);
  return time;
}

/* One STANDARD or DAYLIGHT. */
static void put_change(icalcomponent *zone, const struct change *change, const char *rule)
{
  icalcomponent *it = change->is_summer ? icalcomponent_new_xdaylight() : icalcomponent_new_xstandard();
  g_autoptr(GDateTime) onset = onset_of(change);
  if (change->name) icalcomponent_add_property(it, icalproperty_new_tzname(change->name));
  icalcomponent_add_property(it, icalproperty_new_tzoffsetfrom(change->before));
  icalcomponent_add_property(it, icalproperty_new_tzoffsetto(change->after));
  icalcomponent_add_property(it, icalproperty_new_dtstart(wall_time(onset)));
  if (rule) icalcomponent_add_property(it, icalproperty_new_rrule(icalrecurrencetype_from_string(rule)));
  icalcomponent_add_component(zone, it);
}

/* What is in force when the year begins: a zone must say so of every time in it. */
static void put_beginning(icalcomponent *component, GTimeZone *zone, int year)
{
  gint interval;
  struct change begin = { .moment = year_begin(year) - DAY_SECONDS };
  begin.before = begin.after = offset_at(zone, begin.moment, &interval);
  begin.is_summer = interval >= 0 && g_time_zone_is_dst(zone, interval);
  begin.name = interval >= 0 ? g_time_zone_get_abbreviation(zone, interval) : NULL;
  put_change(component, &begin, NULL);
}

/* The changes of the year before as rules, where they come again; a year later they are in force already. */
icalcomponent *zone_out(const char *name, int year)
{
  icalcomponent *component = icalcomponent_new_vtimezone();
  icalcomponent_add_property(component, icalproperty_new_tzid(name));
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(name);
  if (!zone) zone = g_time_zone_new_utc();
  struct change first[CHANGES_MAX], next[CHANGES_MAX];
  gsize count = changes_of(zone, year - 1, first), later = changes_of(zone, year, next);
  if (count == 0) put_beginning(component, zone, year);
  for (gsize i = 0; i < count; i++) {
    g_autofree char *rule = count == later ? rule_of(&first[i], &next[i]) : NULL;
    put_change(component, &first[i], rule);
    if (!rule && i < later) put_change(component, &next[i], NULL);
  }
  for (gsize i = count; i < later; i++) put_change(component, &next[i], NULL);
  return component;
}
