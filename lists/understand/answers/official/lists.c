/* Several cases in one mail, as clerks list them: "KP-2026-0198: erledigt" on a line each, a number above its
 * paragraph, "A und B sind erledigt, C folgt im März", "A bis C: alles im Mai". Numbers that are joined share
 * what follows them, up to the next number. Called by cases.c.
 *
 * What surprised us: the words before a number matter as much as those behind it. "Der Poller (KP-…) wird
 * ersetzt, die Bank (KP-…) im Juni" reads like a list and is none: cut at its numbers it says nonsense. So
 * where other words than "zu", "Fall" or a bullet lead to a number, it is unclear, and its author is asked.
 */
#include "lists/understand/answers/official/lists.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/card.h"
#include "lists/understand/answers/official/cases.h"

#include <string.h>

enum {
  NUMBERS_MAX = 200,
  RANGE_MAX = 20,
  JOINING = 6,
  LABEL_LEXEMES = 14,
  LABEL_WORDS = 5,
  SHORT_LEAST = 3,
  SHORT_MOST = 4
};

/* Numbers that are joined, and what is said of them. */
struct group {
  guint lead;         /* where the words that lead to the first of them begin */
  guint first, end;   /* lexemes, brackets and labels among them */
  GPtrArray *numbers; /* char* */
  bool is_clear;
};

struct list_reader {
  const struct passage *passage;
  const struct lexemes *l;
  GArray *groups; /* struct group */
};

guint official_case_number_end(const struct lexemes *l, guint at)
{
  if (lexeme_is(&l->at[at], "kp") && at + 1 < l->count) at += lexeme_is(&l->at[at + 1], "-") ? 2 : 1;
  if (at + 2 >= l->count) return 0;
  const struct lexeme *year = &l->at[at], *dash = &l->at[at + 1], *number = &l->at[at + 2];
  bool is_year = year->kind == LEXEME_DIGITS && year->number >= 2000 && year->number < 2100;
  bool is_number = number->kind == LEXEME_DIGITS && number->end - number->start >= 3 && !number->is_spaced;
  if (!is_year || !is_number || !(lexeme_is(dash, "-") || lexeme_is(dash, "/"))) return 0;
  if (lexeme_is(dash, "/") && number->number == year->number + 1) return 0; /* "2026/2027" */
  const struct lexeme *behind = &l->at[at + 3];
  return lexeme_is(behind, "-") && !behind->is_spaced && at + 3 < l->count ? 0 : at + 3;
}

char *official_case_number(const struct lexemes *l, guint end)
{
  return g_strdup_printf("KP-%s-%s", l->at[end - 3].folded, l->at[end - 1].folded);
}

static bool is_mark(const struct lexeme *it, const char *marks)
{
  return it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(marks, it->folded[0]);
}

static bool is_word(const struct list_reader *r, const char *tag, guint at)
{
  return passage_at(r->passage, phrases_tag(tag), at) != NULL;
}

/* ---- the numbers ---- */

/* "0002" behind "KP-2026-0001 und", and "0003 folgt" in a part of its own behind that: of the same year. A
 * year, a dial or a room is none. 0: no such number. */
static guint short_number_end(const struct list_reader *r, guint at, bool is_joined)
{
  const struct lexeme *it = &r->l->at[at], *next = it + 1;
  guint size = it->end - it->start;
  if (it->kind != LEXEME_DIGITS || size < SHORT_LEAST || size > SHORT_MOST || !it->is_spaced) return 0;
  if (next->kind == LEXEME_DIGITS || (is_mark(next, "-/.") && next[1].kind == LEXEME_DIGITS)) return 0;
  bool is_padded = it->folded[0] == '0', is_year = it->number >= 1900 && it->number < 2100;
  if (is_joined) return is_padded || (size == SHORT_MOST && !is_year) ? at + 1 : 0;
  const struct lexeme *before = at ? it - 1 : NULL;
  bool begins =
      before && (before->kind == LEXEME_BREAK || is_mark(before, ",;.") || is_word(r, "cases.join", at - 1));
  return is_padded && begins && (is_mark(next, ":") || is_word(r, "cases.verb", at + 1)) ? at + 1 : 0;
}

static guint number_end(const struct list_reader *r, guint at, bool is_joined)
{
  guint end = official_case_number_end(r->l, at);
  return end ? end : short_number_end(r, at, is_joined);
}

/* The number that ends there, whole; a short one is of the year of the one before. Caller frees. */
static char *number_before(const struct list_reader *r, guint end, const char *before)
{
  bool is_whole = end >= 3 && official_case_number_end(r->l, end - 3) == end;
  if (is_whole || !before) return official_case_number(r->l, end);
  return g_strdup_printf("%.*s%s", (int)strlen("KP-2026-"), before, r->l->at[end - 1].folded);
}

enum join { JOIN_NONE, JOIN_BOTH, JOIN_RANGE };

/* How a number is joined to the next one, which begins at *next. */
static enum join join_behind(const struct list_reader *r, guint end, guint *next)
{
  enum join join = JOIN_NONE;
  for (guint at = end; at < MIN(r->l->count, end + JOINING); at++) {
    const struct lexeme *it = &r->l->at[at];
    *next = at;
    if (at > end && number_end(r, at, join != JOIN_NONE)) return join;
    if (is_word(r, "cases.until", at))
      join = JOIN_RANGE;
    else if (is_word(r, "cases.join", at) || is_mark(it, ",/&+"))
      join = join == JOIN_RANGE ? JOIN_RANGE : JOIN_BOTH;
    else if (it->kind != LEXEME_BREAK && !is_word(r, "cases.lead", at) && !is_mark(it, "()[]"))
      return JOIN_NONE;
  }
  return JOIN_NONE;
}

/* Adds the numbers between two that "bis" joins, and the second; false: these are no numbers in order. */
static bool add_range(GPtrArray *numbers, const struct list_reader *r, guint end)
{
  const char *from = g_ptr_array_index(numbers, numbers->len - 1);
  g_autofree char *to = number_before(r, end, from);
  int year = (int)g_ascii_strtoll(from + strlen("KP-"), NULL, 10);
  int64_t low = g_ascii_strtoll(strrchr(from, '-') + 1, NULL, 10),
          high = g_ascii_strtoll(strrchr(to, '-') + 1, NULL, 10); /* of any length: no int holds them */
  bool is_range = strncmp(from, to, strlen("KP-2026-")) == 0 && low < high && high - low <= RANGE_MAX;
  for (int64_t number = low + 1; is_range && number < high; number++)
    g_ptr_array_add(numbers, g_strdup_printf("KP-%d-%04" G_GINT64_FORMAT, year, number));
  g_ptr_array_add(numbers, g_steal_pointer(&to));
  return is_range;
}

/* Where the words that lead to a number begin: a bullet, a count, "zu", "die Fälle". *is_clear false: other
 * words of its sentence stand before them. */
static guint lead_of(const struct list_reader *r, guint first, guint from, bool *is_clear)
{
  guint at = first;
  *is_clear = true;
  while (at > from) {
    const struct lexeme *it = &r->l->at[at - 1];
    bool is_count = it->kind == LEXEME_DIGITS && it->end - it->start <= 3;
    bool ends_count = is_mark(it, ".)") && at > from + 1 && r->l->at[at - 2].kind == LEXEME_DIGITS &&
                      (at < from + 3 || r->l->at[at - 3].kind == LEXEME_BREAK);
    if (it->kind == LEXEME_BREAK) return at;
    if (is_mark(it, ".!?:,;") && !ends_count) return at;
    if (!is_count && !ends_count && it->kind != LEXEME_MARK && !is_word(r, "cases.lead", at - 1) &&
        !is_word(r, "cases.join", at - 1)) {
      *is_clear = false;
      return first;
    }
    at--;
  }
  return at;
}

/* Behind a label of the number: "(Poller)", "Poller Sterndamm:", "gilt:"; else `end`. */
static guint label_end(const struct list_reader *r, guint end)
{
  guint line = line_end(r->passage, end), words = 0;
  while (end < line && is_mark(&r->l->at[end], ")]")) end++;
  if (end < line && is_mark(&r->l->at[end], "([")) {
    for (guint at = end; at < MIN(line, end + LABEL_LEXEMES); at++)
      if (is_mark(&r->l->at[at], ")]")) return at + 1;
    return end;
  }
  for (guint at = end; at < line && words <= LABEL_WORDS; at++) {
    const struct lexeme *it = &r->l->at[at];
    bool is_secret = is_word(r, "official.secret", at) || is_word(r, "official.internal", at) ||
                     is_word(r, "official.steer-status", at);
    if (is_secret || is_mark(it, ".,;!?=|") || (is_mark(it, "-") && it->is_spaced)) return end;
    if (is_mark(it, ":")) return words && !official_tells(r->passage, end, at) ? at : end;
    words += it->kind == LEXEME_WORD;
  }
  return end;
}

/* The group that begins with the number at a lexeme. */
static struct group read_group(const struct list_reader *r, guint at, guint from, const char *before)
{
  struct group out = { .first = at, .end = number_end(r, at, false) };
  out.numbers = g_ptr_array_new_with_free_func(g_free);
  out.lead = lead_of(r, at, from, &out.is_clear);
  g_ptr_array_add(out.numbers, number_before(r, out.end, before));
  enum join join;
  guint next;
  while ((join = join_behind(r, out.end, &next)) != JOIN_NONE && out.numbers->len < NUMBERS_MAX) {
    const char *last = g_ptr_array_index(out.numbers, out.numbers->len - 1);
    out.end = number_end(r, next, true);
    if (join == JOIN_RANGE)
      out.is_clear &= add_range(out.numbers, r, out.end);
    else
      g_ptr_array_add(out.numbers, number_before(r, out.end, last));
  }
  out.end = label_end(r, out.end);
  return out;
}

static void group_clear(gpointer data)
{
  g_ptr_array_unref(((struct group *)data)->numbers);
}

/* ---- what is said of them ---- */

/* "sind erledigt" of one of several cases: "ist erledigt". NULL: it begins with no verb. Caller frees. */
static char *of_one(const struct list_reader *r, guint first, guint end)
{
  const struct phrase_hit *verb = passage_at(r->passage, phrases_tag("cases.verb"), first);
  if (!verb || verb->end > end) return NULL;
  g_autofree char *rest = passage_text(r->passage, verb->end, end);
  return g_strconcat(verb->value, *rest ? " " : "", rest, NULL);
}

/* What is said of a group's numbers, [first, end): a text of its own, or a sentence whose subject they are.
 */
static char *text_of(const struct list_reader *r, const char *number, guint first, guint end, bool is_parted)
{
  while (end > first && (is_mark(&r->l->at[end - 1], ",;([") || r->l->at[end - 1].kind == LEXEME_BREAK))
    end--;
  g_autofree char *sentence = is_parted || first >= end ? NULL : of_one(r, first, end);
  if (!sentence) return passage_text(r->passage, first, end);
  bool is_ended = is_mark(&r->l->at[end - 1], ".!?");
  return g_strdup_printf("%s %s%s", number, sentence, is_ended ? "" : ".");
}

/* Behind the words of the last number: a blank line ends them, where they stand beside it and not below. */
static guint last_end(const struct list_reader *r, guint first, bool is_below)
{
  for (guint at = first; !is_below && at + 1 < r->l->count; at++)
    if (r->l->at[at].kind == LEXEME_BREAK && r->l->at[at + 1].kind == LEXEME_BREAK) return at;
  return r->l->count;
}

static void add_group(const struct reading_room *room, const struct list_reader *r, guint at,
                      GPtrArray *cases)
{
  const struct group *group = &g_array_index(r->groups, struct group, at);
  guint first = group->end;
  bool is_parted = false, is_below = false;
  while (first < r->l->count) {
    const struct lexeme *it = &r->l->at[first];
    if (it->kind != LEXEME_BREAK && !is_mark(it, ":-=>|;,.)]") && it->kind != LEXEME_MARK) break;
    is_below |= it->kind == LEXEME_BREAK;
    is_parted = true;
    first++;
  }
  guint end = at + 1 < r->groups->len ? g_array_index(r->groups, struct group, at + 1).lead
                                      : last_end(r, first, is_below);
  for (guint i = 0; i < group->numbers->len && cases->len < NUMBERS_MAX; i++) {
    const char *number = g_ptr_array_index(group->numbers, i);
    g_autofree char *text =
        first < end && group->is_clear ? text_of(r, number, first, end, is_parted) : g_strdup("");
    struct office_case *one = official_case_new(room, g_strdup(number), NULL, text);
    one->is_unclear = !*text;
    g_ptr_array_add(cases, one);
  }
}

/* Whether two different numbers are named. */
static bool has_several(const GArray *groups)
{
  const char *first = NULL;
  for (guint i = 0; i < groups->len; i++) {
    const GPtrArray *numbers = g_array_index(groups, struct group, i).numbers;
    for (guint k = 0; k < numbers->len; k++) {
      const char *one = g_ptr_array_index(numbers, k);
      if (first && strcmp(first, one) != 0) return true;
      first = one;
    }
  }
  return false;
}

void official_read_list(const struct reading_room *room, GPtrArray *cases)
{
  struct list_reader r = { .passage = room->passage, .l = room->passage->lexemes };
  r.groups = g_array_new(FALSE, FALSE, sizeof(struct group));
  g_array_set_clear_func(r.groups, group_clear);
  guint from = 0;
  for (guint at = 0; at < r.l->count && r.groups->len < NUMBERS_MAX;) {
    if (!(r.groups->len ? number_end(&r, at, false) : official_case_number_end(r.l, at))) {
      at++;
      continue;
    }
    const struct group *last =
        r.groups->len ? &g_array_index(r.groups, struct group, r.groups->len - 1) : NULL;
    struct group group = read_group(&r, at, from, last ? g_ptr_array_index(last->numbers, 0) : NULL);
    at = from = group.end;
    g_array_append_val(r.groups, group);
  }
  for (guint i = 0; has_several(r.groups) && i < r.groups->len; i++) add_group(room, &r, i, cases);
  g_array_unref(r.groups);
}
