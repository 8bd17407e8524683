/* What of an office's mail it marks as internal. See internal.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_INTERNAL_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_INTERNAL_H

#include "lists/understand/meaning.h"

/* Lexemes [first, end). */
struct official_span {
  guint first, end;
  bool is_label; /* a labelled paragraph: what stands behind it may belong to it */
};

/* The parts whose bounds are certain: paragraphs labelled "Intern: …", brackets "[intern: …]", and all behind
 * a line like "--- ab hier intern ---". struct official_span, in order. Never NULL; caller unrefs. */
GArray *official_internal_parts(const struct passage *passage);

/* Whether a word that marks something as internal stands outside those parts, or words for the public behind
 * a labelled paragraph: then nobody but the author knows what it is meant for. A bare "intern" counts only in
 * what is kept for the public (of each lexeme). */
bool official_has_mark(const struct passage *passage, const GArray *parts, const bool *is_kept);

/* The part that a lexeme lies in, by halving; NULL: it is in none. */
const struct official_span *official_part_of(const GArray *parts, guint lexeme);

#endif
