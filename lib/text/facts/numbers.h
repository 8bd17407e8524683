/* Numbers in words, by ICU's spell-out rules: "zweihundertvierzig", "zwölf", "anderthalb", "dutzend",
 * "twenty-five", "yirmi beş", "двадцать пять". */
#ifndef TEXT_FACTS_NUMBERS_H
#define TEXT_FACTS_NUMBERS_H

#include "lib/text/phrases.h"

/* Once in a process, before the sandbox: ICU loads its rules. */
void numbers_init(void);

struct number {
  guint end;       /* lexeme behind it */
  double value;    /* "anderthalb" is 1.5 */
  bool is_word;    /* in words, not digits */
  bool is_ordinal; /* "dritte", "3." where the caller allows it */
};

/* The number in words or digits that begins at a lexeme: the longest. German and English separators
 * ("1.200,50", "1,200.50") are told apart by their groups. False: none. */
bool number_at(const struct passage *passage, guint lexeme, struct number *number);

#endif
