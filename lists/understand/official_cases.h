/* One mail of an office that answers several cases: a table pasted from a spreadsheet, a list of numbers. */
#ifndef LISTS_UNDERSTAND_OFFICIAL_CASES_H
#define LISTS_UNDERSTAND_OFFICIAL_CASES_H

#include "lists/understand/meaning.h"

/* Fills meaning->cases where the text answers two cases or more, and then takes the status of the case that
 * the subject names from its row. Else does nothing. */
void official_read_cases(const struct reading_room *room, struct meaning *meaning);

#endif
