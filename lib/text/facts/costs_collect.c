/* Which amounts of a text are costs: those with a currency or a word that says so, and bare numbers in rows
 * below a heading, beside other rows, or that share the currency of a later one ("Holz 180, Erde 60 und Farbe
 * 30 Euro"). */
#include "lib/text/facts/costs_private.h"

#include <string.h>

enum { SHARE_DISTANCE = 8, SHARED_MAX = 12, NEAR = 4, ITEMS_MAX = 200, ROW_MAX = 200 };

static void item_clear(gpointer data)
{
  g_free(((struct cost_item *)data)->label);
}

static struct cost_item *item_at(const GArray *items, guint i)
{
  return &g_array_index(items, struct cost_item, i);
}

void cost_find_line(const struct lexemes *lexemes, struct cost_item *item)
{
  item->line = item->money.first;
  while (item->line > 0 && item->money.first - item->line < ROW_MAX &&
         lexemes->at[item->line - 1].kind != LEXEME_BREAK)
    item->line--;
  item->line_end = item->money.end;
  while (item->line_end < lexemes->count && item->line_end - item->money.end < ROW_MAX &&
         lexemes->at[item->line_end].kind != LEXEME_BREAK)
    item->line_end++;
}

bool cost_is_joined(const struct lexeme *next)
{
  return lexeme_is(next, ",") || lexeme_is(next, "und") || lexeme_is(next, "+") || lexeme_is(next, "/");
}

/* A bare number that is followed by "," or "und", and soon by an amount with its currency, perhaps over
 * others. */
static bool shares_currency(const struct cost_reader *r, const GArray *found, guint i)
{
  for (guint k = i; k + 1 < found->len && k < i + SHARED_MAX; k++) {
    const struct money *money = &g_array_index(found, struct money, k), *other = money + 1;
    if (!cost_is_joined(&r->l[money->end]) || other->first - money->end > SHARE_DISTANCE) return false;
    if (other->has_currency) return true;
  }
  return false;
}

/* "3 Pavillons à 35 Euro, Flyer 40": a noun with a bare number goes on a list that began with a currency.
 * People are no things that cost. */
static bool goes_on_list(const struct cost_reader *r, const GArray *items, guint i)
{
  static const char *const people[] = { "people.unit", "people.kin", "people.child" };
  const struct cost_item *item = item_at(items, i), *before = i > 0 ? item_at(items, i - 1) : NULL;
  if (!before || before->is_dropped || item->money.cents < 500 || item->money.first < before->money.end + 2)
    return false;
  /* "Bier und Bratwurst nochmal 200." */
  guint at = item->money.first;
  bool is_more = at > 1 && marks_within(r->marks, COST_MORE, at - 2, at) &&
                 item_at(items, 0)->money.has_currency && r->l[item->money.end].kind != LEXEME_WORD;
  if (is_more) return true;
  bool is_of_list = before->money.has_currency || before->is_listed;
  guint named = item->money.first - 1; /* over "bei ungefähr" */
  while (named > before->money.end && r->l[named].kind == LEXEME_WORD && !r->l[named].is_capital &&
         (passage_at(r->passage, phrases_tag("money.between"), named) ||
          passage_at(r->passage, phrases_tag("money.around"), named)))
    named--;
  const struct lexeme *noun = &r->l[named], *behind = &r->l[item->money.end];
  if (!is_of_list || !cost_is_joined(&r->l[before->money.end]) ||
      item->money.first - before->money.end > NEAR)
    return false;
  if (noun->kind != LEXEME_WORD || !noun->is_capital) return false;
  for (gsize k = 0; k < G_N_ELEMENTS(people); k++)
    if (passage_at(r->passage, phrases_tag(people[k]), named)) return false;
  bool is_closed = behind->kind == LEXEME_END || behind->kind == LEXEME_BREAK || lexeme_is(behind, ".") ||
                   lexeme_is(behind, ",") || lexeme_is(behind, "und");
  return is_closed;
}

/* Whether a bare number is a cost: a row below a heading or beside another row, or a share of a currency. */
static bool is_bare_cost(const struct cost_reader *r, const GArray *items, guint i, const GArray *found)
{
  const struct cost_item *item = item_at(items, i);
  const struct mark *heading = r->heading && r->heading->end <= item->money.first ? r->heading : NULL;
  bool is_row = cost_is_row(r, item);
  if (heading && heading->end == item->money.first) return true;
  /* "Kosten: Kreide 4, Stifte 12"; "Wir wollen 2." is none */
  bool is_named = item->money.first > 0 && r->l[item->money.first - 1].kind == LEXEME_WORD &&
                  (item->money.cents >= 500 || r->l[item->money.first - 1].is_capital);
  if (heading && is_row &&
      (is_named || item->money.first == 0 || r->l[item->money.first - 1].kind != LEXEME_WORD))
    return true;
  if (heading && is_named &&
      (lexeme_is(&r->l[item->money.end], ",") || lexeme_is(&r->l[item->money.end], "und") ||
       r->l[item->money.end].begins_sentence || r->l[item->money.end].kind == LEXEME_END))
    return true;
  for (guint k = i > 0 ? i - 1 : i; is_row && k < items->len && k <= i + 1; k++) {
    const struct cost_item *other = item_at(items, k);
    bool is_next = other->line == item->line_end + 1 || other->line_end + 1 == item->line;
    if (k != i && is_next && cost_is_row(r, other)) return true;
  }
  const struct money *before = i > 0 ? &item_at(items, i - 1)->money : NULL;
  bool is_for = marks_within(r->marks, COST_FOR, item->money.end, item->money.end + 1) != NULL;
  if (is_for && before && item->money.first - before->end < SHARE_DISTANCE &&
      !item_at(items, i - 1)->is_dropped)
    return true;
  if (shares_currency(r, found, i)) return true;
  item_at(items, i)->is_listed = goes_on_list(r, items, i);
  return item_at(items, i)->is_listed;
}

/* Whether a word within a few lexemes before, or right behind, takes an amount out of the costs. */
static bool is_said_not(const struct cost_reader *r, const struct cost_item *item)
{
  guint from = item->money.first > NEAR ? item->money.first - NEAR : 0;
  for (guint i = marks_from(r->marks, from); i < r->marks->len; i++) {
    const struct mark *mark = &g_array_index(r->marks, struct mark, i);
    if (mark->first >= item->money.end + NEAR) break;
    if (mark->role != COST_NOT) continue;
    bool is_before = mark->end <= item->money.first, is_for_before = !g_str_equal(mark->value, "behind");
    guint gap_from = is_before ? mark->end : item->money.end,
          gap_to = is_before ? item->money.first : mark->first;
    bool is_parted = false;
    for (guint at = gap_from; at < gap_to; at++)
      is_parted |= r->l[at].kind == LEXEME_BREAK || r->l[at].kind == LEXEME_DIGITS ||
                   (r->l[at].kind == LEXEME_MARK && strchr(".,;!?)", r->l[at].folded[0]));
    if (!is_parted && (is_before ? is_for_before : g_str_equal(mark->value, "behind"))) return true;
  }
  return false;
}

GArray *costs_collect(const struct cost_reader *r, const GArray *found)
{
  GArray *items = g_array_new(FALSE, TRUE, sizeof(struct cost_item));
  g_array_set_clear_func(items, item_clear);
  for (guint i = 0; i < found->len && i < ITEMS_MAX; i++) {
    struct cost_item item = { .money = g_array_index(found, struct money, i) };
    cost_find_line(r->passage->lexemes, &item);
    g_array_append_val(items, item);
  }
  for (guint i = 0; i < items->len; i++) {
    struct cost_item *item = item_at(items, i);
    bool is_sure = item->money.has_currency || item->money.is_cued;
    if (!is_sure && !is_bare_cost(r, items, i, found)) item->is_dropped = true;
    item->is_said_not = is_said_not(r, item);
    if (item->is_said_not) item->is_dropped = true;
  }
  costs_find_bare_list(r, items);
  return items;
}
