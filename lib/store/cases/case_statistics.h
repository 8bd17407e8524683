/* What offices have done: cases, open, answered, and how long the first answer took, by year, office and
 * topic. Counters that every change of a case keeps: reading them costs the same with ten cases or a million.
 */
#ifndef STORE_CASE_STATISTICS_H
#define STORE_CASE_STATISTICS_H

#include "lib/store/store.h"

/* One number of each, of whatever it stands for. */
struct case_numbers {
  int64_t cases, open, answered;
  int64_t done, confirmed; /* done: says the office, or who asked; confirmed: who asked */
  int median_days;         /* calendar days from the question to the first answer; -1: nothing is answered */
};
struct case_row {
  int64_t office; /* 0: of nobody, or of all */
  char *topic;    /* "" none was understood; NULL: of all */
  struct case_numbers numbers;
};
struct case_statistics {
  struct case_numbers all;
  GPtrArray *offices, *topics, *rows; /* struct case_row*: by office, by topic, by both */
};
void case_statistics_free(struct case_statistics *it);
typedef struct case_statistics case_statistics_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(case_statistics_t, case_statistics_free)

/* Of the cases with a number of that year; 0: of all years. NULL on error. */
struct case_statistics *case_statistics_read(struct store *store, int year, GError **error);
/* The numbers of an office in it; zeros, median -1, where it has none. */
struct case_numbers case_statistics_of_office(const struct case_statistics *it, int64_t office);

/* For cases.c: a case is about to change, and has changed. */
bool case_statistics_leave(struct store *store, int64_t casefile, GError **error);
bool case_statistics_enter(struct store *store, int64_t casefile, GError **error);

#endif
