/* Several cases in one mail, as lines or sentences that name their numbers. See lists.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_LISTS_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_LISTS_H

#include "lists/understand/meaning.h"

/* Appends a struct office_case for every number named. What is said of it stands in its text; where that
 * cannot be told, it is marked as unclear. Nothing where fewer than two numbers are named. */
void official_read_list(const struct reading_room *room, GPtrArray *cases);

/* The end of a case number that begins at a lexeme ("KP-2026-0198", "2026/0198"); 0: none. */
guint official_case_number_end(const struct lexemes *l, guint at);

/* The number that ends there as we print it, "KP-2026-0198". Caller frees. */
char *official_case_number(const struct lexemes *l, guint end);

#endif
