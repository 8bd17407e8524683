/* Costs that only the amounts around them give away. Called by costs.c on all plausible amounts of a text,
 * before totals are looked for.
 *
 * Bare numbers are costs where they add up to an amount that is surely one ("mit 500 Euro (Bühne 350, Deko
 * 150)", "Zelt 120 + Strom 40 = 160 Euro"); where a word puts them on top of one ("kostet 1899 Euro plus
 * Lieferung 250"); and at the end of their thought behind "für ca.". Of prices named without and with tax
 * those with tax count.
 *
 * What surprised us: people say "zusammen" of a part and go on ("also 450 Euro zusammen. Hinzu kommen etwa 60
 * Euro für Handzettel"), so what is put on top of a total belongs to it, unless the total contains it. */
#include "lib/text/facts/costs_private.h"

#include <string.h>

enum { NEAR_LIST = 4, RUN_MIN = 2, MORE_BEFORE = 5, ROUND_MIN = 500 };

static struct cost_item *item_at(const GArray *items, guint i)
{
  return &g_array_index(items, struct cost_item, i);
}

static bool may_add(const struct cost_item *item)
{
  return item->money.cents > 0 && !item->is_total && !item->is_said_not && !item->money.is_taken_off;
}

/* Items from `i` on in one direction whose amounts add up to that of `i`: how many. 0: they do not. */
static guint run_that_adds_up(const GArray *items, guint i, int step)
{
  int64_t sum = 0, wanted = item_at(items, i)->money.cents;
  guint count = 0;
  for (guint k = i + (guint)step; k < items->len && sum < wanted; k += (guint)step) {
    if (!may_add(item_at(items, k))) return 0;
    sum += item_at(items, k)->money.cents;
    count++;
  }
  return sum == wanted && count >= RUN_MIN ? count : 0;
}

/* Whether one of a run is a bare number that needs the others to be a cost. */
static bool has_bare(const GArray *items, guint i, int step, guint count)
{
  for (guint n = 1; n <= count; n++)
    if (item_at(items, i + (guint)step * n)->is_dropped) return true;
  return false;
}

static void adopt_run(GArray *items, guint i, int step, guint count)
{
  item_at(items, i)->is_total = true;
  item_at(items, i)->is_dropped = false;
  for (guint n = 1; n <= count; n++) {
    struct cost_item *part = item_at(items, i + (guint)step * n);
    part->is_dropped = false;
    part->is_adopted = true;
  }
}

void costs_adopt_sums(GArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    struct cost_item *item = item_at(items, i);
    bool is_sure = item->money.has_currency || item->money.is_cued;
    if (!is_sure || item->is_said_not || item->money.is_taken_off || item->money.cents < ROUND_MIN) continue;
    guint behind = run_that_adds_up(items, i, 1), before = behind ? 0 : run_that_adds_up(items, i, -1);
    if (has_bare(items, i, 1, behind)) adopt_run(items, i, 1, behind);
    if (has_bare(items, i, -1, before)) adopt_run(items, i, -1, before);
  }
}

/* Whether the thought ends behind an amount. */
static bool ends_thought(const struct lexeme *it)
{
  return it->kind == LEXEME_END || it->kind == LEXEME_BREAK ||
         (it->kind == LEXEME_MARK && strchr(",.;!?)", it->folded[0])) || lexeme_is(it, "und") ||
         lexeme_is(it, "and");
}

/* A word of adding ("plus", "nochmal") a few lexemes before an amount, in the same thought. */
static bool is_put_on_top(const struct cost_reader *r, const struct cost_item *item)
{
  guint from = item->money.first > MORE_BEFORE ? item->money.first - MORE_BEFORE : 0;
  for (guint i = marks_from(r->marks, from); i < r->marks->len; i++) {
    const struct mark *mark = &g_array_index(r->marks, struct mark, i);
    if (mark->first > item->money.end) break;
    if (mark->role != COST_MORE) continue;
    if (mark->end > item->money.first) return mark->first >= item->money.end;
    bool is_parted = false;
    for (guint at = mark->end; at < item->money.first; at++)
      is_parted |= r->l[at].kind == LEXEME_DIGITS || r->l[at].kind == LEXEME_BREAK ||
                   (r->l[at].kind == LEXEME_MARK && strchr(".;!?", r->l[at].folded[0]));
    if (!is_parted) return true;
  }
  return false;
}

/* "für ca. 100", "für ungefähr 80": the word before the one that says about. */
static bool is_for_about(const struct cost_reader *r, const struct cost_item *item)
{
  guint from = item->money.first > 3 ? item->money.first - 3 : 0;
  return item->money.is_approximate && marks_within(r->marks, COST_FOR, from, item->money.first) != NULL;
}

void costs_adopt_more(const struct cost_reader *r, GArray *items)
{
  bool has_sure = false;
  for (guint i = 0; i < items->len; i++)
    has_sure |= item_at(items, i)->money.has_currency || item_at(items, i)->money.is_cued;
  for (guint i = 0; has_sure && i < items->len; i++) {
    struct cost_item *item = item_at(items, i);
    item->is_on_top = is_put_on_top(r, item);
    if (!item->is_dropped || item->is_said_not || item->money.cents < ROUND_MIN) continue;
    if (item->money.is_taken_off) item->is_dropped = false;
    if (!ends_thought(&r->l[item->money.end])) continue;
    if (item->is_on_top || is_for_about(r, item)) item->is_dropped = false;
  }
}

/* Whether a mark of tax stands right behind an amount, or right before it. */
static bool has_tax_mark(const struct cost_reader *r, const struct cost_item *item, enum cost_role role)
{
  guint from = item->money.first > 1 ? item->money.first - 1 : 0;
  return marks_within(r->marks, role, item->money.end, item->money.end + 2) ||
         marks_within(r->marks, role, from, item->money.first);
}

void costs_drop_net(const struct cost_reader *r, GArray *items)
{
  bool has_gross = false;
  for (guint i = 0; i < items->len; i++) has_gross |= has_tax_mark(r, item_at(items, i), COST_GROSS);
  for (guint i = 0; has_gross && i < items->len; i++) {
    struct cost_item *item = item_at(items, i);
    if (has_tax_mark(r, item, COST_NET) && !has_tax_mark(r, item, COST_GROSS)) item->is_dropped = true;
  }
}

int64_t costs_on_top(const GArray *items, guint total)
{
  int64_t on_top = 0, others = 0;
  for (guint i = 0; i < items->len; i++) {
    const struct cost_item *item = item_at(items, i);
    if (item->is_dropped || item->is_open || item->is_total || item->money.is_taken_off) continue;
    others += item->money.cents;
    if (i > total && item->is_on_top && !item->money.is_optional) on_top += item->money.cents;
  }
  return others == item_at(items, total)->money.cents ? 0 : on_top;
}

/* "Honorar 300, Saalmiete 120, Plakate 45.": a noun right before a bare number, and then the thought is over.
 */
static bool is_noun_and_number(const struct cost_reader *r, const struct cost_item *item)
{
  static const char *const others[] = { "people.unit", "people.kin", "people.child", "money.not-before" };
  guint at = item->money.first;
  if (at == 0 || item->money.cents < 500 || item->money.end != at + 1 || item->is_said_not) return false;
  if (r->l[at].kind != LEXEME_DIGITS || (r->l[at].number >= 1990 && r->l[at].number < 2060)) return false;
  const struct lexeme *noun = &r->l[at - 1], *behind = &r->l[item->money.end];
  if (noun->kind != LEXEME_WORD || !noun->is_capital) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (passage_at(r->passage, phrases_tag(others[i]), at - 1)) return false;
  bool is_closed = behind->kind == LEXEME_END || behind->kind == LEXEME_BREAK || lexeme_is(behind, ".");
  return is_closed || (lexeme_is(behind, ",") || lexeme_is(behind, "und") || lexeme_is(behind, "+"));
}

/* Where no amount has a currency, three such in a row are costs, and two behind a colon. */
void costs_find_bare_list(const struct cost_reader *r, GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (item_at(items, i)->money.has_currency || item_at(items, i)->money.is_cued) return;
  for (guint i = 0, end; i < items->len; i = end) {
    for (end = i; end < items->len && is_noun_and_number(r, item_at(items, end)); end++)
      if (end > i && item_at(items, end)->money.first - item_at(items, end - 1)->money.end > NEAR_LIST) break;
    bool has_colon = end > i && item_at(items, i)->money.first > 1 &&
                     lexeme_is(&r->l[item_at(items, i)->money.first - 2], ":");
    for (guint k = i; k < end && end - i >= (has_colon ? 2 : 3); k++) item_at(items, k)->is_dropped = false;
    end = MAX(end, i + 1);
  }
}
