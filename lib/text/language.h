/* The language of a text, guessed: de en tr ru uk pl fr es it nl ar vi. Good from twenty characters on; made to
 * choose the language of an answer and the tables that a text is read with. */
#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

/* BCP 47, static; NULL where it would be a throw of dice. UTF-8; looks at the first 2,000 bytes, some tens of
 * microseconds. The first call of a process also learns, which takes a few milliseconds. */
const char *language_guess(const char *text);

#endif
