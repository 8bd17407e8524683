/* The day that an office's answer expects something by. See days.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_DAYS_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_DAYS_H

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/status.h"

/* A passage and its dates, and where its reader is. */
struct official_days {
  const struct passage *passage;
  const GArray *dates; /* of this passage, in order */
  const bool *is_kept; /* of each lexeme: it counts; NULL: all do */
  struct wall today;
  const struct clause *whole; /* the sentence at hand; NULL: none */
  bool is_past;               /* the clause at hand tells of the past */
};

/* The last day to come in a span that the matter is to be done by; NULL: none is named. */
const struct date_found *official_date_in(const struct official_days *days, const struct clause *span);

/* Whether somebody only looks or answers on that day. */
bool official_only_looks(const struct official_days *days, const struct date_found *date);

/* "Nach Ostern": of a day that only comes first nobody says by when. */
bool official_is_after(const struct passage *passage, const struct date_found *date);

/* The index of the first date at or behind a lexeme, by halving. */
guint official_first_date(const GArray *dates, guint lexeme);

/* Below, equal or above zero as the first day comes before, is or comes after the other. */
int official_compare_days(const struct wall *a, const struct wall *b);

/* A day without a year that comes round again only in ten months was meant as one that is over. */
bool official_is_last_years(const struct official_days *days, const struct date_found *date,
                            const struct wall *day);

#endif
