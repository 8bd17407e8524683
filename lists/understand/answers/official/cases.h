/* One mail of an office that answers several cases: a table pasted from a spreadsheet, a list of numbers. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_CASES_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_CASES_H

#include "lists/understand/meaning.h"

/* Fills meaning->cases where the text answers two cases or more, and then takes the status of the case that
 * the subject names from its row. Else does nothing. */
void official_read_cases(const struct reading_room *room, struct meaning *meaning);

/* What is said of one case: status and day, read as a text of its own. Takes over the number; caller frees as
 * an item of meaning->cases. */
struct office_case *official_case_new(const struct reading_room *room, char *number, const char *title,
                                      const char *text);

#endif
