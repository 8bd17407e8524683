/* The inside of cutting: lines with their classes, shared by the files of this folder. */
#ifndef MAIL_CUT_PRIVATE_H
#define MAIL_CUT_PRIVATE_H

#include "lib/mail/cut/cut.h"

#include "lib/text/html/html_mark.h"

#include <stdint.h>

enum { CUT_BUDGET = 300 }; /* how many places of a mail are looked up in the tables: bounds hostile ones */

enum line_class {
  LINE_TEXT,
  LINE_EMPTY,
  LINE_QUOTE,       /* begins with ">", or stands in an element that is a quote */
  LINE_ATTRIBUTION, /* "Am ... schrieb ...:", with all lines it is wrapped over */
  LINE_REST,        /* from here on is the mail that is answered: its head lines, a bar with words */
  LINE_FORWARD,     /* from here on is a mail that is forwarded */
  LINE_SIGNATURE,
  LINE_FOREIGN, /* what a program wrote: advertisement of the client, disclaimer */
  LINE_GONE,    /* of no use: bars above a head, head lines of a forward */
};

struct line {
  const char *start; /* behind the mark's byte */
  uint32_t size;     /* without the line's end and blanks at it */
  uint32_t body;     /* where the words begin: behind ">" and blanks */
  uint8_t depth;     /* of ">" */
  uint8_t class;     /* enum line_class */
  uint8_t mark;      /* enum html_mark */
};

struct cut {
  const struct cut_hints *hints;
  struct line *lines;
  guint count;
  guint budget;                    /* look-ups left */
  guint rest;                      /* the line from which on all is the other mail; count: none */
  guint rest_body;                 /* the first line of that mail's own text */
  guint forward_body, forward_end; /* a forward inside a quote with own words below; 0: none */
  bool is_forward;                 /* rest is a forward */
  bool has_quote;
};

/* lines.c: splits a text; classes EMPTY, QUOTE and TEXT only. Caller frees the array. */
struct line *lines_split(const char *marked, guint *count);
static inline bool line_is_empty(const struct line *line)
{
  return line->body >= line->size;
}
/* The next line from `from` on, before `end`, that is not empty; `end`: none. */
guint lines_next(const struct line *lines, guint from, guint end);
/* A bar: five or more of - _ = * and nothing else. */
bool line_is_bar(const struct line *line);
/* Whether a line, behind its quote signs, is at least `least` dashes and then words. */
bool line_is_barred(const struct line *line, guint least);

/* attribution.c: whether lines that end with line `last` say who wrote what follows. The first of them; -1:
 * no. *prefix: how many bytes at the beginning of the first line are the sender's own words. */
int attribution_ending_at(struct cut *cut, guint last, bool is_before_quote, guint *prefix);

/* heads.c: whether the head lines of another mail begin at this line ("Von: ... Gesendet: ..."). The line
 * behind them; 0: no. */
guint head_at(struct cut *cut, guint first, guint end);
/* A bar with words that parts the other mail from this one; HTML_MARK_NONE, _REST or _FORWARD. */
enum html_mark separator_at(struct cut *cut, guint line);

/* blocks.c: classes of quotes, attributions and the other mail. */
void blocks_classify(struct cut *cut);
/* Which quotes stay as context; others lose theirs. */
void blocks_decide(struct cut *cut);
/* Whether lines [first, end) hold the sender's own words. */
bool blocks_have_text(const struct cut *cut, guint first, guint end);

/* signature.c: turns what is no text in [first, end) into LINE_SIGNATURE. */
void signature_classify(struct cut *cut, guint first, guint end);
/* Farewells as few words as "LG" and no more than greetings: whether [first, end) says nothing else. */
bool signature_is_greeting(struct cut *cut, guint first, guint end);

#endif
