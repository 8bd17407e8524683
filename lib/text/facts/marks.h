/* What the tables of one reader found in a text, in order: the reader names its tags, and walks over marks
 * that carry the place of the tag in that list. */
#ifndef TEXT_FACTS_MARKS_H
#define TEXT_FACTS_MARKS_H

#include "lib/text/phrases.h"

struct mark {
  guint first, end; /* lexemes [first, end) */
  guint role;       /* which of the names */
  const char *value;
};

/* struct mark, by first, then longest. Never NULL; caller unrefs. At most 32 names, of the first thousand
 * tags. */
GArray *marks_find(const struct passage *passage, const char *const *names, guint count);

enum { MARKS_BEYOND = 4 };
/* By lexeme, and for MARKS_BEYOND places behind the last one: the index of the first mark that begins there or
 * behind. Caller frees. */
guint *marks_index(const struct passage *passage, const GArray *marks);

/* The first mark that begins at lexeme `from` or behind it: its index; marks->len: none. */
guint marks_from(const GArray *marks, guint from);
/* Whether a mark of a role begins within [from, to); NULL: none. */
const struct mark *marks_within(const GArray *marks, guint role, guint from, guint to);

#endif
