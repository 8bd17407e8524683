/* Numbers are collected into rows ("2, 5 und die 7"); each row is chosen or not by the words around it up to
 * the next comma: "gegen die 3", "3 kann warten", "lieber 2 als 5". A number that counts something else is
 * none: "seit 40 Jahren", "wir zwei", dates, sums, house numbers. Where the list stands in the quote, numbers
 * above its end are none, "alle außer 3" can be said, and a thing may be called by its name ("für die Bank").
 *
 * What surprised us: "2,5" is two choices here and no decimal; "nicht schlecht" is praise; "meine 2 Stimmen"
 * is no choice; and who votes for a mother without a computer says so in the third person, which is kept as
 * the comment and left to the people who count. */
#include "lists/understand/answers/vote/rows.h"

#include <string.h>

enum { RANGE_MAX = 20 };

const struct phrase_hit *vote_tag_at(const struct vote_reader *r, const char *tag, guint at)
{
  return passage_at(r->passage, phrases_tag(tag), at);
}

bool vote_is_mark(const struct vote_reader *r, guint at, const char *marks)
{
  const struct lexeme *it = &r->l->at[at];
  return it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(marks, it->folded[0]);
}

/* ---- one number ---- */

/* Marks the lexemes of dates and sums, but not a bare "2. 5." that only could be a date. */
void vote_mark_others(struct vote_reader *r)
{
  const struct reading_room *room = r->room;
  for (guint i = 0; i < room->money->len; i++) {
    const struct money *sum = &g_array_index(room->money, struct money, i);
    for (guint at = sum->first; sum->has_currency && at < MIN(sum->end, r->l->count); at++) r->other[at] = 1;
  }
  for (guint i = 0; i < room->dates->len; i++) {
    const struct date_found *date = &g_array_index(room->dates, struct date_found, i);
    bool has_word = false;
    guint digits = 0;
    for (guint at = date->first; at < MIN(date->end, r->l->count); at++) {
      has_word |= r->l->at[at].kind == LEXEME_WORD && strlen(r->l->at[at].folded) > 2 &&
                  !vote_tag_at(r, "vote.join", at) && !vote_tag_at(r, "vote.number", at);
      digits += r->l->at[at].kind == LEXEME_DIGITS;
    }
    bool is_dotted = vote_is_mark(r, date->first + 1, ".:"); /* "1/2/3" is a row, "1.2.26" a day */
    bool is_figures = is_dotted && (digits >= 3 || (digits == 2 && vote_is_mark(r, date->end - 1, ".")));
    for (guint at = date->first; (has_word || is_figures) && at < MIN(date->end, r->l->count); at++)
      r->other[at] = 1;
  }
}

/* The number that stands at a lexeme; 0: none. */
static int number_value(const struct vote_reader *r, guint at)
{
  if (at >= r->l->count || r->other[at]) return 0; /* who looks ahead may look too far */
  const struct lexeme *it = &r->l->at[at];
  if (it->kind == LEXEME_DIGITS)
    return it->number <= (uint32_t)r->top && it->end - it->start <= 2 ? (int)it->number : 0;
  const struct phrase_hit *hit = vote_tag_at(r, "vote.number", at);
  int value = hit ? (int)g_ascii_strtoll(hit->value, NULL, 10) : 0;
  return value <= r->top ? value : 0;
}

/* Whether what stands behind says that it counts something. */
static bool counts_something(const struct vote_reader *r, guint at)
{
  const struct lexeme *it = &r->l->at[at];
  guint next = at + 1;
  if (vote_is_mark(r, next, ".") && !r->l->at[next].is_spaced) next++;
  const struct lexeme *behind = &r->l->at[next];
  bool is_titled = at > 0 && vote_tag_at(r, "vote.title", at - 1); /* "für Nummer drei stimmen wir" */
  if (vote_tag_at(r, "vote.unit", next) && !(is_titled && !behind->is_capital)) return true;
  if (behind->kind == LEXEME_DIGITS && !behind->is_spaced && next > at + 1) return true;
  if (behind->kind == LEXEME_WORD && !behind->is_spaced && it->kind == LEXEME_DIGITS && next == at + 1)
    return !lexeme_is(behind, "er");
  if (vote_is_mark(r, at + 1, ":") && r->l->at[at + 2].kind == LEXEME_DIGITS && !r->l->at[at + 2].is_spaced)
    return true;
  bool is_noun = behind->kind == LEXEME_WORD && behind->is_capital && !behind->is_shouted &&
                 !behind->begins_sentence && next == at + 1;
  bool begins_line = at == 0 || r->l->at[at - 1].kind == LEXEME_BREAK;
  bool is_named = at > 0 && (vote_tag_at(r, "vote.cue", at - 1) && !vote_tag_at(r, "vote.join", at - 1));
  bool is_vote_word = is_noun && vote_tag_at(r, "vote.cue", next); /* "der erste Vorschlag" */
  if (!is_noun || begins_line || is_named || is_vote_word) return false;
  const struct asked_item *item = asked_by_number(r->items, number_value(r, at));
  return !item || !strstr(item->title, behind->folded)
             ? it->kind == LEXEME_DIGITS || !g_str_has_suffix(it->folded, "en")
             : false;
}

/* Whether what stands before says that it is something else: "seit 4", "Haus 2", "Dammweg 3", "wir zwei". */
static bool is_something_else(const struct vote_reader *r, guint at)
{
  guint before = at;
  if (before > 0 && vote_is_mark(r, before - 1, ".")) before--;
  if (before == 0) return false;
  before--;
  const struct lexeme *it = &r->l->at[before];
  if (vote_is_mark(r, before, "+") && !(before > 0 && number_value(r, before - 1)))
    return true; /* "+1": a yes */
  if (it->kind == LEXEME_DIGITS || it->kind == LEXEME_BREAK) return false;
  if (vote_tag_at(r, "vote.no-number", before)) {
    bool is_range = lexeme_is(it, "bis") && before > 0 && number_value(r, before - 1) > 0;
    /* "meine Favoriten sind 3 und 5" */
    bool is_named = lexeme_is(it, "sind") && before > 0 && r->l->at[before - 1].is_capital;
    return !lexeme_is(it, "gegen") && !is_range && !is_named;
  }
  if (before > 0 && lexeme_is(it, "nr") && vote_tag_at(r, "vote.no-number", before - 1)) return true;
  return it->kind == LEXEME_WORD && it->is_capital && !it->begins_sentence && before > 0 &&
         !vote_tag_at(r, "vote.cue", before) && r->l->at[at].kind == LEXEME_WORD;
}

/* Words that are numbers want a cue: "für die zwei", "Vorschlag vier", or stand nearly alone. */
static bool has_cue(const struct vote_reader *r, guint at)
{
  if (r->l->at[at].kind == LEXEME_DIGITS) return true;
  if (r->l->count <= 6) return true;
  if (at == 0 || r->l->at[at - 1].kind == LEXEME_BREAK) return true;
  if (vote_is_mark(r, at - 1, ",:&+/-")) return true;
  return vote_tag_at(r, "vote.cue", at - 1) || vote_tag_at(r, "vote.join", at - 1) ||
         vote_tag_at(r, "vote.not-before", at - 1) || (at > 1 && vote_is_mark(r, at - 1, "."));
}

int vote_number_at(const struct vote_reader *r, guint at)
{
  int value = number_value(r, at);
  if (value <= 0 || counts_something(r, at) || is_something_else(r, at) || !has_cue(r, at)) return 0;
  return value;
}

/* ---- a row of numbers ---- */

static bool is_denied_behind(const struct vote_reader *r, guint at);

/* From behind a number to the next one of the row; 0: the row ends. */
static guint next_of_row(const struct vote_reader *r, guint at, bool is_for, bool *is_range)
{
  bool has_comma = false, has_and = false;
  *is_range = false;
  for (guint steps = 0; steps < 6; steps++, at++) {
    const struct lexeme *it = &r->l->at[at];
    /* "die 5, die 1 auf keinen Fall", "für 3, 8 nicht": the second one is said of by itself */
    bool is_apart = vote_tag_at(r, "vote.join", at - 1) || (is_for && !has_and);
    bool begins_anew = has_comma && is_apart && is_denied_behind(r, at + 1);
    if (vote_number_at(r, at)) return begins_anew ? 0 : at;
    has_comma |= vote_is_mark(r, at, ",;");
    if (it->kind == LEXEME_BREAK) *is_range = false;
    /* "4 und 6. Die 1 …": the lexer takes the full stop for an ordinal's */
    if (it->is_capital && it->is_spaced && vote_is_mark(r, at - 1, ".") && lexeme_is(it, "die")) return 0;
    if (vote_is_mark(r, at, "-") || lexeme_is(it, "bis")) {
      *is_range = it->kind == LEXEME_WORD || r->l->at[at - 1].kind != LEXEME_BREAK;
      continue;
    }
    bool joins = vote_is_mark(r, at, ",.+&/;#)") ||
                 (vote_tag_at(r, "vote.join", at) && r->l->at[at].kind == LEXEME_WORD) ||
                 r->l->at[at].kind == LEXEME_BREAK;
    if (!joins) return 0;
    has_and |= it->kind == LEXEME_WORD;
  }
  return 0;
}

void vote_row_read(const struct vote_reader *r, guint at, struct vote_row *row)
{
  row->first = at;
  int last = vote_number_at(r, at);
  g_array_append_val(row->numbers, last);
  row->end = at + 1;
  bool is_range, is_for = at > 0 && vote_tag_at(r, "vote.for", at - 1);
  for (guint next; (next = next_of_row(r, row->end, is_for, &is_range)) != 0; row->end = next + 1) {
    int value = vote_number_at(r, next);
    for (int between = last + 1; is_range && between < value && value - last <= RANGE_MAX; between++)
      g_array_append_val(row->numbers, between);
    g_array_append_val(row->numbers, value);
    last = value;
  }
}

/* A place where what is said of a row begins or ends. */
bool vote_is_border(const struct vote_reader *r, guint at)
{
  const struct lexeme *it = &r->l->at[at];
  if (it->kind == LEXEME_END || it->kind == LEXEME_BREAK || vote_tag_at(r, "clause.break", at)) return true;
  if (lexeme_is(it, "wenn") || lexeme_is(it, "falls")) return true;
  return vote_is_mark(r, at, ",;!?.()");
}

bool vote_denies(const struct phrase_hit *hit)
{
  return hit && !g_str_equal(hit->value, "none");
}

/* "lieber 2 als 5": the row behind "als" is not chosen. */
static bool is_second_of_two(const struct vote_reader *r, const struct vote_row *row)
{
  for (guint back = 1; back <= 3 && back <= row->first; back++) {
    const struct lexeme *it = &r->l->at[row->first - back];
    if (it->kind != LEXEME_WORD) return false;
    if (lexeme_is(it, "als") || lexeme_is(it, "than")) return true;
  }
  return false;
}

/* "finde ich nicht schlecht": praise stands within what would deny. */
static bool is_praise(const struct vote_reader *r, const struct phrase_hit *hit)
{
  for (guint at = hit->first; at < hit->end; at++) {
    const struct phrase_hit *inner = vote_tag_at(r, "vote.not-behind", at);
    if (inner && !vote_denies(inner)) return true;
  }
  return false;
}

/* "3 kann warten", "4: nein": what is said behind a row. */
static bool is_denied_behind(const struct vote_reader *r, guint end)
{
  for (guint at = end; at < r->l->count && at < end + LOOK_LEXEMES && !vote_is_border(r, at); at++) {
    if (vote_number_at(r, at)) break;
    const struct phrase_hit *hit = vote_tag_at(r, "vote.not-behind", at);
    if (vote_denies(hit) && !is_praise(r, hit)) {
      bool is_of_next =
          vote_tag_at(r, "vote.not-before", at) && (vote_number_at(r, at + 1) || vote_number_at(r, at + 2));
      if (!is_of_next) return true;
    }
    if (hit) at = hit->end - 1;
  }
  return false;
}

/* "nichts davon außer 4", "keine bis auf die 2". */
static bool is_all_that_is_wanted(const struct vote_reader *r, const struct vote_row *row)
{
  bool has_except = false;
  for (guint back = 1; back <= LOOK_LEXEMES && back <= row->first; back++) {
    if (vote_tag_at(r, "vote.except", row->first - back)) has_except = true;
    if (has_except && vote_tag_at(r, "vote.none", row->first - back)) return true;
  }
  return false;
}

/* Looks behind first; then before: "gegen die 3". */
bool vote_row_is_denied(const struct vote_reader *r, const struct vote_row *row)
{
  if (is_all_that_is_wanted(r, row)) return false;
  if (is_second_of_two(r, row) || is_denied_behind(r, row->end)) return true;
  guint from = row->first - MIN(row->first, LOOK_LEXEMES);
  guint start = row->first;
  if (start > 0 && vote_is_mark(r, start - 1, "(") && vote_is_mark(r, row->end, ")"))
    start--; /* "nicht das Plakat (5)" */
  while (start > from && !vote_is_border(r, start - 1) && !vote_number_at(r, start - 1)) start--;
  if (start > 0 && row->first > start && lexeme_is(&r->l->at[start - 1], "aber") && start == row->first)
    return false;
  for (guint at = start; at < row->first; at++) {
    const struct phrase_hit *hit = vote_tag_at(r, "vote.not-before", at);
    if (vote_denies(hit)) return true;
    if (hit) at = hit->end - 1;
  }
  return false;
}
