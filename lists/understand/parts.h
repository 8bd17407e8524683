/* Several proposals in one mail. */
#ifndef LISTS_UNDERSTAND_PARTS_H
#define LISTS_UNDERSTAND_PARTS_H

#include "lists/understand/meaning.h"

/* How many proposals a mail holds; 0: one. */
int parts_count(const struct reading_room *room);

#endif
