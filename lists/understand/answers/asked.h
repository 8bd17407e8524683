/* What our own mail asked: the numbered list that stands in the quote below an answer. Answers name its
 * numbers, its words, or "all but 3". */
#ifndef LISTS_UNDERSTAND_ANSWERS_ASKED_H
#define LISTS_UNDERSTAND_ANSWERS_ASKED_H

#include "lists/understand/meaning.h"

struct asked_item {
  int number;    /* as printed; of items with letters A is 1 */
  char *title;   /* without the sum: "Sitzbank am Marktplatz" */
  int64_t cents; /* the sum beside it; -1: none */
};

/* struct asked_item*, in order; empty where nothing is quoted. Caller unrefs. */
GPtrArray *asked_items(const struct mail *mail);

/* The item with a number; NULL: none. */
const struct asked_item *asked_by_number(const GPtrArray *items, int number);
/* The item whose title shares a telling word with these words; NULL: none or several. */
const struct asked_item *asked_by_words(const GPtrArray *items, const char *words);

#endif
