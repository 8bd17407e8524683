/* Working days; see workdays.h. The holidays are those of the law of Berlin (Gesetz über die Sonn- und
 * Feiertage, § 1): fixed ones, and those that move with Easter. On Christmas Eve and New Year's Eve offices
 * are closed as a rule, so nobody is reminded on these days either. */
#include "lib/text/days/workdays.h"

#include "lib/text/days/calendar.h"
#include "lib/text/days/holidays.h"

#include <glib.h>

#include <stdio.h>
#include <string.h>

static const char *const HOLIDAYS[] = {
  "01-01",     "03-08", "easter-2", "easter+1", "05-01", "easter+39",
  "easter+50", "10-03", "12-24",    "12-25",    "12-26", "12-31",
};
/* No office works so seldom that a search has to go further. */
enum { SEARCH_DAYS = 366 * 10 };

/* Days since a fixed one; CALENDAR_NO_DAY: it is no day. */
static int day_number(const char *day)
{
  int year, month, date, size = 0;
  if (!day || sscanf(day, "%4d-%2d-%2d%n", &year, &month, &date, &size) != 3 || day[size])
    return CALENDAR_NO_DAY;
  return calendar_is_date(year, month, date) ? calendar_day(year, month, date) : CALENDAR_NO_DAY;
}

static char *day_text(int number)
{
  struct civil day = calendar_civil(number);
  return g_strdup_printf("%04d-%02d-%02d", day.year, day.month, day.day);
}

static bool is_workday(int number, const char *week)
{
  if (!strchr(week, '0' + calendar_weekday(number))) return false;
  int year = calendar_civil(number).year;
  for (gsize i = 0; i < G_N_ELEMENTS(HOLIDAYS); i++)
    if (holiday_day(HOLIDAYS[i], year) == number) return false;
  return true;
}

bool workday_is(const char *day, const char *week)
{
  int number = day_number(day);
  return number != CALENDAR_NO_DAY && is_workday(number, week);
}

char *workday_after(const char *day, int days, const char *week)
{
  int number = day_number(day);
  if (number == CALENDAR_NO_DAY) return NULL;
  if (days == 0 && is_workday(number, week)) return day_text(number);
  int left = days == 0 ? 1 : days, end = number + SEARCH_DAYS;
  while (left > 0 && number < end) left -= is_workday(++number, week);
  return day_text(number);
}

char *workday_before(const char *day, int days, const char *week)
{
  int number = day_number(day);
  if (number == CALENDAR_NO_DAY) return NULL;
  int end = number - SEARCH_DAYS;
  while (days > 0 && number > end) days -= is_workday(--number, week);
  return day_text(number);
}

char *day_after(const char *day, int days)
{
  int number = day_number(day);
  return number == CALENDAR_NO_DAY ? NULL : day_text(number + days);
}

int workdays_between(const char *from, const char *until, const char *week)
{
  int number = day_number(from), end = day_number(until), count = 0;
  if (number == CALENDAR_NO_DAY || end == CALENDAR_NO_DAY || end - number > SEARCH_DAYS) return 0;
  while (number < end) count += is_workday(++number, week);
  return count;
}

int days_between(const char *from, const char *until)
{
  int number = day_number(from), end = day_number(until);
  return number == CALENDAR_NO_DAY || end == CALENDAR_NO_DAY ? 0 : end - number;
}
