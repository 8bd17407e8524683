/* What an office says of the present state of a case. See status.c for how several phrases are
 * weighed. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_STATUS_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_STATUS_H

#include "lists/understand/meaning.h"

struct official_status {
  enum case_status status; /* STATUS_NONE: nothing was said */
  bool is_answer_by;       /* until that day somebody only looks or answers; nothing is done by it */
  struct wall expected;    /* the last day of the period that was named; year 0: none */
  guint first, end;        /* the clause that decided; both 0: none */
};

/* `dates` are the dates of this very passage. `now` and `zone` tell past from future. Of each lexeme
 * `is_kept` says whether it counts, and is no signature; NULL: all do. */
struct official_status official_status_read(const struct passage *passage, const GArray *dates, int64_t now,
                                            const char *zone, const bool *is_kept);

/* The last day of a date's period: of "34. KW" its Sunday. */
struct wall official_last_day(const struct date_found *date);

#endif
