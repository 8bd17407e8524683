/* The small words and marks between dates: "am", "um", "bis", ", den", " - ". Whether two elements belong
 * together is mostly said by them. Called by the readers of elements and by join.c; looks at a bounded number
 * of lexemes. */
#include "lib/text/dates/dates_private.h"

enum { GLUE_LEXEMES = 8, LEAD_WORDS = 4 };

static unsigned glue_of_hit(const struct phrase_hit *hit)
{
  static const struct {
    const char *word;
    unsigned glue;
  } words[] = {
    { "plain", GLUE_PLAIN }, { "range", GLUE_RANGE },     { "and", GLUE_AND }, { "from", GLUE_FROM },
    { "about", GLUE_ABOUT }, { "between", GLUE_BETWEEN }, { "at", GLUE_AT },   { "latest", GLUE_LATEST },
    { "since", GLUE_SINCE }, { "after", GLUE_AFTER },     { "on", GLUE_ON },   { "of", GLUE_OF },
    { "open", GLUE_OPEN },   { "over", GLUE_OVER },
  };
  unsigned glue = GLUE_PLAIN;
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (hit_says(hit, words[i].word)) glue |= words[i].glue;
  return glue;
}

static unsigned glue_of_mark(const struct lexeme *it)
{
  switch (it->folded[0]) {
  case '-':
  case '~': return GLUE_DASH | GLUE_PLAIN;
  case '/': return GLUE_SLASH | GLUE_PLAIN;
  case '&':
  case '+': return GLUE_AND | GLUE_PLAIN;
  case ',': return GLUE_COMMA | GLUE_PLAIN;
  case '(':
  case ')':
  case ':':
  case '|':
  case '@':
  case '*':
  case '.': return GLUE_PLAIN;
  default: return GLUE_NO;
  }
}

unsigned glue_between(const struct dates_reader *r, guint from, guint to)
{
  unsigned glue = GLUE_PLAIN;
  if (to < from || to - from > GLUE_LEXEMES) return GLUE_NO;
  for (guint at = from; at < to;) {
    const struct lexeme *it = &r->at[at];
    const struct phrase_hit *hit = word_at(r, TAG_GLUE, at);
    if (hit && hit->end <= to) {
      glue |= glue_of_hit(hit);
      at = hit->end;
      continue;
    }
    unsigned one = it->kind == LEXEME_MARK ? glue_of_mark(it) : GLUE_NO;
    if (it->kind == LEXEME_BREAK && r->at[at + 1].kind != LEXEME_BREAK) one = GLUE_BREAK | GLUE_PLAIN;
    /* a full stop that ends a sentence parts; behind an abbreviation it does not */
    if (is_mark(r, at, ".") && r->at[at + 1].begins_sentence && r->at[at + 1].kind != LEXEME_DIGITS)
      one = GLUE_NO;
    if (one == GLUE_NO) return GLUE_NO;
    glue |= one;
    at++;
  }
  return glue;
}

unsigned glue_before(const struct dates_reader *r, guint at, guint *first)
{
  unsigned glue = GLUE_NO;
  guint end = at;
  *first = at;
  for (guint words = 0; words < LEAD_WORDS && end > 0; words++) {
    if (end > 1 && r->at[end - 1].kind == LEXEME_BREAK && r->at[end - 2].kind != LEXEME_BREAK) end--;
    /* "ca." */
    if (is_joined_mark(r, end - 1, ".") && end > 1 && is_word(r, end - 2) && !r->at[end].begins_sentence)
      end--;
    const struct phrase_hit *hit = word_before(r, TAG_GLUE, end);
    if (!hit) break;
    unsigned one = glue_of_hit(hit);
    glue |= one;
    end = hit->first;
    if (one != GLUE_PLAIN) *first = end; /* "bitte bis": from "bis" on */
  }
  return glue;
}
