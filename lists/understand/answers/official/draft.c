/* Marks of a draft: "(Entwurf)", "ENTWURF: …", "*** Draft ***", "Entwurf, bitte gegenlesen" in a line of its
 * own. They say what is to become of the answer and are no words of it. "Der Entwurf des Plans liegt aus" is
 * none: a mark begins its line and is parted from what follows, or stands in brackets of its own. */
#include "lists/understand/answers/official/draft.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/card.h"
#include "lists/understand/answers/official/internal.h"

#include <string.h>

enum { LINE_WORDS = 5, LINE_LEXEMES = 24 };

static bool is_mark_of(const struct lexeme *it, const char *signs)
{
  return it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(signs, it->folded[0]);
}

/* Where the line of a lexeme begins, as far as one looks for a mark's signs. */
static guint line_begin(const struct passage *passage, guint lexeme)
{
  guint at = lexeme;
  while (at > 0 && lexeme - at < LINE_LEXEMES && passage->lexemes->at[at - 1].kind != LEXEME_BREAK) at--;
  return at;
}

/* The part of the text that a mark takes; false: the word is none. */
static bool span_of(const struct passage *passage, const struct phrase_hit *hit, struct official_span *span)
{
  const struct lexeme *l = passage->lexemes->at;
  guint line = line_begin(passage, hit->first), behind = hit->end;
  bool is_bare = passage_words(passage, line, hit->first) == 0; /* nothing but signs before it */
  guint end = is_bare ? line_end(passage, hit->first) : MIN(behind + 1, passage->lexemes->count);
  bool is_bracketed = hit->first > line && is_mark_of(&l[hit->first - 1], "([") && behind < end &&
                      is_mark_of(&l[behind], ")]");
  *span = (struct official_span){ .first = is_bracketed ? hit->first - 1 : line,
                                  .end = is_bracketed ? behind + 1 : end };
  if (!is_bare) return is_bracketed;
  bool is_parted = behind == end || is_bracketed || is_mark_of(&l[behind], ":*!.]_=#") ||
                   (is_mark_of(&l[behind], "-") && l[behind].is_spaced);
  bool is_short = passage_words(passage, line, end) <= LINE_WORDS && !official_tells(passage, behind, end);
  if (!is_parted && !is_short) return false;
  if (is_short) return true;
  while (behind < end && l[behind].kind == LEXEME_MARK) behind++;
  span->first = line;
  span->end = behind;
  return true;
}

GArray *official_draft_marks(const struct passage *passage)
{
  GArray *marks = g_array_new(FALSE, FALSE, sizeof(struct official_span));
  guint tag = phrases_tag("office.draft-mark");
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;) {
    struct official_span span;
    bool is_mark = span_of(passage, hit, &span);
    if (is_mark) g_array_append_val(marks, span);
    hit = passage_find(passage, tag, MAX(hit->first + 1, is_mark ? span.end : 0));
  }
  return marks;
}
