/* The clock: what time it is (or is said to be, by --now), and the three ways in which we write a moment.
 * Days and months have their English names whatever the locale, since they go into mail headers. RFC 3339,
 * RFC 5322 section 3.3. */
#include "lib/base/clock.h"
#include "lib/base/fault.h"

#include <string.h>
#include <time.h>

static int64_t fixed_now;
static int is_fixed;

int64_t clock_now(void)
{
  if (g_atomic_int_get(&is_fixed)) return fixed_now;
  return (int64_t)time(NULL);
}

int64_t clock_monotonic_ms(void)
{
  return g_get_monotonic_time() / 1000;
}

void clock_fix(int64_t now)
{
  fixed_now = now;
  g_atomic_int_set(&is_fixed, 1);
}

/* Reads exactly `width` digits and moves on. */
static bool read_digits(const char **text, int width, int *value)
{
  *value = 0;
  for (int i = 0; i < width; i++, (*text)++) {
    if (!g_ascii_isdigit(**text)) return false;
    *value = *value * 10 + (**text - '0');
  }
  return true;
}

static bool read_mark(const char **text, const char *allowed)
{
  if (**text == '\0' || !strchr(allowed, **text)) return false;
  (*text)++;
  return true;
}

/* "Z", "+01:00", "-05:30": seconds east of Greenwich. */
static bool read_offset(const char **text, int *seconds)
{
  *seconds = 0;
  if (read_mark(text, "Zz")) return true;
  bool is_west = **text == '-';
  int hours, minutes;
  if (!read_mark(text, "+-") || !read_digits(text, 2, &hours) || !read_mark(text, ":") ||
      !read_digits(text, 2, &minutes) || hours > 23 || minutes > 59)
    return false;
  *seconds = (hours * 60 + minutes) * 60 * (is_west ? -1 : 1);
  return true;
}

/* A fraction of a second is read and dropped. */
static bool read_fraction(const char **text)
{
  if (**text != '.') return true;
  (*text)++;
  int digits = 0;
  for (; g_ascii_isdigit(**text); (*text)++) digits++;
  return digits > 0;
}

static bool read_moment(const char *text, int64_t *result)
{
  int year, month, day, hour, minute, second, offset;
  if (!read_digits(&text, 4, &year) || !read_mark(&text, "-") || !read_digits(&text, 2, &month) ||
      !read_mark(&text, "-") || !read_digits(&text, 2, &day) || !read_mark(&text, "Tt ") ||
      !read_digits(&text, 2, &hour) || !read_mark(&text, ":") || !read_digits(&text, 2, &minute) ||
      !read_mark(&text, ":") || !read_digits(&text, 2, &second) || !read_fraction(&text) ||
      !read_offset(&text, &offset) || *text)
    return false;
  bool is_leap_second = second == 60;
  g_autoptr(GDateTime) moment =
      g_date_time_new_utc(year, month, day, hour, minute, is_leap_second ? 59 : second);
  if (!moment) return false;
  *result = g_date_time_to_unix(moment) + (is_leap_second ? 1 : 0) - offset;
  return true;
}

bool clock_parse(const char *rfc3339, int64_t *result, GError **error)
{
  if (read_moment(rfc3339, result)) return true;
  return fault_set(error, FAULT_INPUT, "\"%s\" is not a moment like 2026-03-02T10:15:00+01:00 (RFC 3339)",
                   rfc3339);
}

char *clock_format_utc(int64_t moment)
{
  time_t seconds = (time_t)moment;
  struct tm tm;
  if (!gmtime_r(&seconds, &tm)) return g_strdup("1970-01-01T00:00:00Z");
  return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                         tm.tm_hour, tm.tm_min, tm.tm_sec);
}

char *clock_format_in(int64_t moment, const char *zone)
{
  g_autoptr(GTimeZone) there = zone ? g_time_zone_new_identifier(zone) : NULL;
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(moment);
  if (!utc) return clock_format_utc(moment);
  g_autoptr(GDateTime) local = there ? g_date_time_to_timezone(utc, there) : g_date_time_ref(utc);
  int offset = (int)(g_date_time_get_utc_offset(local) / G_TIME_SPAN_MINUTE), east = ABS(offset);
  int year, month, day;
  g_date_time_get_ymd(local, &year, &month, &day);
  /* By hand: a sitemap has a thousand of these, and GLib's formatting takes three times as long. */
  return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", year, month, day,
                         g_date_time_get_hour(local), g_date_time_get_minute(local),
                         g_date_time_get_second(local), offset < 0 ? '-' : '+', east / 60, east % 60);
}

char *clock_format_mail(int64_t moment)
{
  static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
  static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  time_t seconds = (time_t)moment;
  struct tm tm;
  if (!gmtime_r(&seconds, &tm)) return g_strdup("Thu, 01 Jan 1970 00:00:00 +0000");
  return g_strdup_printf("%s, %02d %s %04d %02d:%02d:%02d +0000", days[tm.tm_wday], tm.tm_mday,
                         months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}
