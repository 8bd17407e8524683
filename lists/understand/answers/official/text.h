/* What of an office's mail may be published. See text.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_TEXT_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_TEXT_H

#include "lists/understand/meaning.h"

/* The sentences for the public: without salutation, closing, name, room, direct dial, imprint, quotes, lines
 * that steer and parts that are marked as internal. Paragraphs stay apart. Never NULL; caller frees. */
char *official_public_text(const struct reading_room *room);

/* The same; *marked gets whether nothing of it may be published: it is marked as internal, nobody can tell
 * how far, or said to colleagues. official.c. */
char *official_words(const struct reading_room *room, bool *marked);

/* Whether nothing of it may be published before its author was asked: marked so, or talk. official.c. */
bool official_is_internal(const struct reading_room *room);

/* The same without these parts (official_internal_parts). Of each lexeme of the passage `is_kept` gets
 * whether it is in the text or steers; the caller has cleared it. */
char *official_text_read(const struct reading_room *room, const GArray *internal, bool *is_kept);

#endif
