/* Prices of one thing where the number of things stands elsewhere: "4 Hochbeete, je Beet 90 Euro", "6 Stühle,
 * das Stück 35 Euro", "je Kind 5 Euro bei 30 Kindern". Called by costs.c when all amounts are known; the
 * amount of such an item becomes that of all.
 *
 * What the price is of must be what was counted ("Beet" and "Hochbeete", "Bank" and "Bänke"); "das Stück" and
 * "eine" take the nearest things counted before. Where the product stands in the mail as well, nothing is
 * multiplied. A count is looked for within bounds, so the work is linear. */
#include "lib/text/facts/costs_private.h"
#include "lib/text/facts/numbers.h"

#include <string.h>

enum {
  BACK = 40,
  AHEAD = 12,
  NOUN_WORDS = 3,
  BETWEEN = 3,
  ONES_MAX = 40,
  COUNT_MIN = 2,
  COUNT_MAX = 500,
  STEM = 3
};

/* A word without what umlauts add: "baenke" → "banke". Caller frees. */
static char *plain(const char *folded)
{
  GString *out = g_string_new(NULL);
  for (const char *p = folded; *p; p++) {
    bool is_umlaut = *p == 'e' && p > folded && strchr("aou", p[-1]);
    if (!is_umlaut) g_string_append_c(out, *p);
  }
  return g_string_free(out, FALSE);
}

/* "Beet" and "Hochbeete", "Bank" and "Bänke". */
static bool are_akin(const struct lexeme *a, const struct lexeme *b)
{
  if (a->kind != LEXEME_WORD || b->kind != LEXEME_WORD) return false;
  g_autofree char *x = plain(a->folded), *y = plain(b->folded);
  const char *shorter = strlen(x) < strlen(y) ? x : y, *longer = shorter == x ? y : x;
  return strlen(shorter) >= STEM && strstr(longer, shorter) != NULL;
}

/* What the amount is the price of: the lexeme of the noun, or 0 for "das Stück", "jeweils", "eine kostet".
 * False: it is no price of one. */
static bool is_of_one(const struct cost_reader *r, const struct cost_item *item, guint *noun)
{
  const guint each = phrases_tag("costs.each"), piece = phrases_tag("costs.piece");
  *noun = 0;
  const struct phrase_hit *behind = passage_at(r->passage, piece, item->money.end);
  if (behind) return true;
  behind = passage_at(r->passage, each, item->money.end);
  if (behind && r->l[behind->end].kind == LEXEME_WORD) {
    *noun = behind->end;
    return true;
  }
  for (guint back = 1; back <= BETWEEN + 2 && back <= item->money.first; back++) {
    guint at = item->money.first - back;
    if (r->l[at].kind == LEXEME_BREAK || r->l[at].kind == LEXEME_DIGITS || lexeme_is(&r->l[at], ","))
      return false;
    const struct phrase_hit *hit = passage_at(r->passage, piece, at);
    if (hit && hit->end <= item->money.first) return true;
    hit = passage_at(r->passage, each, at);
    if (!hit || hit->end >= item->money.first || r->l[hit->end].kind != LEXEME_WORD) continue;
    *noun = hit->end;
    return true;
  }
  return false;
}

/* How many of them are counted at a lexeme; 0: none. */
static int64_t count_at(const struct cost_reader *r, guint at, guint noun)
{
  struct number number;
  if (r->l[at].kind != LEXEME_DIGITS && r->l[at].kind != LEXEME_WORD) return 0;
  if (!number_at(r->passage, at, &number) || number.is_ordinal) return 0;
  if (number.value < COUNT_MIN || number.value > COUNT_MAX || number.value != (double)(int)number.value)
    return 0;
  if (marks_within(r->marks, COST_UNIT, number.end, number.end + 1)) return 0;
  for (guint i = number.end; i < number.end + NOUN_WORDS && r->l[i].kind == LEXEME_WORD; i++)
    if (noun ? are_akin(&r->l[i], &r->l[noun]) : r->l[i].is_capital) return (int64_t)number.value;
  return 0;
}

static int64_t find_count(const struct cost_reader *r, const struct cost_item *item, guint noun)
{
  guint count = r->passage->lexemes->count, from = item->money.first;
  for (guint back = 1; back <= BACK && back <= from; back++) {
    int64_t found = count_at(r, from - back, noun);
    if (found) return found;
  }
  for (guint at = item->money.end; noun && at < MIN(count, item->money.end + AHEAD); at++) {
    int64_t found = count_at(r, at, noun);
    if (found) return found;
  }
  return 0;
}

static bool is_said(const GArray *items, int64_t cents)
{
  for (guint i = 0; i < items->len; i++)
    if (g_array_index(items, struct cost_item, i).money.cents == cents) return true;
  return false;
}

void costs_multiply(const struct cost_reader *r, GArray *items)
{
  for (guint i = 0; i < items->len && i < ONES_MAX; i++) {
    struct cost_item *item = &g_array_index(items, struct cost_item, i);
    guint noun;
    bool is_counted = lexeme_is(&r->l[item->money.first], "x") ||
                      item->money.end - item->money.first > NOUN_WORDS; /* "6 Stühle à 35 Euro" */
    if (item->is_dropped || item->is_total || is_counted || item->money.cents <= 0) continue;
    int64_t count = is_of_one(r, item, &noun) ? find_count(r, item, noun) : 0;
    if (count && !is_said(items, item->money.cents * count)) item->money.cents *= count;
  }
}
