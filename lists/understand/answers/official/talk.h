/* Whether an office's mail is talk, and no answer. See talk.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_TALK_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_TALK_H

#include "lists/understand/meaning.h"

/* Whether what would be published (`is_kept`, of each lexeme) reads as said to a colleague, as a draft's
 * question, or as a word about publishing itself. `internal`: official_internal_parts. */
bool official_is_talk(const struct reading_room *room, const GArray *internal, const bool *is_kept);

/* Whether a sentence only tells us to publish ("Bitte so veröffentlichen."): it is no part of the answer. */
bool official_is_order(const struct passage *passage, guint first, guint end);
/* Behind the words of the sentence [first, end) that tell us so; a text behind a colon ("… veröffentlichen:
 * Der Poller …") is the answer. `first`: it does not. */
guint official_order_end(const struct passage *passage, guint first, guint end);

/* Whether it is said to whoever asked: it greets, speaks to them ("Sie", "Ihr Foto"), or begins with a yes or
 * a no. An answer that does none of this, and names neither state nor day, may as well be an aside. */
bool official_speaks(const struct passage *passage);

/* The words of a salutation that name somebody: lexemes, guint each; "Sehr geehrte Damen und Herren" names
 * nobody. Never NULL; caller unrefs. */
GArray *official_greeted(const struct passage *passage);

#endif
