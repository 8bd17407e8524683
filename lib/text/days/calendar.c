/* Arithmetic with days of the Gregorian calendar, for the readers of dates in this room. Day numbers count
 * from 1970-01-01, so that "a week later" is an addition; years are taken from 1 to 9999 by the callers.
 * Pure functions, tested by tests/unit/text/test_dates_calendar.c. */
#include "lib/text/days/calendar.h"

static int floor_div(int a, int b)
{
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

/* Counts in years that begin in March, so that the leap day is the last of a year. */
int calendar_day(int year, int month, int day)
{
  year += floor_div(month - 1, 12);
  month = (month - 1) - 12 * floor_div(month - 1, 12) + 1;
  int y = year - (month <= 2);
  int era = floor_div(y, 400), of_era = y - era * 400;
  int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil calendar_civil(int day)
{
  int z = day + 719468, era = floor_div(z, 146097), of_era = z - era * 146097;
  int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
  struct civil civil = { .day = of_year - (153 * m + 2) / 5 + 1, .month = m < 10 ? m + 3 : m - 9 };
  civil.year = y + era * 400 + (civil.month <= 2);
  return civil;
}

int calendar_weekday(int day)
{
  int since_monday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
  return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

int calendar_month_length(int year, int month)
{
  return calendar_day(year, month + 1, 1) - calendar_day(year, month, 1);
}

bool calendar_is_date(int year, int month, int day)
{
  return month >= 1 && month <= 12 && day >= 1 && day <= calendar_month_length(year, month);
}

int calendar_week_monday(int year, int week)
{
  int fourth = calendar_day(year, 1, 4);
  return fourth - (calendar_weekday(fourth) - 1) + 7 * (week - 1);
}

int calendar_weeks_of(int year)
{
  return (calendar_week_monday(year + 1, 1) - calendar_week_monday(year, 1)) / 7;
}

int calendar_add_months(int day, int months)
{
  struct civil from = calendar_civil(day);
  int first = calendar_day(from.year, from.month + months, 1);
  struct civil to = calendar_civil(first);
  int length = calendar_month_length(to.year, to.month);
  return first + (from.day < length ? from.day : length) - 1;
}

/* Gauss's rule in the form of Meeus, Jones and Butcher. */
int calendar_easter(int year)
{
  int a = year % 19, b = year / 100, c = year % 100;
  int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
  return calendar_day(year, sum / 31, sum % 31 + 1);
}

/* Meeus's Julian rule, and 13 days to the Gregorian calendar (1900 to 2099). */
int calendar_easter_orthodox(int year)
{
  int d = (19 * (year % 19) + 15) % 30, e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  int sum = d + e + 114;
  return calendar_day(year, sum / 31, sum % 31 + 1) + 13;
}

int calendar_nth_weekday(int year, int month, int weekday, int nth)
{
  int first = calendar_day(year, month, 1), length = calendar_month_length(year, month);
  if (nth < 0) {
    int last = first + length - 1;
    return last - (calendar_weekday(last) - weekday + 7) % 7 + 7 * (nth + 1);
  }
  int day = first + (weekday - calendar_weekday(first) + 7) % 7 + 7 * (nth - 1);
  return day < first + length ? day : CALENDAR_NO_DAY;
}
