/* The Gregorian calendar in whole days: day numbers, weekdays, ISO weeks, Easter. No zone, no clock. */
#ifndef TEXT_DAYS_CALENDAR_H
#define TEXT_DAYS_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

struct civil {
  int year, month, day; /* month and day from 1 */
};

enum { CALENDAR_NO_DAY = INT32_MIN };

/* Days since 1970-01-01; a day behind the month's last runs on into the next month. */
int calendar_day(int year, int month, int day);
struct civil calendar_civil(int day);
/* 1 Monday … 7 Sunday */
int calendar_weekday(int day);
int calendar_month_length(int year, int month);
bool calendar_is_date(int year, int month, int day);
/* The Monday of an ISO week (week 1 holds 4 January). */
int calendar_week_monday(int year, int week);
/* 52 or 53 */
int calendar_weeks_of(int year);
/* The same day so many months on; 31 January and one month is the last of February. */
int calendar_add_months(int day, int months);
/* Easter Sunday of the western churches; the orthodox one. */
int calendar_easter(int year);
int calendar_easter_orthodox(int year);
/* The nth weekday of a month; nth -1: the last. CALENDAR_NO_DAY: there is no fifth. */
int calendar_nth_weekday(int year, int month, int weekday, int nth);

#endif
