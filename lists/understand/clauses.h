/* A text in clauses: what one verb, one "nicht" and one date speak of. For the readers of answers, which must
 * know that in "der Poller ist ersetzt, die Bank wird nicht repariert" the no belongs to the bank. */
#ifndef LISTS_UNDERSTAND_CLAUSES_H
#define LISTS_UNDERSTAND_CLAUSES_H

#include "lib/text/phrases.h"

struct clause {
  guint first, end; /* lexemes [first, end), the word that joins it to the one before among them */
  guint sentence;   /* its place in sentences_of */
  bool is_question; /* its sentence ends with a question mark */
};

/* Clauses part at ends of sentences, commas, colons, spaced dashes, brackets, and at words of the section
 * clause.break ("und", "aber"). struct clause, in order; caller unrefs. */
GArray *clauses_of(const struct passage *passage);

/* Sentences alone. struct clause, in order; caller unrefs. */
GArray *sentences_of(const struct passage *passage);

/* The first hit of a tag that begins in [first, end); NULL: none. */
const struct phrase_hit *span_find(const struct passage *passage, const char *tag, guint first, guint end);
static inline const struct phrase_hit *clause_find(const struct passage *passage, const char *tag,
                                                   const struct clause *clause)
{
  return span_find(passage, tag, clause->first, clause->end);
}

/* The first lexeme behind the line that holds this one: its BREAK, or the END. */
guint line_end(const struct passage *passage, guint lexeme);

#endif
