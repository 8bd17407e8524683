/* Who looks after a defect. */
#ifndef LISTS_UNDERSTAND_RESPONSIBLE_H
#define LISTS_UNDERSTAND_RESPONSIBLE_H

#include "lists/understand/meaning.h"

/* "bezirk", "land", "bvg", "db", "bwb" (water), "bsr" (city cleaning), "anbieter" (hired scooters), "privat";
 * NULL: not known. `category` may be NULL. */
const char *responsible_for(const struct reading_room *room, const char *category);

#endif
