/* Hints to who writes a proposal: what a neighbourhood budget cannot pay for, by its rules. They never reject
 * anything; a person decides. */
#ifndef LISTS_UNDERSTAND_HINTS_H
#define LISTS_UNDERSTAND_HINTS_H

#include "lists/understand/meaning.h"

/* Fills meaning->hints, each rule once, in the order of the rules. meaning->costs should be read before. */
void hints_read(const struct reading_room *room, struct meaning *meaning);

#endif
