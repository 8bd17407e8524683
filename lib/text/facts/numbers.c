#include "lib/text/facts/numbers.h"

void numbers_init(void) {}

bool number_at(const struct passage *passage, guint lexeme, struct number *number)
{
  const struct lexeme *it = &passage->lexemes->at[lexeme];
  if (it->kind != LEXEME_DIGITS) return false;
  *number = (struct number){ .end = lexeme + 1, .value = it->number };
  return true;
}
