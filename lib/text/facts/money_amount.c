/* One amount: "180,-", "EUR 250", "zwölf Euro fünfzig", "200-300 €", "2 Kübel à 45 €". What stands around the
 * number decides; nothing here looks further than a few lexemes.
 *
 * What surprised us: "12 Euro 50" and "12 Euro 50 Bretter" begin alike; "2 200 €" in a table may be two bench
 * and their price, so a blank parts thousands only when it is a single one; and "Euro 6" is an exhaust norm.
 */
#include "lib/text/facts/money_private.h"

#include <string.h>

enum { NOUNS_BETWEEN = 4, COUNT_MAX = 999 };
static const double AMOUNT_MAX = 1e9;
static const int64_t CENTS_MAX = 1000LL * 1000 * 1000 * 1000;

const struct mark *money_mark_at(const struct money_reader *r, guint at, enum money_role role)
{
  for (guint i = r->mark_at[at]; i < r->marks->len; i++) {
    const struct mark *mark = &g_array_index(r->marks, struct mark, i);
    if (mark->first != at) return NULL;
    if (mark->role == role) return mark;
  }
  return NULL;
}

static bool is_mark(const struct lexeme *it, const char *mark)
{
  return it->kind == LEXEME_MARK && lexeme_is(it, mark);
}

static int64_t cents_of(double value, double unit)
{
  return (int64_t)(value * unit + 0.5);
}

/* ---- the number ---- */

static guint size_of(const struct lexeme *it)
{
  return it->end - it->start;
}

/* "1 200 €": groups of three parted by one blank, up to a currency. */
static bool read_spaced_groups(const struct money_reader *r, guint at, struct number *number)
{
  const struct lexeme *l = r->l;
  if (l[at].kind != LEXEME_DIGITS || size_of(&l[at]) > 3 || l[at].number == 0) return false;
  if (at > 0 && l[at - 1].kind == LEXEME_DIGITS) return false;
  double value = l[at].number;
  guint end = at + 1;
  while (l[end].kind == LEXEME_DIGITS && size_of(&l[end]) == 3 && end - at < 3) {
    guint gap = l[end].start - l[end - 1].end;
    const char *between = r->passage->lexemes->text + l[end - 1].end;
    if (gap == 0 || gap > 3 || *between == '\t' || (gap > 1 && *between == ' ')) return false;
    value = value * 1000 + l[end].number;
    end++;
  }
  if (end == at + 1) return false;
  struct number rest;
  if (is_mark(&l[end], ",") && l[end + 1].kind == LEXEME_DIGITS && !l[end + 1].is_spaced &&
      number_at(r->passage, end - 1, &rest) && rest.end > end) {
    value += rest.value - (double)l[end - 1].number;
    end = rest.end;
  }
  if (!money_mark_at(r, end, MONEY_UNIT)) return false;
  *number = (struct number){ .end = end, .value = value };
  return true;
}

static bool read_number(const struct money_reader *r, guint at, struct number *number)
{
  const struct lexeme *l = r->l;
  if (l[at].kind == LEXEME_DIGITS && l[at + 1].kind == LEXEME_DIGITS && read_spaced_groups(r, at, number))
    return true;
  return number_at(r->passage, at, number) && !number->is_ordinal && number->value <= AMOUNT_MAX;
}

/* ",-" ".-" ",--" behind a number: the lexeme behind it, 0: none. */
static guint dash_behind(const struct lexeme *l, guint at)
{
  if (!is_mark(&l[at], ",") && !is_mark(&l[at], ".")) return 0;
  if (!is_mark(&l[at + 1], "-") || l[at + 1].is_spaced) return 0;
  guint end = at + 2;
  if (is_mark(&l[end], "-") && !l[end].is_spaced) end++;
  if (l[end].kind == LEXEME_DIGITS && !l[end].is_spaced) return 0;
  return end;
}

/* ---- currency ---- */

/* Does a word go on behind a whole amount, and is nothing that could be counted: "3 Euro 20 und …"? */
static bool goes_on_behind(const struct lexeme *next)
{
  static const char *const words[] = { "und",   "oder",      "macht", "kostet",   "kosten", "fuer",
                                       "pro",   "je",        "das",   "ist",      "sind",   "bezahlt",
                                       "inkl",  "inklusive", "extra", "zusammen", "dazu",   "plus",
                                       "sowie", "insgesamt", "and",   "for",      "ve",     NULL };
  return !next->is_capital && g_strv_contains(words, next->folded);
}

/* Cents behind whole euros: "12€50", "12 Euro 50", "zwölf Euro und fünfzig Cent". Moves *end. */
static int64_t read_cents(const struct money_reader *r, guint *end)
{
  const struct lexeme *l = r->l;
  guint at = *end;
  bool has_and = lexeme_is(&l[at], "und") || lexeme_is(&l[at], "and");
  struct number number;
  if (l[at + has_and].kind == LEXEME_BREAK || !number_at(r->passage, at + has_and, &number)) return 0;
  if (number.is_ordinal || number.value < 1 || number.value > 99 || number.value != (double)(int)number.value)
    return 0;
  const struct mark *unit = money_mark_at(r, number.end, MONEY_UNIT);
  const struct lexeme *next = &l[number.end];
  if (unit && g_str_equal(unit->value, "1")) {
    *end = unit->end;
    return (int64_t)number.value;
  }
  if (has_and || unit || dash_behind(l, number.end)) return 0;
  bool is_glued = !l[at].is_spaced;
  if (!number.is_word && size_of(&l[at]) != 2) return 0;
  if (number.is_word && (number.value < 5 || g_str_has_prefix(l[at].folded, "ein"))) return 0;
  bool is_round = number.is_word && (int)number.value % 5 == 0; /* "zwölf Euro fünfzig Pfand" */
  if (!is_glued && next->kind == LEXEME_WORD && (next->is_capital || !number.is_word) && !is_round &&
      !goes_on_behind(next))
    return 0;
  if (!is_glued && next->kind == LEXEME_MARK && strchr(".:-/%", next->folded[0]) &&
      (l[number.end + 1].kind == LEXEME_DIGITS || next->folded[0] == '%'))
    return 0;
  if (money_mark_at(r, number.end, MONEY_NOT_BEHIND) || money_mark_at(r, number.end, MONEY_EACH)) return 0;
  *end = number.end;
  return (int64_t)number.value;
}

/* Behind "(fünfhundert)", "(in Worten: fünfhundert)", which says the number before it once more; else `at`.
 */
static guint over_spelled(const struct money_reader *r, guint at, double value)
{
  static const char *const filler[] = { "in", "worten", ":", "also", "=", NULL };
  struct number again;
  if (!is_mark(&r->l[at], "(")) return at;
  guint from = at + 1;
  while (from < at + 4 && g_strv_contains(filler, r->l[from].folded)) from++;
  if (!number_at(r->passage, from, &again) || again.value != value || !is_mark(&r->l[again.end], ")"))
    return at;
  return again.end + 1;
}

/* A currency at `at`, also with a hyphen before it ("50-Euro-Schein"). */
static const struct mark *unit_at(const struct money_reader *r, guint at)
{
  const struct lexeme *l = r->l;
  guint place = is_mark(&l[at], "-") && !l[at].is_spaced && !l[at + 1].is_spaced ? at + 1 : at;
  const struct mark *unit = money_mark_at(r, place, MONEY_UNIT);
  if (!unit) return NULL;
  if (is_mark(&l[unit->end], "-") && g_str_has_prefix(l[unit->end + 1].folded, "job")) return NULL;
  return unit;
}

/* Takes the currency behind a number in: true when there is one. `*cents` becomes the whole amount. */
static bool read_unit(const struct money_reader *r, const struct number *number, guint *end, int64_t *cents)
{
  *end = number->end;
  *cents = cents_of(number->value, 100);
  guint dash = dash_behind(r->l, number->end);
  guint behind = over_spelled(r, dash ? dash : number->end, number->value);
  const struct mark *unit = unit_at(r, behind);
  if (!unit) {
    if (dash) *end = dash;
    return dash != 0;
  }
  double per_unit = g_ascii_strtod(unit->value, NULL);
  *cents = cents_of(number->value, per_unit);
  *end = unit->end;
  if (!dash && per_unit == 100 && number->value == (double)(int64_t)number->value)
    *cents += read_cents(r, end);
  return true;
}

/* "€ 45", "EUR 250,-": the currency first. */
static bool read_unit_first(const struct money_reader *r, guint at, struct money *money)
{
  const struct lexeme *l = r->l;
  const struct mark *unit = money_mark_at(r, at, MONEY_UNIT);
  struct number number;
  if (!unit || g_str_equal(unit->value, "1") || l[unit->end].kind != LEXEME_DIGITS) return false;
  if (!read_number(r, unit->end, &number)) return false;
  bool is_norm = l[at].kind == LEXEME_WORD && g_str_equal(unit->value, "100") &&
                 number.end == unit->end + 1 &&
                 (number.value < 8 || (number.value > 1990 && number.value < 2100));
  guint dash = dash_behind(l, number.end);
  if (is_norm && !dash) return false;
  if (money_mark_at(r, number.end, MONEY_UNIT) && l[at].kind == LEXEME_WORD) return false;
  *money = (struct money){ .first = at,
                           .end = dash ? dash : number.end,
                           .cents = cents_of(number.value, g_ascii_strtod(unit->value, NULL)),
                           .has_currency = true };
  return true;
}

/* ---- ranges and how often ---- */

/* Between the two ends of a range: the lexeme of the second number, 0: none. */
static guint range_behind(const struct money_reader *r, guint first, guint end)
{
  const struct lexeme *l = r->l;
  bool is_between =
      first > 0 && (lexeme_is(&l[first - 1], "zwischen") || lexeme_is(&l[first - 1], "between"));
  static const char *const words[] = { "bis", "to", "oder", "or", "до" };
  if (is_mark(&l[end], "-") || is_mark(&l[end], "/")) return l[end + 1].kind == LEXEME_DIGITS ? end + 1 : 0;
  if (is_between && (lexeme_is(&l[end], "und") || lexeme_is(&l[end], "and"))) return end + 1;
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (l[end].kind == LEXEME_WORD && lexeme_is(&l[end], words[i]))
      return lexeme_is(&l[end + 1], "zu") ? end + 2 : end + 1;
  return 0;
}

/* "200-300 €", "200 € bis 300 €". Without a currency at all both numbers stay apart. */
static bool read_range(const struct money_reader *r, struct money *money)
{
  guint second = range_behind(r, money->first, money->end), end;
  struct number number;
  struct money until;
  int64_t cents;
  if (!second) return false;
  if (money->has_currency && read_unit_first(r, second, &until)) {
    end = until.end;
    cents = until.cents;
  } else {
    if (!read_number(r, second, &number)) return false;
    if (!read_unit(r, &number, &end, &cents)) return false;
  }
  if (cents <= money->cents) return false;
  money->cents_until = cents;
  money->end = end;
  money->has_currency = true;
  return true;
}

/* An amount without looking for how often. */
static bool read_simple(const struct money_reader *r, guint at, struct money *money)
{
  if (read_unit_first(r, at, money)) {
    read_range(r, money);
    return true;
  }
  struct number number;
  if (!read_number(r, at, &number)) return false;
  *money = (struct money){ .first = at };
  money->has_currency = read_unit(r, &number, &money->end, &money->cents);
  const struct lexeme *l = r->l;
  bool is_cents = at > 1 && is_mark(&l[at - 1], ",") && is_mark(&l[at - 2], "-") && !l[at].is_spaced &&
                  !l[at - 1].is_spaced && size_of(&l[at]) == 2 && number.end == at + 1;
  if (is_cents && money->has_currency) {
    /* "-,50 €" */
    money->first = at - 2;
    money->cents = l[at].number;
    return true;
  }
  read_range(r, money);
  return true;
}

/* The lexeme behind a few nouns and a word such as "à", "x", "je": 0: none. */
static guint each_behind(const struct money_reader *r, guint at)
{
  const struct lexeme *l = r->l;
  for (guint i = 0; i <= NOUNS_BETWEEN; i++, at++) {
    const struct mark *each = money_mark_at(r, at, MONEY_EACH);
    /* "Firma A 480 Euro": a letter, and no "à" */
    bool is_letter = l[at].is_capital && l[at].end - l[at].start == 1;
    if (each && !is_letter) {
      guint end = each->end;
      const struct mark *more = money_mark_at(r, end, MONEY_EACH);
      if (more) end = more->end;
      if (i > 0 && l[at].kind == LEXEME_WORD && lexeme_is(&l[at], "x")) return 0;
      while (money_mark_at(r, end, MONEY_AROUND)) end = money_mark_at(r, end, MONEY_AROUND)->end;
      return end;
    }
    if (l[at].kind == LEXEME_BREAK || l[at].kind == LEXEME_END || l[at].kind == LEXEME_DIGITS) return 0;
    if (l[at].kind == LEXEME_MARK && !strchr("(,:-\"", l[at].folded[0]) &&
        !(is_mark(&l[at], ".") && l[at + 1].kind == LEXEME_WORD && !l[at + 1].is_capital))
      return 0;
  }
  return 0;
}

/* "2x 45 €", "zweimal 45 Euro", "2 Kübel à 45 €". */
static bool read_times(const struct money_reader *r, guint at, struct money *money)
{
  const struct lexeme *l = r->l;
  struct number count;
  double times = l[at].kind == LEXEME_WORD ? number_times(l[at].folded) : 0;
  guint behind = at + 1;
  if (times > 0) {
    const struct mark *each = money_mark_at(r, behind, MONEY_EACH);
    if (each) behind = each->end;
  } else {
    if (!number_at(r->passage, at, &count) || count.is_ordinal) return false;
    if (money_mark_at(r, count.end, MONEY_UNIT) || dash_behind(l, count.end)) return false;
    times = count.value;
    behind = each_behind(r, count.end);
  }
  if (!behind || times < 1 || times > COUNT_MAX) return false;
  struct money one;
  if (!read_simple(r, behind, &one)) return false;
  bool has_decimals = one.end - one.first >= 3;
  if (!one.has_currency && !has_decimals && (behind < at + 2 || behind > at + 4)) return false;
  if (one.cents > CENTS_MAX || one.cents_until > CENTS_MAX) return false;
  *money = one;
  money->first = at;
  money->has_currency |= has_decimals && r->has_cue;
  money->cents = cents_of(times, (double)one.cents);
  money->cents_until = cents_of(times, (double)one.cents_until);
  return true;
}

/* "2 Bänke 150 € pro Stück": a count before an amount that is said to be for one. */
static void read_per(const struct money_reader *r, struct money *money)
{
  const struct lexeme *l = r->l;
  const struct mark *per = money_mark_at(r, money->end, MONEY_PER);
  if (!per) return;
  struct number count;
  for (guint at = money->first, i = 0; i < NOUNS_BETWEEN && at > 0; i++) {
    at--;
    if (l[at].kind == LEXEME_BREAK || (l[at].kind == LEXEME_MARK && strchr(".;!?", l[at].folded[0]))) return;
    if (!number_at(r->passage, at, &count) || count.is_ordinal || count.end > money->first) continue;
    if (count.value < 1 || count.value > COUNT_MAX || count.value != (double)(int)count.value) return;
    money->cents = cents_of(count.value, (double)money->cents);
    money->cents_until = cents_of(count.value, (double)money->cents_until);
    money->first = at;
    money->end = per->end;
    return;
  }
}

/* Do two words begin alike, as "Flyer" and "Flyern"? */
static bool is_same_noun(const struct lexeme *a, const struct lexeme *b)
{
  enum { LETTERS = 4 };
  return a->kind == LEXEME_WORD && b->kind == LEXEME_WORD && strlen(a->folded) >= LETTERS &&
         strncmp(a->folded, b->folded, LETTERS) == 0;
}

/* "30 Cent pro Flyer bei 200 Flyern": the count behind, of the same things. */
static void read_count_behind(const struct money_reader *r, struct money *money)
{
  static const char *const per[] = { "pro", "je", "per", "/", NULL }, *const links[] = {
    "bei", "fuer", "mal", "x", "mit", ",", "a", "und", "*", NULL
  };
  const struct lexeme *l = r->l;
  guint at = money->end;
  struct number count;
  if (!g_strv_contains(per, l[at].folded) || l[at + 1].kind != LEXEME_WORD) return;
  guint noun = at + 1;
  for (at = noun + 1; at < noun + 3 && g_strv_contains(links, l[at].folded);) at++;
  if (!number_at(r->passage, at, &count) || count.is_ordinal || count.value < 1 || count.value > 100000)
    return;
  if (count.value != (double)(int)count.value || !is_same_noun(&l[noun], &l[count.end])) return;
  money->cents = cents_of(count.value, (double)money->cents);
  money->cents_until = cents_of(count.value, (double)money->cents_until);
  money->end = count.end + 1;
}

bool money_amount_at(const struct money_reader *r, guint at, struct money *money)
{
  if (read_times(r, at, money)) return true;
  if (!read_simple(r, at, money)) return false;
  if (money_mark_at(r, money->end, MONEY_FOREIGN)) return false;
  if (at > 0 && r->l[at - 1].kind != LEXEME_BREAK && money_mark_at(r, at - 1, MONEY_FOREIGN) &&
      !money->has_currency)
    return false;
  if (money->cents > CENTS_MAX || money->cents_until > CENTS_MAX) return false;
  if (money->has_currency) read_count_behind(r, money);
  if (money->has_currency) read_per(r, money);
  return true;
}
