/* How numbers are spelled: a table that the build makes by ICU's rules (mk/spell-numbers.c). For numbers.c.
 */
#ifndef TEXT_FACTS_NUMBER_WORDS_H
#define TEXT_FACTS_NUMBER_WORDS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum tongue { TONGUE_DE = 1, TONGUE_EN = 2, TONGUE_TR = 4, TONGUE_RU = 8 };

struct number_word {
  const char *spelled; /* as ICU spells it, soft hyphens included; one word */
  uint32_t value;
  enum tongue tongue;
  bool is_ordinal;
};
extern const struct number_word number_words[];
extern const gsize number_word_count;

#endif
