/* The dates of a series: what an RRULE (RFC 5545 section 3.3.10) makes of its first one, in wall time. */
#ifndef TEXT_DATES_SERIES_H
#define TEXT_DATES_SERIES_H

#include "lib/text/dates/dates.h"

/* -1, 0, 1; a day without time comes before all times of that day. */
int wall_compare(const struct wall *a, const struct wall *b);

/* The first date of the series that is not before `from`. False: there is none (or none in the next 2,000
 * dates). Rule
 * "": the start alone. */
bool series_next(const char *rule, const struct wall *start, const struct wall *from, struct wall *next);

/* The dates of the series up to `last`, in order, at most `limit`; of rule "" the start alone, whenever it
 * is. GArray of struct wall; caller unrefs. */
GArray *series_dates(const char *rule, const struct wall *start, const struct wall *last, guint limit);

#endif
