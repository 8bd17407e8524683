/* Mails of a few words that are nothing but a wish about a list. */
#ifndef LISTS_UNDERSTAND_WISHES_TERSE_H
#define LISTS_UNDERSTAND_WISHES_TERSE_H

#include "lists/understand/scores.h"

/* Where all words of a short mail make one wish together (leave, join or settings), it is a clear one in the
 * tally. Nothing where a word is left over, the mail asks, or it answers somebody. */
void terse_add(struct tally *tally, const struct reading_room *room);

/* Does the subject speak of something else than a wish about a list: "Sofa"? */
bool terse_has_topic(const struct reading_room *room);

#endif
