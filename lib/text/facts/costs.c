/* The costs of a proposal: every amount of the text with what it is for; then those that are no cost of their
 * own are taken out: totals, the price of one beside the price of all, budgets, what stands behind "statt".
 *
 * What surprised us: totals are often stated without a word, as the last line of a table or the first sum of
 * a sentence ("500 Euro: 300 für Holz, 200 für Erde"); and in speech the last item alone carries the currency
 * ("Holz 180, Erde 60 und Farbe 30 Euro"). Of "insgesamt 600 €, abzüglich 100 € Eigenanteil" the sum that is
 * asked for is 500 €. */
#include "lib/text/facts/costs_private.h"

#include <string.h>

enum { NEAR = 4, OPEN_MAX = 50 };

static const char *const role_names[COST_ROLES] = {
  [COST_TRIM] = "costs.trim", [COST_FOR] = "costs.for",         [COST_WHERE] = "costs.where",
  [COST_OPEN] = "costs.open", [COST_NOT] = "costs.not",         [COST_REQUEST] = "costs.request",
  [COST_REST] = "costs.rest", [COST_HEADING] = "costs.heading", [COST_UNIT] = "money.unit",
  [COST_MORE] = "costs.more", [COST_NET] = "costs.net",         [COST_GROSS] = "costs.gross",
};

static void cost_free(gpointer data)
{
  struct cost *cost = data;
  g_free(cost->label);
  g_free(cost);
}

void costs_free(struct costs *costs)
{
  if (!costs) return;
  g_ptr_array_unref(costs->lines);
  g_free(costs);
}

static struct cost_item *item_at(const GArray *items, guint i)
{
  return &g_array_index(items, struct cost_item, i);
}

/* ---- the price of one beside the price of all ---- */

static bool has_count(const struct cost_reader *r, const struct cost_item *item, int64_t count)
{
  for (guint at = item->line; at < item->line_end && at < item->line + 60; at++)
    if (r->l[at].kind == LEXEME_DIGITS && r->l[at].number == (uint32_t)count) return true;
  return false;
}

static bool is_behind_equals(const struct cost_reader *r, const struct cost_item *item)
{
  return item->money.first > 0 && lexeme_is(&r->l[item->money.first - 1], "=");
}

/* Within a line: "2 Bänke à 150 € = 300 €", "Bank | 2 | 150,00 | 300,00". */
static void drop_unit_prices(const struct cost_reader *r, GArray *items)
{
  for (guint i = 0; i + 1 < items->len; i++) {
    struct cost_item *one = item_at(items, i), *all = item_at(items, i + 1);
    if (one->is_adopted || all->is_adopted) continue;
    if (one->is_dropped || all->is_dropped || one->line != all->line || one->money.cents <= 0) continue;
    int64_t small = MIN(one->money.cents, all->money.cents), large = MAX(one->money.cents, all->money.cents);
    bool is_tab = cost_is_row(r, all);
    if (small == large && (is_tab || is_behind_equals(r, all))) {
      one->is_dropped = one->money.end - one->money.first <= all->money.end - all->money.first;
      all->is_dropped = !one->is_dropped;
    } else if (small > 0 && large % small == 0 && large / small > 1 && large / small < 1000 &&
               has_count(r, one, large / small)) {
      *(small == one->money.cents ? &one->is_dropped : &all->is_dropped) = true;
    }
  }
}

static bool has_word(const struct lexeme *l, guint from, guint to)
{
  for (guint at = from; at < to; at++)
    if (l[at].kind == LEXEME_WORD) return true;
  return false;
}

/* In a row of a table a bare number before other columns is a count or a price of one. */
static void drop_other_columns(const struct cost_reader *r, GArray *items)
{
  for (guint i = 0; i + 1 < items->len; i++) {
    struct cost_item *item = item_at(items, i), *next = item_at(items, i + 1);
    if (item->is_dropped || item->is_adopted || item->money.has_currency || next->line != item->line)
      continue;
    bool is_joined_to =
        !has_word(r->l, item->money.end, next->money.first) && !cost_is_joined(&r->l[item->money.end]);
    if (is_joined_to && !lexeme_is(&r->l[item->money.end], ",")) item->is_dropped = true;
  }
}

/* ---- totals ---- */

static int64_t sum_of(const GArray *items, guint from, guint to, bool with_optional)
{
  int64_t sum = 0;
  for (guint i = from; i < to; i++) {
    const struct cost_item *item = item_at(items, i);
    bool counts = !item->is_dropped && !item->is_total && !item->money.is_taken_off && !item->is_open;
    if (counts && (with_optional || !item->money.is_optional)) sum += item->money.cents;
  }
  return sum;
}

static guint count_lines(const GArray *items, guint from, guint to)
{
  guint count = 0;
  for (guint i = from; i < to; i++) {
    const struct cost_item *item = item_at(items, i);
    count += !item->is_dropped && !item->is_total && !item->money.is_taken_off && !item->is_open;
  }
  return count;
}

/* A mark of a role close before an amount, or right behind it, in the same thought. NULL: none. */
static const struct mark *near_mark(const struct cost_reader *r, const struct cost_item *item,
                                    enum cost_role role)
{
  guint from = item->money.first > NEAR + 4 ? item->money.first - NEAR - 4 : 0;
  for (guint i = marks_from(r->marks, from); i < r->marks->len; i++) {
    const struct mark *mark = &g_array_index(r->marks, struct mark, i);
    if (mark->first > item->money.end + 1) break;
    if (mark->role != role) continue;
    if (mark->end > item->money.first) return mark->first >= item->money.end ? mark : NULL;
    bool is_parted = false;
    for (guint at = mark->end; at < item->money.first; at++) {
      const struct lexeme *it = &r->l[at];
      bool is_noun =
          it->kind == LEXEME_WORD && it->is_capital && !marks_within(r->marks, COST_TRIM, at, at + 1);
      is_parted |=
          it->kind == LEXEME_DIGITS || is_noun || (it->kind == LEXEME_MARK && strchr(".,;!?", it->folded[0]));
    }
    if (!is_parted) return mark;
  }
  return NULL;
}

/* Whether another amount follows in the same sentence. */
static bool goes_on(const struct cost_reader *r, const GArray *items, guint i)
{
  guint first, end;
  passage_sentence(r->passage, item_at(items, i)->money.first, &first, &end);
  for (guint k = i + 1; k < items->len; k++)
    if (!item_at(items, k)->is_dropped) return item_at(items, k)->money.first < end;
  return false;
}

static void say_totals(const struct cost_reader *r, GArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    struct cost_item *item = item_at(items, i);
    if (item->is_dropped || item->is_adopted || item->money.is_taken_off) continue;
    if (item->money.is_total) item->is_total = true;
    if (near_mark(r, item, COST_REST)) item->is_total = item->is_rest = true;
    const struct mark *request = near_mark(r, item, COST_REQUEST);
    if (!request) continue;
    bool is_weak = g_str_equal(request->value, "weak");
    int64_t others = sum_of(items, 0, items->len, false) - (item->is_total ? 0 : item->money.cents);
    if (!is_weak || others == item->money.cents) item->is_total = true;
    if (is_weak && count_lines(items, 0, items->len) > 1 && !goes_on(r, items, i) &&
        others <= item->money.cents)
      item->is_total = true;
  }
}

/* A last or first amount that is what the others add up to. */
static void find_unsaid_total(GArray *items)
{
  guint first = items->len, last = items->len;
  for (guint i = 0; i < items->len; i++) {
    const struct cost_item *item = item_at(items, i);
    if (item->is_dropped || item->money.is_taken_off) continue;
    if (item->is_total) return;
    if (first == items->len) first = i;
    last = i;
  }
  if (last == items->len || count_lines(items, 0, items->len) < 3) return;
  int64_t cents = item_at(items, last)->money.cents;
  if (cents == sum_of(items, 0, last, false) || cents == sum_of(items, 0, last, true)) {
    item_at(items, last)->is_total = true;
    return;
  }
  cents = item_at(items, first)->money.cents;
  if (cents == sum_of(items, first + 1, items->len, false) ||
      cents == sum_of(items, first + 1, items->len, true))
    item_at(items, first)->is_total = true;
}

/* "= 410 €" behind a row of sums. */
static void find_equals(const struct cost_reader *r, GArray *items)
{
  for (guint i = 2; i < items->len; i++) {
    struct cost_item *item = item_at(items, i);
    if (!item->is_dropped && is_behind_equals(r, item) && sum_of(items, 0, i, true) == item->money.cents)
      item->is_total = true;
  }
}

/* ---- labels ---- */

static void find_labels(const struct cost_reader *r, GArray *items)
{
  guint from = 0;
  for (guint i = 0; i < items->len; i++) {
    struct cost_item *item = item_at(items, i);
    if (item->is_dropped) continue;
    guint to = i + 1 < items->len ? item_at(items, i + 1)->money.first : r->passage->lexemes->count;
    item->label = cost_label(r, item, from, MAX(to, item->money.end));
    from = item->label_end;
  }
}

/* ---- things without a price yet ---- */

static bool stands_beside_rows(const struct cost_reader *r, const GArray *items, guint line, guint line_end)
{
  for (guint i = 0; i < items->len; i++) {
    const struct cost_item *item = item_at(items, i);
    if (item->is_dropped || item->is_open) continue;
    if (item->line == line) return true;
    if (item->line == line_end + 1 || item->line_end + 1 == line)
      return cost_is_row(r, item) || item->line_end > 0;
  }
  return false;
}

/* Where a label may begin before an open price: behind the last amount, or at the line's begin. */
static guint open_from(const GArray *items, guint line, guint at)
{
  guint from = line;
  for (guint i = 0; i < items->len; i++)
    if (item_at(items, i)->money.end <= at) from = MAX(from, item_at(items, i)->money.end);
  return from;
}

static void find_open(const struct cost_reader *r, GArray *items)
{
  const struct lexemes *lexemes = r->passage->lexemes;
  guint amounts = items->len, tried = 0, last = 0;
  for (guint i = 0; i < r->marks->len && amounts > 0 && tried < OPEN_MAX; i++) {
    const struct mark *mark = &g_array_index(r->marks, struct mark, i);
    if (mark->role != COST_OPEN || mark->first < last) continue;
    tried++;
    struct cost_item item = { .money = { .first = mark->first, .end = mark->end, .cents = -1 },
                              .is_open = true };
    cost_find_line(lexemes, &item);
    if (!stands_beside_rows(r, items, item.line, item.line_end)) continue;
    bool is_question = lexeme_is(&r->l[mark->first], "?");
    if (is_question && (item.line_end - item.line > 6 || mark->end < item.line_end)) continue;
    bool is_priced = false;
    for (guint k = 0; k < amounts; k++)
      is_priced |= item_at(items, k)->money.first >= item.line &&
                   item_at(items, k)->money.first < mark->first &&
                   mark->first - item_at(items, k)->money.end < 2;
    if (is_priced) continue;
    item.label = cost_label_before(r, open_from(items, item.line, mark->first), mark->first, is_question);
    bool is_noun = item.label[0] && !g_unichar_islower(g_utf8_get_char(item.label));
    if (!is_noun) {
      g_free(item.label);
      continue;
    }
    last = mark->end;
    g_array_append_val(items, item);
  }
}

static int compare_items(gconstpointer a, gconstpointer b)
{
  const struct cost_item *x = a, *y = b;
  return x->money.first < y->money.first ? -1 : x->money.first > y->money.first;
}

/* ---- the sum ---- */

static void put_line(struct costs *costs, struct cost_item *item)
{
  struct cost *cost = g_new0(struct cost, 1);
  cost->label = g_strdup(item->label ? item->label : "");
  cost->cents = item->money.cents;
  cost->is_optional = item->money.is_optional;
  cost->first = item->money.first;
  cost->end = item->money.end;
  g_ptr_array_add(costs->lines, cost);
}

/* The total, with what is taken off behind it. */
static void add_up(const GArray *items, struct costs *costs)
{
  int64_t stated = -1, taken_off = 0;
  for (guint i = 0; i < items->len; i++) {
    const struct cost_item *item = item_at(items, i);
    if (item->is_dropped) continue;
    if (item->is_total) {
      stated = item->money.cents + costs_on_top(items, i);
      taken_off = 0;
    } else if (item->money.is_taken_off) {
      taken_off += item->money.cents;
    }
  }
  costs->is_total_stated = stated >= 0;
  int64_t whole = stated >= 0 ? stated : sum_of(items, 0, items->len, false);
  if (stated < 0 && count_lines(items, 0, items->len) == 0) return;
  costs->total_cents = MAX(whole - taken_off, 0);
}

struct costs *costs_read(const struct passage *passage)
{
  struct costs *costs = g_new0(struct costs, 1);
  costs->lines = g_ptr_array_new_with_free_func(cost_free);
  costs->total_cents = -1;
  g_autoptr(GArray) found = money_find(passage, MONEY_BARE);
  if (found->len == 0) return costs;
  g_autoptr(GArray) marks = marks_find(passage, role_names, COST_ROLES);
  struct cost_reader r = { .passage = passage, .l = passage->lexemes->at, .marks = marks };
  r.heading = marks_within(marks, COST_HEADING, 0, passage->lexemes->count);
  g_autoptr(GArray) items = costs_collect(&r, found);
  costs_adopt_sums(items);
  costs_adopt_more(&r, items);
  costs_drop_net(&r, items);
  drop_unit_prices(&r, items);
  drop_other_columns(&r, items);
  costs_multiply(&r, items);
  find_equals(&r, items);
  say_totals(&r, items);
  find_unsaid_total(items);
  find_labels(&r, items);
  find_open(&r, items);
  g_array_sort(items, compare_items);
  add_up(items, costs);
  for (guint i = 0; i < items->len; i++) {
    struct cost_item *item = item_at(items, i);
    if (!item->is_dropped && !item->is_total && !item->money.is_taken_off) put_line(costs, item);
  }
  return costs;
}
