/* When an event of a calendar part is. Called where a mail with an invitation is understood.
 *
 * Zones are found by name: IANA's as they are, also at the end of a path ("/mozilla.org/20050126_1/Europe/
 * Berlin"), Microsoft's by a table. What is left ("Customized Time Zone") is told by the two offsets in its
 * VTIMEZONE: a representative with the same rules stands for it. Unrolling the rule itself
 * would be exact for zones that do not exist, and slow for rules that are meant to be. */
#include "lib/mail/calendar_event.h"

#include "lib/text/dates/series.h"

#include <libical/ical.h>
#include <string.h>

/* Microsoft's names of the zones that people here write from (Unicode CLDR, windowsZones). */
static const struct {
  const char *microsoft, *iana;
} zone_names[] = {
  { "W. Europe Standard Time", "Europe/Berlin" },
  { "Central Europe Standard Time", "Europe/Budapest" },
  { "Central European Standard Time", "Europe/Warsaw" },
  { "Romance Standard Time", "Europe/Paris" },
  { "GMT Standard Time", "Europe/London" },
  { "Greenwich Standard Time", "Atlantic/Reykjavik" },
  { "FLE Standard Time", "Europe/Kyiv" },
  { "GTB Standard Time", "Europe/Bucharest" },
  { "E. Europe Standard Time", "Europe/Chisinau" },
  { "Turkey Standard Time", "Europe/Istanbul" },
  { "Russian Standard Time", "Europe/Moscow" },
  { "Belarus Standard Time", "Europe/Minsk" },
  { "Israel Standard Time", "Asia/Jerusalem" },
  { "Egypt Standard Time", "Africa/Cairo" },
  { "India Standard Time", "Asia/Kolkata" },
  { "China Standard Time", "Asia/Shanghai" },
  { "Tokyo Standard Time", "Asia/Tokyo" },
  { "Eastern Standard Time", "America/New_York" },
  { "Central Standard Time", "America/Chicago" },
  { "Mountain Standard Time", "America/Denver" },
  { "Pacific Standard Time", "America/Los_Angeles" },
  { "Mitteleuropäische Zeit", "Europe/Berlin" },
  { "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien", "Europe/Berlin" },
  { "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin" },
  { "UTC", "UTC" },
  { "GMT", "UTC" },
  { "Z", "UTC" },
};

/* Zones whose clocks change, by their winter offset: in Europe, and in America. */
static const struct {
  int offset_minutes;
  const char *iana;
} changing_zones[] = {
  { 0, "Europe/London" },          { 60, "Europe/Berlin" },     { 120, "Europe/Kyiv" },
  { -300, "America/New_York" },    { -360, "America/Chicago" }, { -420, "America/Denver" },
  { -480, "America/Los_Angeles" },
};

/* The zone at the end of a name's path: "Europe/Berlin" of "/citadel.org/20211206_1/Europe/Berlin". NULL: no
 * such zone. */
static GTimeZone *zone_of_path(const char *name)
{
  const char *last = strrchr(name, '/');
  const char *from = last;
  while (from && from > name && from[-1] != '/') from--;
  if (!from || from == name || from == last) return NULL;
  return g_time_zone_new_identifier(from);
}

/* The zone that a VTIMEZONE's offsets describe. */
static GTimeZone *zone_of_offsets(const struct calendar_zone *zone)
{
  for (gsize i = 0; zone->summer_offset != zone->offset && i < G_N_ELEMENTS(changing_zones); i++)
    if (changing_zones[i].offset_minutes == zone->offset) {
      GTimeZone *known = g_time_zone_new_identifier(changing_zones[i].iana);
      if (known) return known;
    }
  return g_time_zone_new_offset(zone->offset * 60);
}

/* The zone a time is in; `own` where nothing usable is said. */
static GTimeZone *zone_of(const struct calendar *calendar, const char *name, const char *own)
{
  GTimeZone *zone = NULL;
  for (gsize i = 0; name && i < G_N_ELEMENTS(zone_names); i++)
    if (g_ascii_strcasecmp(zone_names[i].microsoft, name) == 0)
      return g_time_zone_new_identifier(zone_names[i].iana);
  /* a name is looked up in a directory: nothing that could leave it */
  bool is_safe = name && !strstr(name, "..") && strlen(name) < 100 && g_utf8_validate(name, -1, NULL);
  if (is_safe && name[0] != '/') zone = g_time_zone_new_identifier(name);
  if (!zone && is_safe) zone = zone_of_path(name);
  if (!zone && name && calendar->zone.is_there) zone = zone_of_offsets(&calendar->zone);
  if (!zone) zone = g_time_zone_new_identifier(own);
  return zone ? zone : g_time_zone_new_utc();
}

static bool read_digits(const char *text, gsize count, int *value)
{
  *value = 0;
  for (gsize i = 0; i < count; i++) {
    if (!g_ascii_isdigit(text[i])) return false;
    *value = *value * 10 + text[i] - '0';
  }
  return true;
}

/* "20260512T190000Z" as written; is_utc tells of the Z. */
static bool read_value(const char *value, struct wall *wall, bool *is_utc)
{
  *wall = (struct wall){ .hour = -1, .minute = -1 };
  *is_utc = false;
  if (!value || !read_digits(value, 4, &wall->year) || !read_digits(value + 4, 2, &wall->month) ||
      !read_digits(value + 6, 2, &wall->day) || wall->year < 1900 || wall->year > 9000 ||
      !g_date_valid_dmy((GDateDay)wall->day, (GDateMonth)wall->month, (GDateYear)wall->year))
    return false;
  if (value[8] != 'T' && value[8] != 't') return true;
  if (!read_digits(value + 9, 2, &wall->hour) || !read_digits(value + 11, 2, &wall->minute) ||
      wall->hour > 23 || wall->minute > 59) {
    wall->hour = wall->minute = -1;
    return true;
  }
  *is_utc = strlen(value) >= 16 && (value[15] == 'Z' || value[15] == 'z');
  return true;
}

static void set_wall(struct wall *wall, GDateTime *moment)
{
  *wall = (struct wall){ g_date_time_get_year(moment), g_date_time_get_month(moment),
                         g_date_time_get_day_of_month(moment), g_date_time_get_hour(moment),
                         g_date_time_get_minute(moment) };
}

/* One time into our zone. */
static bool read_moment(const struct calendar *calendar, const char *value, const char *name,
                        const char *zone, struct wall *wall)
{
  bool is_utc;
  if (!read_value(value, wall, &is_utc)) {
    *wall = (struct wall){ 0 };
    return false;
  }
  if (wall->hour < 0 || (!is_utc && !name)) return true;
  g_autoptr(GTimeZone) there = is_utc ? g_time_zone_new_utc() : zone_of(calendar, name, zone);
  g_autoptr(GTimeZone) here = zone_of(calendar, NULL, zone);
  g_autoptr(GDateTime) moment =
      g_date_time_new(there, wall->year, wall->month, wall->day, wall->hour, wall->minute, 0);
  g_autoptr(GDateTime) local = moment ? g_date_time_to_timezone(moment, here) : NULL;
  if (local) set_wall(wall, local);
  return true;
}

/* `minutes` (of whole days: a multiple of a day) behind a wall time. */
static struct wall wall_behind(const struct wall *wall, int64_t minutes)
{
  g_autoptr(GDateTime) from =
      g_date_time_new_utc(wall->year, wall->month, wall->day, MAX(wall->hour, 0), MAX(wall->minute, 0), 0);
  g_autoptr(GDateTime) to = from ? g_date_time_add_minutes(from, (gint)minutes) : NULL;
  struct wall result = *wall;
  if (to) set_wall(&result, to);
  if (wall->hour < 0) result.hour = result.minute = -1;
  return result;
}

/* The end, by DTEND or DURATION; DTEND of whole days is the day behind the last. */
static void read_end(const struct calendar *calendar, const char *zone, struct calendar_event *event)
{
  enum { DAY_MINUTES = 24 * 60, LONGEST_MINUTES = 400 * DAY_MINUTES };
  if (read_moment(calendar, calendar->end, calendar->end_zone, zone, &event->end)) {
    if (event->all_day) event->end = wall_behind(&event->end, -DAY_MINUTES);
  } else if (calendar->duration) {
    struct icaldurationtype duration = icaldurationtype_from_string(calendar->duration);
    int64_t minutes = icaldurationtype_as_int(duration) / 60;
    if (icaldurationtype_is_bad_duration(duration) || minutes <= 0 || minutes > LONGEST_MINUTES) return;
    event->end = wall_behind(&event->start, event->all_day ? minutes - DAY_MINUTES : minutes);
  }
  if (event->all_day && event->end.year == event->start.year && event->end.month == event->start.month &&
      event->end.day == event->start.day)
    event->end = (struct wall){ 0 };
}

static int count_of(const short *values, int size)
{
  int count = 0;
  while (count < size && values[count] != ICAL_RECURRENCE_ARRAY_MAX) count++;
  return count;
}
#define COUNT_OF(values) count_of((values), G_N_ELEMENTS(values))

/* Is there one of the days in one of the months? The 30th of February is not. */
static bool has_such_days(const struct icalrecurrencetype *rule)
{
  static const int longest[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  int days = COUNT_OF(rule->by_month_day), months = COUNT_OF(rule->by_month);
  for (int i = 0; i < days; i++)
    for (int k = 0; k < months; k++)
      if (rule->by_month[k] >= 1 && rule->by_month[k] <= 12 &&
          ABS(rule->by_month_day[i]) <= longest[rule->by_month[k] - 1])
        return true;
  return days == 0 || months == 0;
}

/* "The last working day" (BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1): is there ever a day at that place of its set? */
static bool has_such_places(const struct icalrecurrencetype *rule)
{
  int count = COUNT_OF(rule->by_set_pos), weekdays = COUNT_OF(rule->by_day),
      days = COUNT_OF(rule->by_month_day);
  int most = weekdays && days ? 1 : MAX(MAX(weekdays, days), 1);
  bool is_long = rule->freq == ICAL_MONTHLY_RECURRENCE || rule->freq == ICAL_YEARLY_RECURRENCE;
  for (int i = 0; i < weekdays && !days && is_long; i++)
    if (icalrecurrencetype_day_position(rule->by_day[i]) == 0) most = 5; /* each Monday of a month */
  for (int i = 0; i < count; i++)
    if (ABS(rule->by_set_pos[i]) > most) return false;
  return true;
}

/* Rules of people, which name days. Those that name hours or seconds, weeks or days of the year make libical
 * step for minutes, or without an end where nothing ever matches. */
static bool is_plain(const struct icalrecurrencetype *rule)
{
  enum { INTERVAL_MAX = 400 };
  bool is_of_days = rule->freq == ICAL_DAILY_RECURRENCE || rule->freq == ICAL_WEEKLY_RECURRENCE ||
                    rule->freq == ICAL_MONTHLY_RECURRENCE || rule->freq == ICAL_YEARLY_RECURRENCE;
  bool is_within =
      COUNT_OF(rule->by_second) <= 1 && COUNT_OF(rule->by_minute) <= 1 && COUNT_OF(rule->by_hour) <= 1;
  bool is_short = rule->freq == ICAL_DAILY_RECURRENCE || rule->freq == ICAL_WEEKLY_RECURRENCE;
  return is_of_days && is_within && rule->interval >= 1 && rule->interval <= INTERVAL_MAX &&
         !COUNT_OF(rule->by_year_day) && !COUNT_OF(rule->by_week_no) &&
         !(is_short && COUNT_OF(rule->by_month_day)) && has_such_days(rule) && has_such_places(rule);
}

/* Does it come again within a lifetime? What is rarer costs as much as what never comes. */
static bool comes_again(struct icalrecurrencetype rule, const struct wall *start)
{
  enum { DATES_TRIED = 3, LIFETIME_YEARS = 40 };
  struct icaltimetype from = icaltime_null_time(), at = from;
  from.year = start->year, from.month = start->month, from.day = start->day;
  from.hour = MAX(start->hour, 0), from.minute = MAX(start->minute, 0), from.is_date = start->hour < 0;
  bool has_end = rule.count > 0 || !icaltime_is_null_time(rule.until);
  icalrecur_iterator *each = icalrecur_iterator_new(rule, from);
  int count = 0;
  for (; each && count < DATES_TRIED; count++) {
    at = icalrecur_iterator_next(each);
    if (icaltime_is_null_time(at) || at.year > start->year + LIFETIME_YEARS) break;
  }
  if (each) icalrecur_iterator_free(each);
  return count == DATES_TRIED || (count > 0 && has_end);
}

/* The rule as written, where libical understands it and it is one of days. */
static char *read_rule(const char *rule, const struct wall *start)
{
  enum { RULE_BYTES = 400 };
  if (!rule || strlen(rule) > RULE_BYTES) return NULL;
  for (const char *p = rule; *p; p++)
    if (!g_ascii_isalnum(*p) && !strchr("=;,+-", *p)) return NULL;
  struct icalrecurrencetype read = icalrecurrencetype_from_string(rule);
  bool is_good = read.freq != ICAL_NO_RECURRENCE && is_plain(&read) && comes_again(read, start);
  return is_good ? g_strdup(rule) : NULL;
}

/* Dates as wall times of `zone`. Caller frees. */
static GArray *moments_of(const struct calendar *calendar, const GPtrArray *texts, const char *of,
                          const char *zone)
{
  GArray *dates = g_array_new(FALSE, FALSE, sizeof(struct wall));
  for (guint i = 0; i < texts->len; i++) {
    struct wall date;
    if (read_moment(calendar, texts->pdata[i], of, zone, &date)) g_array_append_val(dates, date);
  }
  return dates;
}

static int by_time(const void *a, const void *b)
{
  return wall_compare(a, b);
}

/* The dates beside the rule, in order, each once, and not the first one. Caller frees. */
static GArray *read_extra(const struct calendar *calendar, const char *zone, const struct wall *start)
{
  g_autoptr(GArray) dates = moments_of(calendar, calendar->rdates, calendar->rdate_zone, zone);
  GArray *extra = g_array_new(FALSE, FALSE, sizeof(struct wall));
  g_array_sort(dates, by_time);
  for (guint i = 0; i < dates->len && extra->len < SERIES_EXTRA_MAX; i++) {
    const struct wall *date = &g_array_index(dates, struct wall, i);
    const struct wall *last = extra->len ? &g_array_index(extra, struct wall, extra->len - 1) : start;
    bool is_like_start = (date->hour < 0) == (start->hour < 0);
    if (is_like_start && wall_compare(date, start) != 0 && wall_compare(date, last) != 0)
      g_array_append_val(extra, *date);
  }
  return extra;
}

bool calendar_event_read(const struct calendar *calendar, const char *zone, struct calendar_event *event)
{
  *event = (struct calendar_event){ 0 };
  if (!zone) zone = "Europe/Berlin";
  if (!read_moment(calendar, calendar->start, calendar->start_zone, zone, &event->start)) return false;
  event->all_day = event->start.hour < 0;
  read_end(calendar, zone, event);
  g_autofree char *rule = read_rule(calendar->rule, &event->start);
  g_autoptr(GArray) extra = read_extra(calendar, zone, &event->start);
  event->recurrence = rule || extra->len ? series_rule(rule, extra) : NULL;
  return true;
}

bool calendar_original_read(const struct calendar *calendar, const char *zone, struct wall *original)
{
  return calendar->recurrence_id &&
         read_moment(calendar, calendar->recurrence_id, calendar->recurrence_zone, zone, original);
}

GArray *calendar_exdates_read(const struct calendar *calendar, const char *zone)
{
  return moments_of(calendar, calendar->exdates, calendar->exdate_zone, zone);
}

int64_t calendar_stamp_read(const struct calendar *calendar)
{
  struct wall wall;
  bool is_said = calendar->stamp && read_moment(calendar, calendar->stamp, "UTC", "UTC", &wall);
  return is_said && wall.year ? wall_seconds(&wall, "UTC") : 0;
}

void calendar_event_clear(struct calendar_event *event)
{
  g_clear_pointer(&event->recurrence, g_free);
}
