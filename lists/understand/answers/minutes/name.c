/* The name of the proposal a segment of minutes speaks of: what nothing else used up. */
#include "lists/understand/answers/minutes/reader.h"

enum { NAME_WORDS_MAX = 10 };

static bool is_in_name(const struct part_reader *r, guint at)
{
  const struct lexeme *it = &r->l->at[at];
  if (r->use[at]) return false;
  if (it->kind == LEXEME_WORD || it->kind == LEXEME_DIGITS) return true;
  if (it->kind == LEXEME_BREAK) return r->l->at[at + 1].kind != LEXEME_BREAK;
  return it->kind == LEXEME_MARK && !part_mark(r, at, "(),:;|=") && !(part_mark(r, at, "-") && it->is_spaced);
}

bool part_is_filler(const struct part_reader *r, guint at)
{
  if (r->l->at[at].kind != LEXEME_WORD) return true;
  return part_tag(r, "minutes.filler", at) || part_tag(r, "minutes.asked", at);
}

/* The words left of a run once fillers at both ends are off; false: none that could name anything. */
static bool trim(const struct part_reader *r, guint *first, guint *end)
{
  while (*first < *end && part_is_filler(r, *first)) (*first)++;
  while (*end > *first && part_is_filler(r, *end - 1) && r->l->at[*end - 1].kind != LEXEME_DIGITS) (*end)--;
  guint letters = 0;
  for (guint at = *first; at < *end; at++)
    if (r->l->at[at].kind == LEXEME_WORD) letters = MAX(letters, r->l->at[at].end - r->l->at[at].start);
  return letters > 2;
}

char *part_name(const struct part_reader *r)
{
  guint best_first = 0, best_end = 0;
  bool has_capital = false, has_said = false, is_fresh = true;
  for (guint at = r->first; at < r->end;) {
    if (part_mark(r, at, ":") && !has_said) is_fresh = true;
    if (r->use[at] == USE_DATA) has_said = true;
    if (!is_in_name(r, at)) {
      at++;
      continue;
    }
    guint first = at, end = at;
    while (end < r->end && is_in_name(r, end)) end++;
    at = end;
    if (!trim(r, &first, &end)) continue;
    bool is_capital = false;
    for (guint k = first; k < end; k++) is_capital |= r->l->at[k].is_capital && !part_is_filler(r, k);
    bool is_better =
        best_end == 0 || (is_capital && !has_capital) || (is_fresh && !has_said && is_capital >= has_capital);
    if (is_better) {
      best_first = first;
      best_end = end;
      has_capital = is_capital;
    }
    is_fresh = false;
  }
  if (best_end == 0 || best_end - best_first > 2 * NAME_WORDS_MAX) return NULL;
  if (part_tag(r, "minutes.no-proposal", best_first)) return NULL;
  return passage_text(r->passage, best_first, best_end);
}
