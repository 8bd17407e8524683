/* The dates of a series: what a rule makes of its first one, in wall time. A rule is an RRULE (RFC 5545
 * section 3.3.10), dates beside it (RDATE), or both: "FREQ=WEEKLY;COUNT=3
 * RDATE:20260519T190000,20260602T190000"; of whole days "RDATE:20260519". */
#ifndef TEXT_DATES_SERIES_H
#define TEXT_DATES_SERIES_H

#include "lib/text/dates/dates.h"

/* -1, 0, 1; a day without time comes before all times of that day. */
int wall_compare(const struct wall *a, const struct wall *b);

enum { SERIES_EXTRA_MAX = 60 };

/* A rule of an RRULE (NULL: none) and the dates beside it (struct wall, in order). Caller frees. */
char *series_rule(const char *recurrence, const GArray *extra);
/* Its RRULE; "": it has none. Caller frees. */
char *series_recurrence(const char *rule);
/* The dates beside it; struct wall, in order. Caller frees. */
GArray *series_extra(const char *rule);

/* The first date of the series that is not before `from`. False: there is none (or none in the next 2,000
 * dates). Rule
 * "": the start alone. */
bool series_next(const char *rule, const struct wall *start, const struct wall *from, struct wall *next);

/* The dates of the series up to `last`, in order, at most `limit`; of rule "" the start alone, whenever it
 * is. GArray of struct wall; caller unrefs. */
GArray *series_dates(const char *rule, const struct wall *start, const struct wall *last, guint limit);

#endif
