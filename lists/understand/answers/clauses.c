/* Clauses: sentences as lib/text/phrases finds them, cut once more at commas, semicolons, brackets and
 * joining words.
 *
 * What surprised us: officials end a sentence with a year ("bis 2027. Danach …"), which the sentence finder
 * rightly takes for an ordinal; a comma between digits is none; and in "repariert und gestrichen" the second
 * clause has lost its verb, which whoever reads clauses must remember from the first. */
#include "lists/understand/answers/clauses.h"

#include "lib/text/spans.h"

#include <string.h>

/* Whether a full stop behind these digits ends a sentence: a year, and a new beginning behind it. */
static bool ends_with_year(const struct lexemes *l, guint at)
{
  const struct lexeme *mark = &l->at[at], *next = &l->at[at + 1];
  if (at == 0 || !lexeme_is(mark, ".") || mark->kind != LEXEME_MARK) return false;
  const struct lexeme *year = &l->at[at - 1];
  return year->kind == LEXEME_DIGITS && year->end - year->start == 4 && next->is_spaced && next->is_capital;
}

/* Adds [first, end) without the line ends around it. */
static void add(GArray *out, const struct lexemes *l, guint first, guint end, struct clause like)
{
  while (first < end && l->at[first].kind == LEXEME_BREAK) first++;
  while (end > first && l->at[end - 1].kind == LEXEME_BREAK) end--;
  if (first == end) return;
  like.first = first;
  like.end = end;
  g_array_append_val(out, like);
}

/* Adds a sentence, in two where a year ends one. */
static void add_sentence(GArray *out, const struct lexemes *l, guint first, guint end)
{
  for (guint at = first; at < end; at++)
    if (at + 1 < end && ends_with_year(l, at)) {
      add(out, l, first, at + 1, (struct clause){ .sentence = out->len });
      first = at + 1;
    }
  guint last = end;
  while (last > first && l->at[last - 1].kind == LEXEME_BREAK) last--;
  bool asks = last > first && lexeme_is(&l->at[last - 1], "?");
  add(out, l, first, end, (struct clause){ .sentence = out->len, .is_question = asks });
}

GArray *sentences_of(const struct passage *passage)
{
  GArray *out = g_array_new(FALSE, FALSE, sizeof(struct clause));
  for (guint at = 0; at < passage->lexemes->count;) {
    guint first, end;
    passage_sentence(passage, at, &first, &end);
    end = MAX(end, at + 1);
    add_sentence(out, passage->lexemes, at, end);
    at = end;
  }
  return out;
}

/* A mark that parts clauses. */
static bool is_parting_mark(const struct lexemes *l, guint at)
{
  const struct lexeme *it = &l->at[at], *next = &l->at[at + 1];
  if (it->kind != LEXEME_MARK || !it->folded[0] || it->folded[1]) return false;
  if (strchr("()", it->folded[0])) return true;
  if (strchr(",:/;", it->folded[0])) return next->is_spaced || next->kind == LEXEME_BREAK;
  return it->folded[0] == '-' && it->is_spaced && next->is_spaced;
}

GArray *clauses_of(const struct passage *passage)
{
  g_autoptr(GArray) sentences = sentences_of(passage);
  GArray *out = g_array_new(FALSE, FALSE, sizeof(struct clause));
  const struct lexemes *l = passage->lexemes;
  guint breaks = phrases_tag("clause.break");
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *sentence = &g_array_index(sentences, struct clause, i);
    guint first = sentence->first;
    for (guint at = first; at < sentence->end; at++) {
      if (is_parting_mark(l, at)) {
        add(out, l, first, at, *sentence);
        first = at + 1;
      } else if (at > first && passage_at(passage, breaks, at)) {
        add(out, l, first, at, *sentence);
        first = at;
      }
    }
    add(out, l, first, sentence->end, *sentence);
  }
  return out;
}

const struct phrase_hit *span_find(const struct passage *passage, const char *tag, guint first, guint end)
{
  const guint number = phrases_tag(tag);
  guint from =
      number ? spans_from(passage->hits, offsetof(struct phrase_hit, first), first) : passage->hits->len;
  for (guint i = from; i < passage->hits->len; i++) {
    const struct phrase_hit *hit = &g_array_index(passage->hits, struct phrase_hit, i);
    if (hit->first >= end) return NULL;
    if (hit->tag == number) return hit;
  }
  return NULL;
}

guint line_end(const struct passage *passage, guint lexeme)
{
  while (lexeme < passage->lexemes->count && passage->lexemes->at[lexeme].kind != LEXEME_BREAK) lexeme++;
  return lexeme;
}
