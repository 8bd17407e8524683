/* Several proposals in one mail: "1.) … 2.) …", "Erstens … zweitens", "ich habe zwei Ideen".
 *
 * A numbered list may as well be the costs of one proposal ("1. Bank 300 €, 2. Erde 40 €"): numbers count
 * where the text announces several proposals, or where the items are sentences rather than lines of a bill.
 */
#include "lists/understand/parts.h"

enum { PARTS_MAX = 9, ITEM_WORDS = 6 };

static bool begins_line(const struct lexemes *l, guint at)
{
  return at == 0 || l->at[at - 1].kind == LEXEME_BREAK;
}

/* Whether "1.)", "1)", "1." or "a)" begins an item here with this number. */
static bool is_number(const struct lexemes *l, guint at, guint number)
{
  const struct lexeme *it = &l->at[at], *next = &l->at[MIN(at + 1, l->count)];
  bool is_letter = it->kind == LEXEME_WORD && it->folded[0] == (char)('a' + number - 1) && !it->folded[1];
  bool is_digit = it->kind == LEXEME_DIGITS && it->number == number && it->end - it->start == 1;
  if (!is_digit && !is_letter) return false;
  if (lexeme_is(next, ")")) return true;
  if (lexeme_is(next, ".") && lexeme_is(&l->at[MIN(at + 2, l->count)], ")")) return true;
  return is_digit && begins_line(l, at) && (lexeme_is(next, ".") || lexeme_is(next, ":"));
}

/* The items "1 …", "2 …" in order: how many, and whether they read like sentences. */
static int count_items(const struct passage *passage, bool *are_sentences)
{
  const struct lexemes *l = passage->lexemes;
  guint tag = phrases_tag("proposal.number");
  guint found = 0, words = 0, shortest = G_MAXUINT;
  for (guint at = 0; at < l->count && found < PARTS_MAX; at++) {
    const struct phrase_hit *hit = passage_at(passage, tag, at);
    bool is_named = hit && hit->value[0] == (char)('1' + found) && l->at[at].begins_sentence;
    if (is_named || is_number(l, at, found + 1)) {
      if (found > 0) shortest = MIN(shortest, words);
      found++;
      words = 0;
    } else {
      words += l->at[at].kind == LEXEME_WORD;
    }
  }
  *are_sentences = found > 1 && MIN(shortest, words) >= ITEM_WORDS;
  return (int)found;
}

/* How many a phrase announces ("zwei Ideen"): -1 where none does, 0 for "mehrere". */
static int count_announced(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("proposal.several"), 0);
  return hit ? (int)CLAMP(g_ascii_strtoll(hit->value, NULL, 10), 0, PARTS_MAX) : -1;
}

int parts_count(const struct reading_room *room)
{
  bool are_sentences;
  int items = count_items(room->passage, &are_sentences);
  int announced = MAX(count_announced(room->passage), count_announced(room->subject));
  if (announced >= 0 && items > 1) return items;
  if (announced > 1) return announced;
  return are_sentences && items > 1 ? items : 0;
}
