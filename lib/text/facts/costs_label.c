/* What a cost is for: in a row of a table everything before the amount; in prose the last noun before it ("die
 * Kübel machen 190,-"), the words within it ("2 Kübel à 45 €"), or those behind it ("190 € für die Kübel").
 *
 * What surprised us: relative clauses put a comma and a verb between a thing and its price ("noch ne Bank, die
 * kostet aber 349,90"), so words that say nothing are taken off both edges before a comma cuts. */
#include "lib/text/facts/costs_private.h"
#include "lib/text/facts/numbers.h"

#include <string.h>

enum { LABEL_WORDS_MAX = 12, LABEL_BACK_MAX = 40 };

static const struct mark *mark_at(const struct cost_reader *r, guint at, enum cost_role role)
{
  for (guint i = marks_from(r->marks, at); i < r->marks->len; i++) {
    const struct mark *mark = &g_array_index(r->marks, struct mark, i);
    if (mark->first != at) return NULL;
    if (mark->role == role) return mark;
  }
  return NULL;
}

static bool is_trimmed(const struct cost_reader *r, guint at)
{
  const struct lexeme *it = &r->l[at];
  if (it->kind == LEXEME_BREAK || it->kind == LEXEME_DIGITS) return true;
  if (it->kind == LEXEME_MARK) return !strchr("()", it->folded[0]);
  return mark_at(r, at, COST_TRIM) || mark_at(r, at, COST_FOR) || mark_at(r, at, COST_UNIT);
}

/* Takes what says nothing off both edges. */
static void trim(const struct cost_reader *r, guint *from, guint *to)
{
  while (*from < *to && (is_trimmed(r, *from) || lexeme_is(&r->l[*from], ")")))
    (*from)++;
  while (*to > *from && (is_trimmed(r, *to - 1) || lexeme_is(&r->l[*to - 1], "(")))
    (*to)--;
  if (*from < *to && lexeme_is(&r->l[*to - 1], ")")) {
    bool is_opened = false;
    for (guint at = *from; at < *to; at++)
      is_opened |= lexeme_is(&r->l[at], "(");
    if (!is_opened) (*to)--;
  }
}

/* Whether a thought ends at this lexeme: sentence, colon, semicolon, a new line of a list. In a row of a table
 * colons and bars part its columns, and dots lead to its amount. */
static bool ends_thought(const struct lexeme *l, guint at, bool is_row)
{
  if (l[at].kind == LEXEME_BREAK) return is_row || l[at + 1].begins_sentence || l[at + 1].kind == LEXEME_BREAK;
  if (l[at].kind != LEXEME_MARK) return false;
  if (strchr(";|:", l[at].folded[0])) return !is_row;
  return strchr(".!?", l[at].folded[0]) && l[at + 1].begins_sentence && l[at + 1].kind == LEXEME_WORD;
}

static guint thought_begin(const struct lexeme *l, guint from, guint to, bool is_row)
{
  guint at = to;
  while (at > from && to - at < LABEL_BACK_MAX && !ends_thought(l, at - 1, is_row))
    at--;
  return at;
}

bool cost_is_row(const struct cost_reader *r, const struct cost_item *item)
{
  guint from = item->line, to = item->money.first;
  for (guint at = item->money.end; at < item->line_end; at++)
    if (r->l[at].kind == LEXEME_WORD) return false;
  for (guint at = from; at < to; at++)
    if (r->l[at].kind == LEXEME_WORD) {
      trim(r, &from, &to);
      return from < to && to - from <= LABEL_WORDS_MAX;
    }
  return false;
}

/* Prose: what stands behind the last comma, if it says something. */
static void cut_at_comma(const struct cost_reader *r, guint *from, guint *to)
{
  for (guint at = *to; at-- > *from;) {
    if (!lexeme_is(&r->l[at], ",")) continue;
    guint first = at + 1, end = *to;
    trim(r, &first, &end);
    if (first < end) {
      *from = first;
      *to = end;
      return;
    }
    *to = at;
    trim(r, from, to);
    at = *to;
  }
}

/* Prose: "Tischtennisplatte am Sandbacher Platz" is a Tischtennisplatte. */
static void cut_at_where(const struct cost_reader *r, guint from, guint *to)
{
  for (guint at = from + 1; at < *to; at++)
    if (mark_at(r, at, COST_WHERE)) {
      *to = at;
      return;
    }
}

/* Prose: a long row of words is cut to what follows its last small word before the last noun. */
static void cut_long(const struct cost_reader *r, guint *from, guint to)
{
  if (to - *from <= 4) return;
  guint noun = to;
  for (guint at = to; at-- > *from;)
    if (r->l[at].kind == LEXEME_WORD && r->l[at].is_capital) {
      noun = at;
      break;
    }
  if (noun == to) return;
  guint first = noun;
  while (first > *from && noun - first < 2 && r->l[first - 1].kind == LEXEME_WORD && !is_trimmed(r, first - 1) &&
         !mark_at(r, first - 1, COST_WHERE))
    first--;
  *from = first;
}

static char *clean(const struct cost_reader *r, guint from, guint to)
{
  trim(r, &from, &to);
  g_autofree char *text = passage_text(r->passage, from, MIN(to, from + LABEL_WORDS_MAX));
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *p = text; *p; p++)
    if (!strchr(" \t\r\n", *p))
      g_string_append_c(out, *p);
    else if (out->len && out->str[out->len - 1] != ' ')
      g_string_append_c(out, ' ');
  return g_strchomp(g_strdup(out->str));
}

char *cost_label_before(const struct cost_reader *r, guint from, guint to, bool is_row)
{
  guint first = thought_begin(r->l, from, to, is_row), left = first, right = to;
  trim(r, &left, &right);
  if (left >= right && first > from && lexeme_is(&r->l[first - 1], ":")) {
    to = first - 1;
    first = thought_begin(r->l, from, to, false);
  }
  trim(r, &first, &to);
  for (guint at = to; is_row && at-- > first;)
    if (strchr(":|", r->l[at].folded[0]) && r->l[at].kind == LEXEME_MARK) {
      /* "Kosten: Holz 120": what stands behind the last colon, where there is something */
      first = at + 1;
      break;
    }
  trim(r, &first, &to);
  if (!is_row && first < to) {
    cut_at_comma(r, &first, &to);
    cut_at_where(r, first, &to);
    cut_long(r, &first, to);
  }
  return clean(r, first, to);
}

/* Words inside the amount: "2 Kübel à 45 €". */
static char *label_within(const struct cost_reader *r, const struct money *money)
{
  guint from = money->first, to = money->end;
  struct number number;
  if (number_at(r->passage, from, &number)) from = MIN(number.end, to);
  while (from < to && is_trimmed(r, from))
    from++;
  guint end = from;
  while (end < to && r->l[end].kind == LEXEME_WORD && !is_trimmed(r, end))
    end++;
  return end > from ? clean(r, from, end) : g_strdup("");
}

/* Words behind the amount, up to a comma or the end of the thought. */
static char *label_behind(const struct cost_reader *r, struct cost_item *item, guint to)
{
  guint from = item->money.end, end = from;
  while (end < to && !ends_thought(r->l, end, false) && !lexeme_is(&r->l[end], ",") &&
         end - from < LABEL_BACK_MAX)
    end++;
  item->label_end = end;
  guint first = from, last = end;
  trim(r, &first, &last);
  cut_at_where(r, first, &last);
  if (last - first > 5) last = first + 5;
  return clean(r, first, last);
}

char *cost_label(const struct cost_reader *r, struct cost_item *item, guint from, guint to)
{
  bool is_row = cost_is_row(r, item);
  bool has_for = mark_at(r, item->money.end, COST_FOR) != NULL;
  item->label_end = item->money.end;
  g_autofree char *within = label_within(r, &item->money);
  if (*within) return g_steal_pointer(&within);
  g_autofree char *before = cost_label_before(r, MAX(from, is_row ? item->line : from), item->money.first, is_row);
  if (*before && !(has_for && !is_row && !g_ascii_isupper(*before) && (guchar)*before < 0x80))
    return g_steal_pointer(&before);
  g_autofree char *behind = label_behind(r, item, to);
  if (*behind) return g_steal_pointer(&behind);
  item->label_end = item->money.end;
  return g_steal_pointer(&before);
}
