/* What of an office's mail may be published, and whether any of it may. See official_text.c. */
#ifndef LISTS_UNDERSTAND_OFFICIAL_TEXT_H
#define LISTS_UNDERSTAND_OFFICIAL_TEXT_H

#include "lists/understand/meaning.h"

/* The sentences for the public: without salutation, closing, name, room, direct dial, imprint, quotes, lines
 * that steer and paragraphs that begin "Intern:". Paragraphs stay apart. Never NULL; caller frees. */
char *official_public_text(const struct reading_room *room);

/* Whether nothing of it may be published: marked so, or plainly from colleague to colleague. `public_text` is
 * what official_public_text gave: where only a paragraph of its own is marked and something else is left, the
 * rest may. */
bool official_is_internal(const struct reading_room *room, const char *public_text);

/* The first lexeme of a line that marks what follows as internal; the count of lexemes where none does. */
guint official_internal_mark(const struct passage *passage);

#endif
