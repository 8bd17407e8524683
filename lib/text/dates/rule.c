/* Repetitions as RRULEs (RFC 5545), checked and normalised by libical, and the first day of one. Called by
 * resolve.c. Only rules that words can say: daily, weekly on some days, monthly on the nth weekday or a day
 * of the month, yearly. */
#include "lib/text/dates/dates_private.h"
#include "lib/text/dates/zone.h"

#include <libical/ical.h>

enum { DAYS_SEARCHED = 1500, NTHS = 6 };

static const char *const weekday_codes[] = { "", "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
static const char *const frequency_words[] = {
  [FREQUENCY_NONE] = "",           [FREQUENCY_DAILY] = "DAILY",   [FREQUENCY_WEEKLY] = "WEEKLY",
  [FREQUENCY_MONTHLY] = "MONTHLY", [FREQUENCY_YEARLY] = "YEARLY",
};

static void put_weekdays(GString *out, const struct rule *rule)
{
  const char *mark = ";BYDAY=";
  for (int nth = 0; nth < NTHS; nth++) {
    bool has_nths = rule->nths != 0;
    /* the last one stands behind the others */
    int n = nth + 1 == NTHS ? 0 : nth + 1;
    if (has_nths && !(rule->nths & 1U << n)) continue;
    for (int day = 1; day <= 7; day++) {
      if (!(rule->weekdays & 1U << day)) continue;
      g_string_append(out, mark);
      if (has_nths) g_string_append_printf(out, "%d", n ? n : -1);
      g_string_append(out, weekday_codes[day]);
      mark = ",";
    }
    if (!has_nths) return;
  }
}

static void put_until(GString *out, const struct wall *until, const char *zone)
{
  if (until->hour < 0) {
    g_string_append_printf(out, ";UNTIL=%04d%02d%02d", until->year, until->month, until->day);
    return;
  }
  struct wall utc = zone_wall(wall_seconds(until, zone), "UTC");
  g_string_append_printf(out, ";UNTIL=%04d%02d%02dT%02d%02d00Z", utc.year, utc.month, utc.day, utc.hour,
                         utc.minute);
}

char *rule_write(const struct rule *rule, const struct wall *until, const char *zone)
{
  g_autoptr(GString) out = g_string_new("FREQ=");
  g_string_append(out, frequency_words[rule->frequency]);
  if (until && until->year) put_until(out, until, zone);
  if (rule->interval > 1) g_string_append_printf(out, ";INTERVAL=%d", rule->interval);
  if (rule->weekdays) put_weekdays(out, rule);
  if (rule->month_day) g_string_append_printf(out, ";BYMONTHDAY=%d", rule->month_day);
  if (rule->month) g_string_append_printf(out, ";BYMONTH=%d", rule->month);
  struct icalrecurrencetype read = icalrecurrencetype_from_string(out->str);
  if (read.freq == ICAL_NO_RECURRENCE) return NULL;
  char *written = icalrecurrencetype_as_string_r(&read);
  char *copy = g_strdup(written);
  icalmemory_free_buffer(written);
  return copy;
}

static bool is_nth(unsigned nths, const struct civil *civil)
{
  int length = calendar_month_length(civil->year, civil->month);
  return nths & 1U << ((civil->day - 1) / 7 + 1) || (nths & 1U && civil->day > length - 7);
}

static bool falls_on(const struct rule *rule, int day)
{
  struct civil civil = calendar_civil(day);
  if (rule->weekdays && !(rule->weekdays & 1U << calendar_weekday(day))) return false;
  if (rule->nths && !is_nth(rule->nths, &civil)) return false;
  if (rule->month_day && civil.day != rule->month_day) return false;
  return !rule->month || civil.month == rule->month;
}

int rule_first_day(const struct rule *rule, int day)
{
  for (int i = 0; i < DAYS_SEARCHED; i++)
    if (falls_on(rule, day + i)) return day + i;
  return day;
}
