/* Sums of money in a text: the amounts (money_amount.c) from left to right, then what the words around them
 * say of them: about, perhaps, altogether, taken off.
 *
 * What surprised us: a word such as "vielleicht" or "insgesamt" may stand before its amount, behind it, or
 * behind it and before the next; where it ends its clause right behind an amount it belongs to that one, else
 * to the next. */
#include "lib/text/facts/money_private.h"

#include <string.h>

enum { AROUND_DISTANCE = 2, CUE_DISTANCE = 6, SENTENCE_MAX = 60 };

static const char *const role_names[MONEY_ROLES] = {
  [MONEY_UNIT] = "money.unit",
  [MONEY_FOREIGN] = "money.foreign",
  [MONEY_AROUND] = "money.around",
  [MONEY_EACH] = "money.each",
  [MONEY_PER] = "money.per",
  [MONEY_OPTIONAL] = "money.optional",
  [MONEY_TOTAL] = "money.total",
  [MONEY_OFF] = "money.off",
  [MONEY_NOT_BEFORE] = "money.not-before",
  [MONEY_NOT_BEHIND] = "money.not-behind",
  [MONEY_VAGUE] = "money.vague",
  [MONEY_CUE] = "money.cue",
};

/* ---- bare numbers ---- */

static bool is_year(const struct lexeme *l, const struct money *money)
{
  guint n = l[money->first].number;
  return money->end == money->first + 1 && l[money->first].end - l[money->first].start == 4 && n >= 1950 &&
         n <= 2050 && n != 2000;
}

/* What stands right before a number that is no money: "Haus", "Nr.", "um", another number. */
static bool is_objected_before(const struct money_reader *r, guint first)
{
  const struct lexeme *l = r->l;
  if (first == 0) return false;
  guint at = first - 1;
  if (l[at].kind == LEXEME_BREAK) return false;
  if (!l[first].is_spaced && (l[at].kind == LEXEME_WORD || strchr("/.:+#", l[at].folded[0]))) return true;
  if (l[at].kind == LEXEME_DIGITS && l[first].is_spaced) {
    /* a column of a table is another thing than a telephone number */
    return l[first].start - l[at].end < 2 && r->passage->lexemes->text[l[at].end] != '\t';
  }
  if (lexeme_is(&l[at], ".") && at > 0) at--;
  if (lexeme_is(&l[at], "-") && at > 0 && l[at - 1].kind == LEXEME_DIGITS) return true;
  const struct mark *before = money_mark_at(r, at, MONEY_NOT_BEFORE);
  if (!before && at > 0) before = money_mark_at(r, at - 1, MONEY_NOT_BEFORE);
  const struct mark *around = before ? money_mark_at(r, before->first, MONEY_AROUND) : NULL;
  if (around && around->end == first && around->end > before->end) return false; /* "um die 400" */
  return before && before->end + 1 >= first && !g_str_equal(before->value, "fine");
}

static bool is_objected_behind(const struct money_reader *r, guint end)
{
  const struct lexeme *l = r->l, *next = &l[end];
  if (money_mark_at(r, end, MONEY_NOT_BEHIND) || money_mark_at(r, end, MONEY_FOREIGN)) return true;
  if (next->kind == LEXEME_WORD)
    return !next->is_spaced || (next->is_capital && !next->is_shouted && !next->begins_sentence);
  if (next->kind == LEXEME_DIGITS)
    return next->start - l[end - 1].end < 2 && r->passage->lexemes->text[l[end - 1].end] != '\t';
  if (next->kind != LEXEME_MARK) return false;
  bool is_followed = l[end + 1].kind == LEXEME_DIGITS && !l[end + 1].is_spaced;
  if (strchr(".:/-+", next->folded[0]) && !next->is_spaced && is_followed) return true;
  if (strchr("%\302", next->folded[0])) return true;
  /* "5." at a line's end, "Dezember" on the next */
  if (lexeme_is(next, ".") && l[end + 1].kind == LEXEME_BREAK && money_mark_at(r, end + 2, MONEY_NOT_BEHIND))
    return true;
  if (lexeme_is(next, ".") && !next->is_spaced && money_mark_at(r, end + 1, MONEY_NOT_BEHIND)) return true;
  return lexeme_is(next, "-") && !next->is_spaced && l[end + 1].kind == LEXEME_WORD && !l[end + 1].is_spaced;
}

bool money_may_be_bare(const struct money_reader *r, const struct money *money)
{
  const struct lexeme *l = r->l, *it = &l[money->first];
  bool is_alone = l[money->end].kind == LEXEME_END && money->first == 0;
  if (money->cents <= 0) return false;
  if (it->kind == LEXEME_WORD && money->cents < 2000 && !is_alone) return false;
  if (it->kind == LEXEME_DIGITS) {
    guint size = it->end - it->start;
    if (size > 6 || (size > 1 && it->folded[0] == '0' && money->cents >= 100)) return false;
    if (is_year(l, money) && !is_alone) return false;
    if (size == 5 && money->end == money->first + 1 && l[money->end].is_capital) return false;
  }
  if (it->begins_sentence && money->end == money->first + 1 &&
      money->first + 2 < r->passage->lexemes->count &&
      (lexeme_is(&l[money->end], ".") || lexeme_is(&l[money->end], ")") || lexeme_is(&l[money->end], ":")))
    return false;
  return !is_objected_before(r, money->first) && !is_objected_behind(r, money->end);
}

/* ---- what is said of amounts ---- */

/* Whether a thought ends at a lexeme; a colon's line goes on. */
static bool is_boundary(const struct lexeme *l, guint at)
{
  if (l[at].kind == LEXEME_END) return true;
  if (l[at].kind == LEXEME_BREAK)
    return (l[at + 1].begins_sentence || l[at + 1].kind == LEXEME_BREAK) &&
           !(at > 0 && lexeme_is(&l[at - 1], ":"));
  return l[at].kind == LEXEME_MARK && l[at + 1].begins_sentence && strchr(".!?;", l[at].folded[0]);
}

static bool is_same_thought(const struct lexeme *l, guint from, guint to)
{
  if (to - from > SENTENCE_MAX) return false;
  for (guint at = from; at < to; at++)
    if (is_boundary(l, at)) return false;
  return true;
}

/* Whether only marks stand between two places. */
static bool is_beside(const struct lexeme *l, guint from, guint to)
{
  for (guint at = from; at < to; at++)
    if (l[at].kind != LEXEME_MARK) return false;
  return true;
}

static bool closes(const struct lexeme *l, guint at)
{
  return is_boundary(l, at) || l[at].kind == LEXEME_BREAK ||
         (l[at].kind == LEXEME_MARK && strchr(",)", l[at].folded[0]));
}

static struct money *amount(GArray *found, guint i)
{
  return i < found->len ? &g_array_index(found, struct money, i) : NULL;
}

/* The amount a mark speaks of: `next` is the index of the first amount behind it. NULL: none. */
static struct money *amount_meant(const struct money_reader *r, GArray *found, guint next,
                                  const struct mark *mark)
{
  struct money *before = next > 0 ? amount(found, next - 1) : NULL, *behind = amount(found, next);
  if (behind && behind->first < mark->end) return behind;
  if (before && !is_same_thought(r->l, before->end, mark->first)) before = NULL;
  if (behind && !is_same_thought(r->l, mark->end, behind->first)) behind = NULL;
  bool is_after = g_str_equal(mark->value, "after");
  if (before && is_beside(r->l, before->end, mark->first) && (is_after || closes(r->l, mark->end)))
    return before;
  if (before && is_after && behind && closes(r->l, mark->end)) return before;
  return behind ? behind : before;
}

/* "Ein Hochbeet wäre schön: das Holz kostet 145,-" wishes for all of it, and makes none of it optional; only
 * what is wished for behind a first amount is. */
static bool is_whole_wish(const struct money_reader *r, guint next, const struct mark *mark)
{
  return g_str_equal(mark->value, "wish") && (next == 0 || lexeme_is(&r->l[mark->end], ":"));
}

/* "Honorar 200 Euro, Kaffee spenden wir": what is given is the thing before the verb, and not the amount. */
static bool has_own_object(const struct money_reader *r, const struct money *before, const struct mark *mark)
{
  static const char *const givers[] = { "wir", "ich", NULL };
  if (!before || before->end >= mark->first || !g_strv_contains(givers, r->l[mark->end].folded)) return false;
  for (guint at = mark->first; at > before->end; at--) {
    if (lexeme_is(&r->l[at - 1], ",")) return at < mark->first && r->l[at].kind == LEXEME_WORD;
    if (r->l[at - 1].kind == LEXEME_DIGITS) return false;
  }
  return false;
}

static void say_of_amounts(const struct money_reader *r, GArray *found)
{
  guint next = 0;
  for (guint i = 0; i < r->marks->len; i++) {
    const struct mark *mark = &g_array_index(r->marks, struct mark, i);
    if (mark->role != MONEY_OPTIONAL && mark->role != MONEY_TOTAL && mark->role != MONEY_OFF) continue;
    while (next < found->len && amount(found, next)->first < mark->first) next++;
    struct money *meant = is_whole_wish(r, next, mark) ? NULL : amount_meant(r, found, next, mark),
                 *before = next > 0 ? amount(found, next - 1) : NULL;
    /* "davon haben wir 200 schon durch Spenden": said twice of one amount */
    bool is_again = mark->role == MONEY_OFF && before && before->is_taken_off;
    if (is_again && is_same_thought(r->l, before->end, mark->first)) meant = before;
    if (!meant) continue;
    if (mark->role == MONEY_OFF && meant == before && has_own_object(r, before, mark)) continue;
    if (mark->role == MONEY_OPTIONAL) meant->is_optional = true;
    if (mark->role == MONEY_TOTAL) meant->is_total = true;
    if (mark->role == MONEY_OFF) meant->is_taken_off = true;
  }
}

static bool is_around(const struct money_reader *r, const struct money *money)
{
  for (guint back = 1; back <= AROUND_DISTANCE + 1 && back <= money->first; back++) {
    const struct mark *around = money_mark_at(r, money->first - back, MONEY_AROUND);
    if (around && money->first - around->end < AROUND_DISTANCE) return true;
  }
  return false;
}

/* "ein paar hundert Euro" says no amount. */
static bool is_vague(const struct money_reader *r, guint first)
{
  const struct mark *vague = first > 0 ? money_mark_at(r, first - 1, MONEY_VAGUE) : NULL;
  return vague && vague->end == first;
}

/* Whether a lexeme belongs to words that may stand between "kostet" and its amount: "so um die", "gebraucht".
 */
static bool is_between(const struct money_reader *r, guint at)
{
  guint between = phrases_tag("money.between");
  for (guint back = 0; back <= MIN(at, 2); back++) {
    const struct mark *around = money_mark_at(r, at - back, MONEY_AROUND);
    const struct phrase_hit *hit = passage_at(r->passage, between, at - back);
    if ((around && around->end > at) || (hit && hit->end > at)) return true;
  }
  return false;
}

/* "1,2 Tsd." with nothing behind it that is counted; people are given in thousands, too ("1,2 Tsd.
 * Menschen").
 */
static bool is_thousands(const struct money_reader *r, const struct money *money)
{
  static const char *const behind[] = { "fuer", "insgesamt", "zusammen", "und",
                                        "plus", "netto",     "brutto",   NULL };
  guint last = money->end - 1 - lexeme_is(&r->l[money->end - 1], ".");
  if (!lexeme_is(&r->l[last], "tsd")) return false;
  return r->has_cue || closes(r->l, money->end) || g_strv_contains(behind, r->l[money->end].folded);
}

/* A bare number is surely money right behind "kostet", and with two decimals in a text that speaks of money.
 */
static bool is_cued(const struct money_reader *r, const struct money *money)
{
  const struct lexeme *l = r->l;
  bool has_decimals = money->end - money->first >= 3 && lexeme_is(&l[money->end - 2], ",") &&
                      l[money->end - 1].end - l[money->end - 1].start == 2;
  if ((has_decimals && r->has_cue) || is_thousands(r, money)) return true;
  /* "soll 350 kosten." */
  const struct mark *behind = money_mark_at(r, money->end, MONEY_CUE);
  if (behind && closes(l, behind->end)) return true;
  for (guint back = 1; back <= CUE_DISTANCE && back <= money->first; back++) {
    guint at = money->first - back;
    const struct mark *cue = money_mark_at(r, at, MONEY_CUE);
    if (cue && cue->end <= money->first) return true;
    bool is_passed =
        l[at].kind == LEXEME_WORD ? is_between(r, at) : lexeme_is(&l[at], ":") || lexeme_is(&l[at], ".");
    if (!is_passed) return false;
  }
  return false;
}

/* ---- walking ---- */

/* Whether an amount can begin with this lexeme at all. */
static bool may_begin(const struct money_reader *r, guint at)
{
  const struct lexeme *it = &r->l[at];
  struct number number;
  if (it->kind == LEXEME_DIGITS || money_mark_at(r, at, MONEY_UNIT)) return true;
  return it->kind == LEXEME_WORD && (number_at(r->passage, at, &number) || number_times(it->folded) > 0);
}

GArray *money_find(const struct passage *passage, enum money_wish wish)
{
  GArray *found = g_array_new(FALSE, FALSE, sizeof(struct money));
  g_autoptr(GArray) marks = marks_find(passage, role_names, MONEY_ROLES);
  struct money_reader r = { .passage = passage, .l = passage->lexemes->at, .marks = marks };
  r.mark_at = marks_index(passage, marks);
  r.has_cue = marks_within(marks, MONEY_CUE, 0, passage->lexemes->count) ||
              marks_within(marks, MONEY_UNIT, 0, passage->lexemes->count);
  for (guint at = 0; at < passage->lexemes->count;) {
    struct money money;
    if (!may_begin(&r, at) || !money_amount_at(&r, at, &money)) {
      at++;
      continue;
    }
    bool is_bare = !money.has_currency && money_may_be_bare(&r, &money);
    money.is_cued = is_bare && is_cued(&r, &money);
    bool is_taken = money.has_currency || money.is_cued || (is_bare && wish == MONEY_BARE);
    guint last = found->len ? amount(found, found->len - 1)->end : 0;
    if (is_taken && money.first >= last && !is_vague(&r, money.first)) {
      money.is_approximate = is_around(&r, &money);
      g_array_append_val(found, money);
    }
    at = MAX(at + 1, money.end);
  }
  say_of_amounts(&r, found);
  g_free(r.mark_at);
  return found;
}
