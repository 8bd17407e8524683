/* Several proposals in one mail: "1.) … 2.) …", "Erstens … zweitens", "ich habe zwei Ideen".
 *
 * A numbered list may as well be the costs of one proposal ("1. Bank 300 €, 2. Erde 40 €"): numbers count
 * where the text announces several proposals, where the items are sentences rather than lines of a bill, or
 * where they are named ("Vorschlag 1", "Idee B", "Zweitens") and each has a sum of its own; or
 * where each has a sum and they lie in different regions, which the lines of a bill do not.
 */
#include "lists/understand/parts.h"

#include <string.h>

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

struct items {
  int count;
  bool are_sentences, are_named; /* they read like sentences; they are called "Vorschlag 1" */
  bool have_sums;                /* each has money of its own */
  bool lie_apart;                /* each has a region, and they are not all one */
};

/* Whether an amount of money stands in [first, end). Amounts are in order; `*next` moves on. */
static bool has_money(const struct reading_room *room, guint *next, guint first, guint end)
{
  for (; *next < room->money->len; (*next)++) {
    guint at = g_array_index(room->money, struct money, *next).first;
    if (at >= end) return false;
    if (at >= first) return true;
  }
  return false;
}

/* Where items lie, as they are walked through. */
struct regions {
  const char *one;
  guint count; /* items with a region */
  bool differ;
};

/* The region of the first place in [first, end) that has one. */
static void see_region(const struct reading_room *room, struct regions *regions, guint first, guint end)
{
  for (guint i = 0; room->places && i < room->places->len; i++) {
    const struct place_found *place = &g_array_index(room->places, struct place_found, i);
    if (!place->region || place->first < first || place->first >= end) continue;
    regions->differ |= regions->one && strcmp(regions->one, place->region) != 0;
    regions->one = place->region;
    regions->count++;
    return;
  }
}

/* The items "1 …", "2 …" in order. */
static struct items count_items(const struct reading_room *room)
{
  const struct passage *passage = room->passage;
  const struct lexemes *l = passage->lexemes;
  guint tag = phrases_tag("proposal.number");
  struct regions regions = { 0 };
  guint found = 0, words = 0, shortest = G_MAXUINT, named = 0, with_sum = 0, next = 0, first = 0;
  for (guint at = 0; at < l->count && found < PARTS_MAX; at++) {
    const struct phrase_hit *hit = passage_at(passage, tag, at);
    bool is_named = hit && hit->value[0] == (char)('1' + found) &&
                    (l->at[at].begins_sentence || hit->end - hit->first > 1);
    if (is_named || is_number(l, at, found + 1)) {
      if (found > 0) shortest = MIN(shortest, words);
      if (found > 0) with_sum += has_money(room, &next, first, at);
      if (found > 0) see_region(room, &regions, first, at);
      found++;
      named += is_named;
      first = at;
      words = 0;
    } else {
      words += l->at[at].kind == LEXEME_WORD;
    }
  }
  if (found > 0) with_sum += has_money(room, &next, first, l->count);
  if (found > 0) see_region(room, &regions, first, l->count);
  return (struct items){ .count = (int)found,
                         .are_sentences = found > 1 && MIN(shortest, words) >= ITEM_WORDS,
                         .are_named = found > 1 && named == found,
                         .have_sums = with_sum == found,
                         .lie_apart = regions.differ && regions.count == found };
}

/* How many a phrase announces ("zwei Ideen"): -1 where none does, 0 for "mehrere". */
static int count_announced(const struct passage *passage)
{
  const struct phrase_hit *hit = passage_find(passage, phrases_tag("proposal.several"), 0);
  return hit ? (int)CLAMP(g_ascii_strtoll(hit->value, NULL, 10), 0, PARTS_MAX) : -1;
}

int parts_count(const struct reading_room *room)
{
  struct items items = count_items(room);
  int announced = MAX(count_announced(room->passage), count_announced(room->subject));
  if (announced >= 0 && items.count > 1) return items.count;
  if (announced > 1) return announced;
  bool are_parts = items.are_sentences || ((items.are_named || items.lie_apart) && items.have_sums);
  return are_parts && items.count > 1 ? items.count : 0;
}
