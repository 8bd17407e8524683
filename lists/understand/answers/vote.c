/* Votes and support: which numbers of our list are chosen. Called by understand() for answers to a list of
 * proposals, and for "support". The numbers are those printed in the mail that asked.
 *
 * Numbers are collected into rows ("2, 5 und die 7"); each row is chosen or not by the words around it up to
 * the next comma: "gegen die 3", "3 kann warten", "lieber 2 als 5". A number that counts something else is
 * none: "seit 40 Jahren", "wir zwei", dates, sums, house numbers. Where the list stands in the quote, numbers
 * above its end are none, "alle außer 3" can be said, and a thing may be called by its name ("für die Bank").
 *
 * What surprised us: "2,5" is two choices here and no decimal; "nicht schlecht" is praise; "meine 2 Stimmen"
 * is no choice; and who votes for a mother without a computer says so in the third person, which is kept as
 * the comment and left to the people who count. */
#include "lists/understand/answers/asked.h"
#include "lists/understand/answers/clauses.h"

#include <string.h>

enum { NUMBER_MAX = 60, RANGE_MAX = 20, LOOK_LEXEMES = 8 };

struct vote_reader {
  const struct reading_room *room;
  const struct passage *passage;
  const struct lexemes *l;
  GPtrArray *items;
  GArray *chosen; /* int */
  guint8 *other;  /* a lexeme: 1 belongs to a date or a sum */
  int top;        /* the list's last number; NUMBER_MAX where it is not known */
};

static const struct phrase_hit *at_tag(const struct vote_reader *r, const char *tag, guint at)
{
  return passage_at(r->passage, phrases_tag(tag), at);
}

static bool is_mark(const struct vote_reader *r, guint at, const char *marks)
{
  const struct lexeme *it = &r->l->at[at];
  return it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(marks, it->folded[0]);
}

/* ---- what is chosen ---- */

static void choose(struct vote_reader *r, int number)
{
  if (number < 1 || number > r->top) return;
  for (guint i = 0; i < r->chosen->len; i++)
    if (g_array_index(r->chosen, int, i) == number) return;
  g_array_append_val(r->chosen, number);
}

static void unchoose(struct vote_reader *r, int number)
{
  for (guint i = 0; i < r->chosen->len; i++)
    if (g_array_index(r->chosen, int, i) == number) {
      g_array_remove_index(r->chosen, i);
      return;
    }
}

/* ---- one number ---- */

/* Marks the lexemes of dates and sums, but not a bare "2. 5." that only could be a date. */
static void mark_others(struct vote_reader *r)
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
                  !at_tag(r, "vote.join", at) && !at_tag(r, "vote.number", at);
      digits += r->l->at[at].kind == LEXEME_DIGITS;
    }
    bool is_dotted = is_mark(r, date->first + 1, ".:"); /* "1/2/3" is a row, "1.2.26" a day */
    bool is_figures = is_dotted && (digits >= 3 || (digits == 2 && is_mark(r, date->end - 1, ".")));
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
  const struct phrase_hit *hit = at_tag(r, "vote.number", at);
  int value = hit ? (int)g_ascii_strtoll(hit->value, NULL, 10) : 0;
  return value <= r->top ? value : 0;
}

/* Whether what stands behind says that it counts something. */
static bool counts_something(const struct vote_reader *r, guint at)
{
  const struct lexeme *it = &r->l->at[at];
  guint next = at + 1;
  if (is_mark(r, next, ".") && !r->l->at[next].is_spaced) next++;
  const struct lexeme *behind = &r->l->at[next];
  if (at_tag(r, "vote.unit", next)) return true;
  if (behind->kind == LEXEME_DIGITS && !behind->is_spaced && next > at + 1) return true;
  if (behind->kind == LEXEME_WORD && !behind->is_spaced && it->kind == LEXEME_DIGITS && next == at + 1)
    return !lexeme_is(behind, "er");
  if (is_mark(r, at + 1, ":") && r->l->at[at + 2].kind == LEXEME_DIGITS && !r->l->at[at + 2].is_spaced)
    return true;
  bool is_noun = behind->kind == LEXEME_WORD && behind->is_capital && !behind->is_shouted &&
                 !behind->begins_sentence && next == at + 1;
  bool begins_line = at == 0 || r->l->at[at - 1].kind == LEXEME_BREAK;
  bool is_named = at > 0 && (at_tag(r, "vote.cue", at - 1) && !at_tag(r, "vote.join", at - 1));
  bool is_vote_word = is_noun && at_tag(r, "vote.cue", next); /* "der erste Vorschlag" */
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
  if (before > 0 && is_mark(r, before - 1, ".")) before--;
  if (before == 0) return false;
  before--;
  const struct lexeme *it = &r->l->at[before];
  if (is_mark(r, before, "+") && !(before > 0 && number_value(r, before - 1))) return true; /* "+1": a yes */
  if (it->kind == LEXEME_DIGITS || it->kind == LEXEME_BREAK) return false;
  if (at_tag(r, "vote.no-number", before)) {
    bool is_range = lexeme_is(it, "bis") && before > 0 && number_value(r, before - 1) > 0;
    /* "meine Favoriten sind 3 und 5" */
    bool is_named = lexeme_is(it, "sind") && before > 0 && r->l->at[before - 1].is_capital;
    return !lexeme_is(it, "gegen") && !is_range && !is_named;
  }
  if (before > 0 && lexeme_is(it, "nr") && at_tag(r, "vote.no-number", before - 1)) return true;
  return it->kind == LEXEME_WORD && it->is_capital && !it->begins_sentence && before > 0 &&
         !at_tag(r, "vote.cue", before) && r->l->at[at].kind == LEXEME_WORD;
}

/* Words that are numbers want a cue: "für die zwei", "Vorschlag vier", or stand nearly alone. */
static bool has_cue(const struct vote_reader *r, guint at)
{
  if (r->l->at[at].kind == LEXEME_DIGITS) return true;
  if (r->l->count <= 6) return true;
  if (at == 0 || r->l->at[at - 1].kind == LEXEME_BREAK) return true;
  if (is_mark(r, at - 1, ",:&+/-")) return true;
  return at_tag(r, "vote.cue", at - 1) || at_tag(r, "vote.join", at - 1) ||
         at_tag(r, "vote.not-before", at - 1) || (at > 1 && is_mark(r, at - 1, "."));
}

static int number_at_lexeme(const struct vote_reader *r, guint at)
{
  int value = number_value(r, at);
  if (value <= 0 || counts_something(r, at) || is_something_else(r, at) || !has_cue(r, at)) return 0;
  return value;
}

/* ---- a row of numbers ---- */

struct row {
  guint first, end; /* from its first number to behind its last */
  GArray *numbers;
};

static bool is_denied_behind(const struct vote_reader *r, guint at);

/* From behind a number to the next one of the row; 0: the row ends. */
static guint next_of_row(const struct vote_reader *r, guint at, bool *is_range)
{
  bool has_comma = false;
  *is_range = false;
  for (guint steps = 0; steps < 6; steps++, at++) {
    const struct lexeme *it = &r->l->at[at];
    /* "die 5, die 1 auf keinen Fall": the second one is said of by itself */
    bool begins_anew = has_comma && at_tag(r, "vote.join", at - 1) && is_denied_behind(r, at + 1);
    if (number_at_lexeme(r, at)) return begins_anew ? 0 : at;
    has_comma |= is_mark(r, at, ",;");
    if (it->kind == LEXEME_BREAK) *is_range = false;
    /* "4 und 6. Die 1 …": the lexer takes the full stop for an ordinal's */
    if (it->is_capital && it->is_spaced && is_mark(r, at - 1, ".") && lexeme_is(it, "die")) return 0;
    if (is_mark(r, at, "-") || lexeme_is(it, "bis")) {
      *is_range = it->kind == LEXEME_WORD || r->l->at[at - 1].kind != LEXEME_BREAK;
      continue;
    }
    bool joins = is_mark(r, at, ",.+&/;#)") ||
                 (at_tag(r, "vote.join", at) && r->l->at[at].kind == LEXEME_WORD) ||
                 r->l->at[at].kind == LEXEME_BREAK;
    if (!joins) return 0;
  }
  return 0;
}

static void read_row(const struct vote_reader *r, guint at, struct row *row)
{
  row->first = at;
  int last = number_at_lexeme(r, at);
  g_array_append_val(row->numbers, last);
  row->end = at + 1;
  bool is_range;
  for (guint next; (next = next_of_row(r, row->end, &is_range)) != 0; row->end = next + 1) {
    int value = number_at_lexeme(r, next);
    for (int between = last + 1; is_range && between < value && value - last <= RANGE_MAX; between++)
      g_array_append_val(row->numbers, between);
    g_array_append_val(row->numbers, value);
    last = value;
  }
}

/* A place where what is said of a row begins or ends. */
static bool is_border(const struct vote_reader *r, guint at)
{
  const struct lexeme *it = &r->l->at[at];
  if (it->kind == LEXEME_END || it->kind == LEXEME_BREAK || at_tag(r, "clause.break", at)) return true;
  if (lexeme_is(it, "wenn") || lexeme_is(it, "falls")) return true;
  return is_mark(r, at, ",;!?.()");
}

static bool denies(const struct phrase_hit *hit)
{
  return hit && !g_str_equal(hit->value, "none");
}

/* "lieber 2 als 5": the row behind "als" is not chosen. */
static bool is_second_of_two(const struct vote_reader *r, const struct row *row)
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
    const struct phrase_hit *inner = at_tag(r, "vote.not-behind", at);
    if (inner && !denies(inner)) return true;
  }
  return false;
}

/* "3 kann warten", "4: nein": what is said behind a row. */
static bool is_denied_behind(const struct vote_reader *r, guint end)
{
  for (guint at = end; at < r->l->count && at < end + LOOK_LEXEMES && !is_border(r, at); at++) {
    if (number_at_lexeme(r, at)) break;
    const struct phrase_hit *hit = at_tag(r, "vote.not-behind", at);
    if (denies(hit) && !is_praise(r, hit)) {
      bool is_of_next =
          at_tag(r, "vote.not-before", at) && (number_at_lexeme(r, at + 1) || number_at_lexeme(r, at + 2));
      if (!is_of_next) return true;
    }
    if (hit) at = hit->end - 1;
  }
  return false;
}

/* "nichts davon außer 4", "keine bis auf die 2". */
static bool is_all_that_is_wanted(const struct vote_reader *r, const struct row *row)
{
  bool has_except = false;
  for (guint back = 1; back <= LOOK_LEXEMES && back <= row->first; back++) {
    if (at_tag(r, "vote.except", row->first - back)) has_except = true;
    if (has_except && at_tag(r, "vote.none", row->first - back)) return true;
  }
  return false;
}

/* Looks behind first; then before: "gegen die 3". */
static bool is_denied(const struct vote_reader *r, const struct row *row)
{
  if (is_all_that_is_wanted(r, row)) return false;
  if (is_second_of_two(r, row) || is_denied_behind(r, row->end)) return true;
  guint from = row->first - MIN(row->first, LOOK_LEXEMES);
  guint start = row->first;
  while (start > from && !is_border(r, start - 1) && !number_at_lexeme(r, start - 1)) start--;
  if (start > 0 && row->first > start && lexeme_is(&r->l->at[start - 1], "aber") && start == row->first)
    return false;
  for (guint at = start; at < row->first; at++) {
    const struct phrase_hit *hit = at_tag(r, "vote.not-before", at);
    if (denies(hit)) return true;
    if (hit) at = hit->end - 1;
  }
  return false;
}

/* ---- rows without numbers ---- */

static void choose_span(struct vote_reader *r, int first, int last)
{
  for (int number = first; number <= last && number < first + NUMBER_MAX; number++) choose(r, number);
}

static int count_of(const struct phrase_hit *hit)
{
  const char *blank = strchr(hit->value, ' ');
  return blank ? (int)g_ascii_strtoll(blank, NULL, 10) : 0;
}

/* "Die ersten beiden", "die letzten drei". Marks their lexemes so that "drei" is not read again. */
static void read_ends(struct vote_reader *r)
{
  for (guint at = 0; at < r->l->count; at++) {
    const struct phrase_hit *hit = at_tag(r, "vote.all", at);
    if (!hit || hit->value[0] == 'a' || (hit->value[0] == 'l' && r->items->len == 0)) continue;
    struct row row = { .first = hit->first, .end = hit->end };
    for (guint k = hit->first; k < hit->end; k++) r->other[k] = 1;
    at = hit->end - 1;
    if (is_denied(r, &row)) continue;
    if (hit->value[0] == 'f')
      choose_span(r, 1, count_of(hit));
    else
      choose_span(r, r->top - count_of(hit) + 1, r->top);
  }
}

/* "… außer dem Chor und den Bänken": each thing named behind the word is taken out. */
static void unchoose_names(struct vote_reader *r)
{
  const struct phrase_hit *except = passage_find(r->passage, phrases_tag("vote.except"), 0);
  guint first = except ? except->end : r->l->count;
  for (guint at = first; except && at <= r->l->count && at < first + 4 * LOOK_LEXEMES; at++) {
    bool is_end = at == r->l->count || is_border(r, at) || at_tag(r, "vote.join", at);
    if (!is_end || at == first) continue;
    g_autofree char *words = passage_text(r->passage, first, at);
    const struct asked_item *item = asked_by_words(r->items, words);
    if (item) unchoose(r, item->number);
    first = at + 1;
  }
}

/* "Alle", "alle außer 3": counts where no number is chosen, and only if the list is known. */
static void read_all(struct vote_reader *r, const GArray *denied)
{
  const struct phrase_hit *hit = passage_find(r->passage, phrases_tag("vote.all"), 0);
  if (!hit || hit->value[0] != 'a' || r->items->len == 0 || at_tag(r, "vote.unit", hit->end)) return;
  struct row row = { .first = hit->first, .end = hit->end };
  bool excepts = denied->len > 0;
  if (!excepts && is_denied(r, &row)) return;
  choose_span(r, 1, r->top);
  for (guint i = 0; i < denied->len; i++) unchoose(r, g_array_index(denied, int, i));
  unchoose_names(r);
}

/* A thing of the list called by its name, clause by clause. */
static void read_names(struct vote_reader *r)
{
  g_autoptr(GArray) clauses = clauses_of(r->passage);
  for (guint i = 0; r->items->len && i < MIN(clauses->len, 40); i++) {
    const struct clause *clause = &g_array_index(clauses, struct clause, i);
    g_autofree char *words = passage_text(r->passage, clause->first, clause->end);
    const struct asked_item *item = clause->is_question ? NULL : asked_by_words(r->items, words);
    if (!item) continue;
    const struct clause *next = i + 1 < clauses->len ? &g_array_index(clauses, struct clause, i + 1) : NULL;
    /* "Chorabend: nein" */
    bool is_told_behind = next && clause->end > 0 && next->first >= clause->end &&
                          (is_mark(r, clause->end, ":") || is_mark(r, clause->end - 1, ":"));
    bool is_denied_here = (is_told_behind && denies(clause_find(r->passage, "vote.not-behind", next))) ||
                          denies(clause_find(r->passage, "vote.not-before", clause)) ||
                          denies(clause_find(r->passage, "vote.not-behind", clause));
    if (is_denied_here)
      unchoose(r, item->number);
    else
      choose(r, item->number);
  }
}

/* Rows in order; who is for and against the same number is against it. */
static void read_numbers(struct vote_reader *r, GArray *denied)
{
  for (guint at = 0; at < r->l->count;) {
    if (!number_at_lexeme(r, at)) {
      at++;
      continue;
    }
    struct row row = { .numbers = g_array_new(FALSE, FALSE, sizeof(int)) };
    read_row(r, at, &row);
    bool is_no = is_denied(r, &row);
    for (guint i = 0; i < row.numbers->len; i++) {
      int number = g_array_index(row.numbers, int, i);
      if (is_no)
        g_array_append_val(denied, number);
      else
        choose(r, number);
    }
    g_array_unref(row.numbers);
    at = row.end;
  }
  for (guint i = 0; i < denied->len; i++) unchoose(r, g_array_index(denied, int, i));
}

/* ---- all of it ---- */

/* Anything beside the numbers is kept for those who count. */
static char *comment_of(const struct vote_reader *r)
{
  guint words = 0;
  for (guint at = 0; at < r->l->count; at++)
    words += r->l->at[at].kind == LEXEME_WORD && !at_tag(r, "vote.cue", at) && !at_tag(r, "vote.join", at) &&
             !at_tag(r, "vote.number", at);
  if (words < 3 && !passage_has(r->passage, "vote.proxy")) return NULL;
  char *text = g_strstrip(g_strdup(r->l->text));
  return text;
}

/* "Ja", "dagegen", "ich enthalte mich", where no number was named. */
static void read_answer(const struct vote_reader *r, struct meaning *meaning)
{
  const struct phrase_hit *no = passage_find(r->passage, phrases_tag("vote.no"), 0),
                          *yes = passage_find(r->passage, phrases_tag("vote.yes"), 0);
  if (passage_has(r->passage, "vote.abstain"))
    meaning->abstains = true;
  else if (no && (!yes || no->first <= yes->first))
    meaning->answer = ANSWER_NO;
  else if (yes)
    meaning->answer = ANSWER_YES;
  else
    meaning->answer = answer_read(r->passage).answer;
}

void read_vote(const struct reading_room *room, struct meaning *meaning)
{
  g_autoptr(GPtrArray) items = asked_items(room->mail);
  g_autofree guint8 *other = g_new0(guint8, room->passage->lexemes->count + 1);
  const struct asked_item *last = items->len ? g_ptr_array_index(items, items->len - 1) : NULL;
  struct vote_reader r = { .room = room,
                           .passage = room->passage,
                           .l = room->passage->lexemes,
                           .items = items,
                           .chosen = meaning->choices,
                           .other = other,
                           .top = last ? last->number : NUMBER_MAX };
  mark_others(&r);
  g_autoptr(GArray) denied = g_array_new(FALSE, FALSE, sizeof(int));
  read_ends(&r);
  read_numbers(&r, denied);
  /* "gegen 1 und 2, für den Rest" */
  bool is_rest = denied->len > 0 && items->len > 0 && passage_has(room->passage, "vote.rest");
  if (meaning->choices->len == 0 && is_rest) choose_span(&r, 1, r.top);
  for (guint i = 0; is_rest && i < denied->len; i++) unchoose(&r, g_array_index(denied, int, i));
  if (meaning->choices->len == 0) read_all(&r, denied);
  if (meaning->choices->len == 0) read_names(&r);
  if (meaning->choices->len == 0) read_answer(&r, meaning);
  g_free(meaning->comment);
  meaning->comment = comment_of(&r);
  g_free(meaning->reason);
  meaning->reason = meaning->choices->len ? g_strdup_printf("An answer to a list, with %u numbers chosen.",
                                                            meaning->choices->len)
                                          : g_strdup("An answer to a vote.");
}
