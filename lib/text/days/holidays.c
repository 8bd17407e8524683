/* The day of a feast in a year. The tables name feasts by rules: "12-25" a fixed day, "easter+39" so many
 * days from Easter Sunday, "orthodox-2" from the orthodox one, "advent1" the first Sunday of Advent and days
 * from it ("advent1-35"), "nth 5 7 2" the second Sunday of May. Called by resolve_day.c. */
#include "lib/text/days/holidays.h"

#include "lib/text/days/calendar.h"

#include <glib.h>

#include <stdio.h>
#include <string.h>

static int offset_behind(const char *holiday, const char *name)
{
  return (int)g_ascii_strtoll(holiday + strlen(name), NULL, 10);
}

/* The fourth Advent is the Sunday before 25 December. */
static int first_advent(int year)
{
  int christmas = calendar_day(year, 12, 25);
  return christmas - (calendar_weekday(christmas) % 7 ? calendar_weekday(christmas) : 7) - 21;
}

int holiday_day(const char *holiday, int year)
{
  if (g_str_has_prefix(holiday, "easter")) return calendar_easter(year) + offset_behind(holiday, "easter");
  if (g_str_has_prefix(holiday, "orthodox"))
    return calendar_easter_orthodox(year) + offset_behind(holiday, "orthodox");
  if (g_str_has_prefix(holiday, "advent") && g_ascii_isdigit(holiday[6])) {
    return first_advent(year) + 7 * (holiday[6] - '1') + (int)g_ascii_strtoll(holiday + 7, NULL, 10);
  }
  int month, day, weekday, nth;
  if (sscanf(holiday, "nth %d %d %d", &month, &weekday, &nth) == 3)
    return calendar_nth_weekday(year, month, weekday, nth);
  if (sscanf(holiday, "%d-%d", &month, &day) == 2 && calendar_is_date(year, month, day))
    return calendar_day(year, month, day);
  return CALENDAR_NO_DAY;
}
