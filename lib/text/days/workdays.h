/* Working days: an office's days of the week without Berlin's public holidays. Days are YYYY-MM-DD. */
#ifndef TEXT_WORKDAYS_H
#define TEXT_WORKDAYS_H

#include <stdbool.h>

/* Is this day one on which somebody works? `week` holds the days of the week, 1 is Monday ("12345"). A text
 * that is no day is none. */
bool workday_is(const char *day, const char *week);
/* The day that is `days` working days behind `day`; 0: the day itself or the next working one. NULL where
 * `day` is none. Caller frees. */
char *workday_after(const char *day, int days, const char *week);
/* The working day that is `days` of them before `day`. NULL likewise; caller frees. */
char *workday_before(const char *day, int days, const char *week);
/* The day that is so many days of the calendar behind (or before) a day. NULL likewise; caller frees. */
char *day_after(const char *day, int days);
/* How many working days lie behind `from`, up to and with `until`; 0 where it is not later. */
int workdays_between(const char *from, const char *until, const char *week);
/* Days of the calendar from one to the other; negative where it is earlier. */
int days_between(const char *from, const char *until);

#endif
