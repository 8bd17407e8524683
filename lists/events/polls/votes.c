/* What an answer to a poll says: "1 und 2, 1 lieber", "Dienstag geht, Donnerstag nicht", "nur 2", "alle außer
 * Freitag", "gar nicht", "egal". A text becomes a row of signs (options, yes, no, maybe, best, all, none, but
 * for, only, a comma), and the row is read clause by clause. A sign of yes or no means the options before it
 * ("Dienstag geht"), in a clause that begins with one those behind it ("nicht am Dienstag").
 *
 * What surprised us: "1, 2 und 3 passen nicht" is a no to three, "Dienstag, Donnerstag nicht" a no to one: a
 * comma shares a no only with a list that has an "und". And a bare weekday means the option of that weekday,
 * in whatever week it is. */
#include "lists/events/polls/naming.h"

#include <string.h>

enum { SIGNS_MAX = 400, TEXT_BYTES = 4000 };

enum sign {
  SIGN_OPTIONS,
  SIGN_YES,
  SIGN_NO,
  SIGN_MAYBE,
  SIGN_BEST,
  SIGN_ALL,
  SIGN_NONE,
  SIGN_BUT,
  SIGN_ONLY,
  SIGN_PART
};

struct reading {
  struct poll_naming naming;
  GArray *signs; /* struct signed_at */
};

struct signed_at {
  enum sign sign;
  guint32 options; /* bits */
};

/* ---- signs ---- */

static const struct {
  const char *section;
  enum sign sign;
} sections[] = { { "poll.none", SIGN_NONE }, { "poll.all", SIGN_ALL },   { "poll.but", SIGN_BUT },
                 { "poll.only", SIGN_ONLY }, { "poll.like", SIGN_BEST }, { "poll.maybe", SIGN_MAYBE },
                 { "poll.no", SIGN_NO },     { "poll.yes", SIGN_YES },   { "poll.part", SIGN_PART } };

static bool is_part(const struct lexeme *here)
{
  return here->kind == LEXEME_BREAK || strchr(",;.!", *here->folded) != NULL;
}

/* The longest sign at a lexeme; *end: behind it. False: there is none. */
static bool sign_at(const struct reading *it, guint i, enum sign *sign, guint *end)
{
  const struct phrase_hit *best = NULL;
  for (gsize s = 0; s < G_N_ELEMENTS(sections); s++) {
    const struct phrase_hit *hit = passage_at(it->naming.passage, phrases_tag(sections[s].section), i);
    if (!hit || (best && hit->end <= best->end)) continue;
    best = hit;
    *sign = sections[s].sign;
  }
  if (best) *end = best->end;
  return best != NULL;
}

static void add_sign(struct reading *it, enum sign sign, guint32 options)
{
  struct signed_at one = { sign, options };
  if (it->signs->len < SIGNS_MAX) g_array_append_val(it->signs, one);
}

static void read_signs(struct reading *it)
{
  const struct lexemes *l = it->naming.passage->lexemes;
  for (guint i = 0; i < l->count;) {
    enum sign sign = SIGN_PART;
    guint end = i + 1;
    const struct lexeme *here = &l->at[i];
    guint32 options = poll_options_at(&it->naming, i, &end);
    guint behind = i + 1;
    bool is_sign = sign_at(it, i, &sign, &behind);
    bool is_number_dot = lexeme_is(here, ".") && i > 0 && l->at[i - 1].kind == LEXEME_DIGITS &&
                         !here->is_spaced && l->at[i + 1].kind == LEXEME_WORD && !l->at[i + 1].is_capital;
    if (options && (!is_sign || behind <= end)) {
      add_sign(it, SIGN_OPTIONS, options);
      i = end;
    } else if (is_sign) {
      add_sign(it, sign, 0);
      i = behind;
    } else {
      if (is_part(here) && !is_number_dot) add_sign(it, SIGN_PART, 0);
      i++;
    }
  }
}

/* ---- clauses ---- */

static bool is_verdict(enum sign sign)
{
  return sign == SIGN_YES || sign == SIGN_NO || sign == SIGN_MAYBE || sign == SIGN_BEST;
}

/* "geht" and "nicht", "wäre am liebsten": what weighs more. */
static enum sign heavier(enum sign a, enum sign b)
{
  static const enum sign order[] = { SIGN_NO, SIGN_MAYBE, SIGN_BEST, SIGN_YES };
  for (gsize i = 0; i < G_N_ELEMENTS(order); i++)
    if (a == order[i] || b == order[i]) return order[i];
  return a;
}

static void say(struct poll_said *said, guint32 options, enum sign sign)
{
  for (guint i = 0; i < POLL_OPTIONS_MAX; i++) {
    if (!(options & poll_bit(i))) continue;
    said->answers[i] = sign == SIGN_NO ? 'n' : sign == SIGN_MAYBE ? 'm' : 'y';
    said->liked[i] = sign == SIGN_BEST || (said->liked[i] && sign == SIGN_YES);
  }
}

static guint32 all_of(const struct reading *it)
{
  return it->naming.options->len >= 32 ? ~0U : poll_bit(it->naming.options->len) - 1;
}

/* What all clauses say together. */
struct whole {
  struct poll_said *said;
  guint32 waiting; /* options that nothing is said of yet */
  bool is_all, is_none, is_only;
  guint32 named;
  enum sign alone; /* a yes or no without an option; SIGN_PART: none */
};

/* One clause on its way. */
struct clause {
  const struct reading *reading;
  struct whole *whole;
  guint from, to;   /* its signs */
  enum sign before; /* a verdict that stands before its options; SIGN_PART: none */
  guint32 run;      /* options that nothing was said of yet */
  guint run_signs;  /* how many signs named them */
  bool has_options;
  bool is_but; /* behind "außer" */
  bool is_all; /* "alle" */
};

static const struct signed_at *sign_of(const struct clause *it, guint i)
{
  return &g_array_index(it->reading->signs, struct signed_at, i);
}

/* Something is said of the options that were named. */
static void settle(struct clause *it, enum sign verdict)
{
  say(it->whole->said, it->run, verdict);
  it->whole->named |= it->run;
  it->whole->waiting &= ~it->run;
  it->run = it->run_signs = 0;
}

static void take_options(struct clause *it, guint32 options)
{
  it->has_options = true;
  it->run |= options;
  it->run_signs++;
  if (!it->is_but) return;
  settle(it, it->whole->is_none ? SIGN_YES : SIGN_NO);
  it->whole->is_all |= !it->whole->is_none; /* "außer Freitag": all others */
}

/* Does no option follow in this clause? */
static bool is_last_verdict(const struct clause *it, guint i)
{
  for (guint j = i + 1; j < it->to; j++)
    if (sign_of(it, j)->sign == SIGN_OPTIONS) return false;
  return true;
}

/* A yes or no: of what stands before it, or of what will follow. Returns the last sign that belongs to it. */
static guint take_verdict(struct clause *it, guint i)
{
  enum sign verdict = sign_of(it, i)->sign;
  if (it->run && it->before == SIGN_PART) { /* "Dienstag geht" */
    while (i + 1 < it->to && is_verdict(sign_of(it, i + 1)->sign))
      verdict = heavier(verdict, sign_of(it, ++i)->sign);
    if (it->run_signs > 1 && verdict == SIGN_NO) it->run |= it->whole->waiting; /* "1, 2 und 3 nicht" */
    settle(it, verdict);
  } else if (it->run && !is_last_verdict(it, i)) { /* "kann 1 und nicht 2" */
    settle(it, it->before);
    it->before = verdict;
  } else { /* "nicht am Dienstag"; "ich kann Dienstag nicht" */
    it->before = it->before == SIGN_PART ? verdict : heavier(it->before, verdict);
  }
  return i;
}

/* At its end: options that nothing was said of are a yes, or wait for a list's no. */
static void end_clause(struct clause *it)
{
  struct whole *whole = it->whole;
  bool has_verdict = it->before != SIGN_PART;
  guint32 waiting = it->run;
  if (it->run && has_verdict) {
    settle(it, it->before);
  } else if (it->run) {
    settle(it, SIGN_YES);
    whole->waiting |= waiting;
  } else if (has_verdict && !it->has_options && it->is_all) {
    whole->is_all = it->before != SIGN_NO && it->before != SIGN_MAYBE;
    whole->is_none |= it->before == SIGN_NO;
    if (it->before == SIGN_MAYBE) {
      it->run = all_of(it->reading) & ~whole->named;
      settle(it, SIGN_MAYBE);
    }
  } else if (has_verdict && !it->has_options && whole->alone == SIGN_PART) {
    whole->alone = it->before;
  }
}

static void read_clause(const struct reading *reading, guint from, guint to, struct whole *whole)
{
  struct clause it = { .reading = reading, .whole = whole, .from = from, .to = to, .before = SIGN_PART };
  for (guint i = from; i < to; i++) {
    const struct signed_at *one = sign_of(&it, i);
    if (is_verdict(one->sign)) {
      i = take_verdict(&it, i);
      continue;
    }
    it.is_but |= one->sign == SIGN_BUT;
    it.is_all |= one->sign == SIGN_ALL;
    whole->is_only |= one->sign == SIGN_ONLY;
    whole->is_all |= one->sign == SIGN_ALL;
    whole->is_none |= one->sign == SIGN_NONE;
    if (one->sign == SIGN_OPTIONS) take_options(&it, one->options);
  }
  end_clause(&it);
}

/* What is said of options that are not named. */
static void fill(const struct reading *it, struct whole *whole)
{
  struct poll_said *said = whole->said;
  bool has_yes = false, has_best = false, has_plain = false;
  for (guint i = 0; i < it->naming.options->len; i++) {
    has_yes |= said->answers[i] == 'y' || said->answers[i] == 'm';
    has_best |= said->liked[i];
    has_plain |= said->answers[i] == 'y' && !said->liked[i];
  }
  if (!whole->named && !whole->is_all && whole->alone == SIGN_NO) whole->is_none = true;
  bool is_something = whole->named || whole->is_all || whole->is_none;
  said->wish = !is_something ? POLL_SAYS_NOTHING : POLL_SAYS_ALL;
  if (!is_something) return;
  char rest = whole->is_all ? 'y' : whole->is_none || whole->is_only ? 'n' : 0;
  if (!rest && !has_yes) said->wish = POLL_SAYS_SOME; /* "Donnerstag kann ich nicht" */
  if (!rest) rest = !has_yes ? 0 : has_best && !has_plain ? 'm' : 'n';
  if (passage_has(it->naming.passage, "poll.also") && !whole->is_all && !whole->is_none && !whole->is_only)
    said->wish = POLL_SAYS_SOME, rest = 0;
  for (guint i = 0; i < it->naming.options->len; i++)
    if (!said->answers[i]) said->answers[i] = rest;
}

/* "2 oder 3, egal": any of those that were named, and none besides. */
static bool is_any_of_named(const struct reading *it, const struct whole *whole)
{
  const struct passage *passage = it->naming.passage;
  guint tag = phrases_tag("poll.all");
  if (!whole->named || !passage_has(passage, "poll.either") || passage_has(passage, "poll.but")) return false;
  for (const struct phrase_hit *hit = passage_find(passage, tag, 0); hit;
       hit = passage_find(passage, tag, hit->first + 1))
    if (!g_str_equal(hit->value, "any")) return false;
  for (guint i = 0; i < it->naming.options->len; i++)
    if (whole->said->answers[i] == 'n' || whole->said->liked[i]) return false;
  return true;
}

void poll_votes_read(const char *text, const GPtrArray *options, int64_t now, const char *zone,
                     struct poll_said *said)
{
  *said = (struct poll_said){ 0 };
  g_autoptr(passage_t) passage = passage_new(text, NULL, TEXT_BYTES);
  g_auto(poll_naming_t) naming = poll_naming_new(passage, options, now, zone);
  g_autoptr(GArray) signs = g_array_new(FALSE, FALSE, sizeof(struct signed_at));
  struct reading it = { naming, signs };
  struct whole whole = { .said = said, .alone = SIGN_PART };
  read_signs(&it);
  for (guint from = 0, i = 0; i <= it.signs->len; i++) {
    bool is_end = i == it.signs->len || g_array_index(it.signs, struct signed_at, i).sign == SIGN_PART;
    if (!is_end) continue;
    read_clause(&it, from, i, &whole);
    from = i + 1;
  }
  if (whole.is_all && is_any_of_named(&it, &whole)) whole.is_all = false;
  fill(&it, &whole);
}
