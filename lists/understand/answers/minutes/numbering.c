/* What a segment of minutes is numbered with, and what only looks so. */
#include "lists/understand/answers/minutes/reader.h"

/* "1 bewilligt", "3 abgelehnt": a number alone at a line's begin, and what was decided right behind it. */
static bool is_bare_number(const struct part_reader *r, guint at)
{
  static const char *const tags[] = { "minutes.granted", "minutes.rejected", "minutes.partly",
                                      "minutes.full",    "minutes.open",     "minutes.filler" };
  if (lexeme_is(&r->l->at[at + 1], "nicht") && at + 2 == r->end) return true;
  if (at + 1 >= r->end || r->l->at[at + 1].kind != LEXEME_WORD) return false;
  static const char *const counted[] = { "minutes.yes", "minutes.no", "minutes.abstain", "minutes.people",
                                         "minutes.there" };
  for (gsize i = 0; i < G_N_ELEMENTS(counted); i++)
    if (part_tag(r, counted[i], at + 1)) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
    if (part_tag(r, tags[i], at + 1)) return r->part->begins_line || i + 1 < G_N_ELEMENTS(tags);
  return false;
}

/* "Vorschlag 1 und 3", "Nr. 1, 2 & 4": the numbers behind the first one. */
static void read_further_numbers(struct part_reader *r, guint at)
{
  while (at + 1 < r->end && (lexeme_is(&r->l->at[at], "und") || part_mark(r, at, "+&/") ||
                             lexeme_is(&r->l->at[at], "sowie") || lexeme_is(&r->l->at[at], "and"))) {
    const struct lexeme *it = &r->l->at[at + 1];
    if (it->kind != LEXEME_DIGITS || it->number < 1 || it->number > 63) return;
    if (r->l->at[at + 2].is_capital || part_tag(r, "money.unit", at + 2)) return;
    r->part->numbers |= UINT64_C(1) << it->number;
    part_use_up(r, at, at + 2, USE_MARK);
    at += 2;
  }
}

void part_skip_numbering(struct part_reader *r)
{
  guint at = r->first;
  while (at < r->end && part_mark(r, at, "-*+(")) at++;
  const struct phrase_hit *word = part_tag(r, "minutes.number", at);
  if (word) at = word->end;
  if (at < r->end && part_mark(r, at, ".")) at++;
  bool is_number = at < r->end && r->l->at[at].kind == LEXEME_DIGITS && r->l->at[at].number < 100;
  bool is_letter =
      at < r->end && r->l->at[at].kind == LEXEME_WORD && r->l->at[at].end - r->l->at[at].start == 1;
  bool is_marked = at + 1 < r->end && part_mark(r, at + 1, ".):") && !r->l->at[at + 1].is_spaced;
  bool begins = r->part->begins_line || r->part->follows_comma;
  bool is_bare = is_number && !word && begins && is_bare_number(r, at);
  bool is_sub =
      is_marked && at + 2 < r->end && r->l->at[at + 2].kind == LEXEME_DIGITS && !r->l->at[at + 2].is_spaced;
  if (is_sub && part_mark(r, at + 1, ".") && r->l->at[at + 2].number < 20 && r->l->at[at + 3].is_spaced) {
    part_use_up(r, r->first, at + 3, USE_MARK);
  } else if ((is_number && (is_marked || word || is_bare) && !is_sub) ||
             (is_letter && (is_marked || r->l->at[at].is_capital))) {
    r->part->number = is_number ? (int)r->l->at[at].number : r->l->at[at].folded[0] - 'a' + 1;
    part_use_up(r, r->first, at + 1 + is_marked, USE_MARK);
    if (is_number) read_further_numbers(r, at + 1);
  } else if (word && word->end < r->end && part_mark(r, word->end, ":")) {
    part_use_up(r, r->first, word->end + 1, USE_MARK);
  }
}
