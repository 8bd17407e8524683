/* Numbers in words, by ICU's spell-out rules: "zweihundertvierzig", "zwölf", "anderthalb", "dutzend",
 * "twenty-five", "yirmi beş", "двадцать пять". */
#ifndef TEXT_FACTS_NUMBERS_H
#define TEXT_FACTS_NUMBERS_H

#include "lib/text/phrases.h"

/* Once in a process: the table of words is sorted in. Whoever asks for a number without calls it. */
void numbers_init(void);

struct number {
  guint end;       /* lexeme behind it */
  double value;    /* "anderthalb" is 1.5 */
  bool is_word;    /* in words, not digits */
  bool is_ordinal; /* "dritte"; "3." is the digits alone, the caller looks at the full stop */
};

/* The number in words or digits that begins at a lexeme: the longest. German and English separators
 * ("1.200,50", "1,200.50") are told apart by their groups; of a date ("12.5.", "12.5.2026") only the first
 * digits are a number. "ein", "eine", "einen" are 1, but "ein paar" is none. "2 Mio.", "3 tausend", "5k" are
 * one number. False: none. */
bool number_at(const struct passage *passage, guint lexeme, struct number *number);

/* How often, in one word: "zweimal", "dreimal" (folded). 0: no such word. */
double number_times(const char *folded);

#endif
