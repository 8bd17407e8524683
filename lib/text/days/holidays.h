/* Feasts and holidays by rules, as the tables of dates write them. */
#ifndef TEXT_DAYS_HOLIDAYS_H
#define TEXT_DAYS_HOLIDAYS_H

/* The day of "easter+39", "12-25", "advent1" … in a year. CALENDAR_NO_DAY: no such. */
int holiday_day(const char *holiday, int year);

#endif
