/* How many people were at a meeting: "31 Anwesende", "wir waren zu siebzehnt". */
#include "lists/understand/answers/minutes/reader.h"

#include "lib/text/facts/numbers.h"

#include <string.h>

int part_count(const struct part_reader *r, guint at, guint *end)
{
  const struct lexeme *it = &r->l->at[at];
  *end = at + 1;
  if (it->kind == LEXEME_DIGITS) return it->number < 10000 ? (int)it->number : -1;
  if (it->kind != LEXEME_WORD) return -1;
  if (part_tag(r, "minutes.none", at)) return 0;
  if (part_tag(r, "minutes.single", at)) return 1;
  struct number number;
  if (!number_at(r->passage, at, &number) || number.is_ordinal || number.value < 0 || number.value > 9999)
    return -1;
  *end = number.end;
  return (int)number.value;
}

/* "31 Anwesende", "26 Leute", "dreißig Nachbarn". */
static bool read_heads_before(struct part_reader *r, guint at)
{
  guint end;
  int count = part_count(r, at, &end);
  const struct phrase_hit *people = count > 1 ? part_tag(r, "minutes.people", end) : NULL;
  if (!people && count > 1) people = part_tag(r, "minutes.there", end);
  if (!people && count > 1 && end < r->end && r->l->at[end].kind == LEXEME_WORD &&
      !part_tag(r, "minutes.filler", end))
    people = part_tag(r, "minutes.people", end + 1);
  guint votes_end;
  if (!people || part_votes(r, people->end, &votes_end)) return false; /* "zehn Leute dafür" */
  if (at > r->first && lexeme_is(&r->l->at[at - 1], "stimmten"))
    return false; /* "gegen … stimmten neun Leute" */
  if (r->part->present < 0) r->part->present = count;
  part_use_up(r, at, people->end, USE_MARK);
  return true;
}

/* "zu siebzehnt", "zu zwanzigst": the number without its ending; -1: none. */
static int count_together(const struct part_reader *r, guint at, guint *end)
{
  if (!lexeme_is(&r->l->at[at], "zu") || at + 1 >= r->end || r->l->at[at + 1].kind != LEXEME_WORD) return -1;
  *end = at + 2;
  const struct phrase_hit *few = part_tag(r, "minutes.together", at + 1);
  if (few) return (int)g_ascii_strtoull(few->value, NULL, 10);
  g_autofree char *word = g_strdup(r->l->at[at + 1].folded);
  gsize length = strlen(word);
  if (length < 4 || word[length - 1] != 't') return -1;
  word[length - 1] = '\0';
  if (g_str_has_suffix(word, "zigs") || g_str_has_suffix(word, "ssigs")) word[length - 2] = '\0';
  g_autoptr(passage_t) alone = passage_new(word, NULL, 0);
  struct number number;
  bool is_number = number_at(alone, 0, &number) && number.end == alone->lexemes->count && !number.is_ordinal;
  return is_number && number.value >= 2 && number.value <= 99 ? (int)number.value : -1;
}

/* "Anwesend: 31", "wir waren 24", "wir waren zu siebzehnt". */
static bool read_heads_behind(struct part_reader *r, guint at)
{
  const struct phrase_hit *hit = part_tag(r, "minutes.present", at);
  guint behind = hit ? hit->end : 0, end;
  if (!hit) return false;
  while (behind < r->end && (part_mark(r, behind, ":=(") || lexeme_is(&r->l->at[behind], "wir") ||
                             lexeme_is(&r->l->at[behind], "waren") || lexeme_is(&r->l->at[behind], "ca") ||
                             part_mark(r, behind, ".") || lexeme_is(&r->l->at[behind], "etwa") ||
                             lexeme_is(&r->l->at[behind], "rund")))
    behind++;
  int count = behind < r->end ? count_together(r, behind, &end) : -1;
  if (count < 0 && behind < r->end) count = part_count(r, behind, &end);
  if (count < 2 || part_tag(r, "minutes.yes", end) || part_mark(r, end, "€") ||
      part_tag(r, "money.unit", end))
    return false;
  if (r->part->present < 0) r->part->present = count;
  part_use_up(r, at, end, USE_MARK);
  return true;
}

void part_read_heads(struct part_reader *r)
{
  for (guint at = r->first; at < r->end; at++)
    if (!r->use[at] && !read_heads_before(r, at)) read_heads_behind(r, at);
}
