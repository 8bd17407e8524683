/* Wall times and moments of a time zone: what the clock on the wall shows, in seconds UTC and back, and as
 * RFC 3339 writes it. Used by dates.c and by everybody who shows a date that was found. Promises: a wall time
 * that a clock change leaves out (02:30 on the last Sunday of March) is moved forward by the hour that was
 * left out, one that comes twice (02:30 in October) is the first of the two. Rules come from GLib, which
 * reads the system's zone files; what was loaded once stays, for a sandbox may close them. */
#include "lib/text/dates/zone.h"

#include "lib/text/days/calendar.h"

enum { DAY_SECONDS = 86400, ZONES_KEPT = 4 };

/* Never freed: there are as many as a process has districts' zones. */
static GTimeZone *find_zone(const char *name)
{
  static struct {
    const char *name;
    GTimeZone *zone;
  } kept[ZONES_KEPT];
  static GMutex lock;
  if (!name || !*name) name = "Europe/Berlin";
  g_mutex_lock(&lock);
  GTimeZone *found = NULL;
  guint i = 0;
  for (; !found && i < ZONES_KEPT && kept[i].name; i++)
    if (g_str_equal(kept[i].name, name)) found = kept[i].zone;
  if (!found) {
    found = g_time_zone_new_identifier(name);
    if (!found) found = g_time_zone_new_identifier("Europe/Berlin");
    if (!found) found = g_time_zone_new_utc();
    if (i < ZONES_KEPT) {
      kept[i].name = g_intern_string(name);
      kept[i].zone = found;
    }
  }
  g_mutex_unlock(&lock);
  return found;
}

static int64_t naive_seconds(const struct wall *wall)
{
  int64_t day = calendar_day(wall->year, wall->month, wall->day);
  int hour = wall->hour < 0 ? 0 : wall->hour, minute = wall->hour < 0 ? 0 : wall->minute;
  return day * DAY_SECONDS + hour * 3600 + minute * 60;
}

static int offset_at(GTimeZone *zone, int64_t seconds)
{
  int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, seconds);
  return interval < 0 ? 0 : g_time_zone_get_offset(zone, interval);
}

struct wall zone_wall(int64_t seconds, const char *zone)
{
  int64_t local = seconds + offset_at(find_zone(zone), seconds);
  int64_t day = local / DAY_SECONDS - (local % DAY_SECONDS < 0), rest = local - day * DAY_SECONDS;
  struct civil civil = calendar_civil((int)day);
  return (struct wall){ civil.year, civil.month, civil.day, (int)(rest / 3600), (int)(rest / 60 % 60) };
}

/* Asks for the offset a day before and a day behind: of the two moments that the wall time may be, the first
 * whose offset is its own; where none is, the clock jumped over it. */
static int64_t moment_of(const struct wall *wall, GTimeZone *zone, int *offset)
{
  int64_t naive = naive_seconds(wall);
  int before = offset_at(zone, naive - DAY_SECONDS), after = offset_at(zone, naive + DAY_SECONDS);
  *offset = before;
  if (offset_at(zone, naive - before) == before) return naive - before;
  *offset = after;
  if (offset_at(zone, naive - after) == after) return naive - after;
  return naive - before;
}

int64_t wall_seconds(const struct wall *wall, const char *zone)
{
  int offset;
  return wall->year ? moment_of(wall, find_zone(zone), &offset) : 0;
}

char *wall_format(const struct wall *wall, const char *zone)
{
  if (!wall->year) return NULL;
  if (wall->hour < 0) return g_strdup_printf("%04d-%02d-%02d", wall->year, wall->month, wall->day);
  int offset;
  int64_t seconds = moment_of(wall, find_zone(zone), &offset);
  struct wall shown = zone_wall(seconds, zone); /* moved, where the clock jumps */
  int minutes = offset_at(find_zone(zone), seconds) / 60, size = minutes < 0 ? -minutes : minutes;
  return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:00%c%02d:%02d", shown.year, shown.month, shown.day,
                         shown.hour, shown.minute, minutes < 0 ? '-' : '+', size / 60, size % 60);
}
