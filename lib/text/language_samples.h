/* What language.c learns from: how people write in each language, in a few everyday sentences and the small
 * words that no text does without. Inside lib/text only. */
#ifndef TEXT_LANGUAGE_SAMPLES_H
#define TEXT_LANGUAGE_SAMPLES_H

#include <glib.h>

enum { LATIN_LANGUAGES = 9 };

struct language_sample {
  const char *code;    /* BCP 47 */
  const char *words;   /* small words, lower case, blanks between; with and without accents */
  const char *text;    /* sentences of our own */
  const char *letters; /* beyond a to z */
};
extern const struct language_sample language_samples[LATIN_LANGUAGES];

#endif
