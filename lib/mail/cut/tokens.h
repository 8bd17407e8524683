/* The words of a text, to be compared with another's. See tokens.c. */
#ifndef MAIL_CUT_TOKENS_H
#define MAIL_CUT_TOKENS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct token {
  const char *start, *end;
  uint32_t hash;
  bool ends;         /* the last word of a sentence or paragraph */
  bool begins;       /* the first word of a line */
  bool is_paragraph; /* … of a paragraph */
  bool is_asked;     /* letter: in what was asked */
  bool has_hole;     /* letter: a value stands before it */
};

/* At most `limit`, struct token, which points into the text. Caller unrefs. */
GArray *tokens_of(const char *text, guint limit);

#endif
