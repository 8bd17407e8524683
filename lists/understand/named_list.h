/* Which list a mail names: "den Verteiler Altglienicke", "die Grünauer Gruppe", "von Adlershof ab". */
#ifndef LISTS_UNDERSTAND_NAMED_LIST_H
#define LISTS_UNDERSTAND_NAMED_LIST_H

#include "lists/understand/meaning.h"

/* The list that joining or leaving is about; NULL: none is named. Owned by the book, or by the room. */
const char *named_list(const struct reading_room *room, enum intent intent);
/* Is a list of ours named between two lexemes of a text? */
bool named_list_within(const struct reading_room *room, const struct passage *passage, guint first,
                       guint end);
/* Are two lists of ours named in the text? */
bool named_lists_are_two(const struct reading_room *room);

#endif
