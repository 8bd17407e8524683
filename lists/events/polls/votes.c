/* What an answer to a poll says: "1 und 2, 1 lieber", "Dienstag geht, Donnerstag nicht", "nur 2", "alle außer
 * Freitag", "gar nicht", "egal". A text becomes a row of signs (options, yes, no, maybe, best, all, none, but
 * for, only, a comma), and the row is read clause by clause. A sign of yes or no means the options before it
 * ("Dienstag geht"), in a clause that begins with one those behind it ("nicht am Dienstag").
 *
 * What surprised us: "1, 2 und 3 passen nicht" is a no to three, "Dienstag, Donnerstag nicht" a no to one: a
 * comma shares a no only with a list that has an "und". And a bare weekday means the option of that weekday,
 * in whatever week it is. */
#include "lists/events/polls/poll.h"

#include "lib/text/days/calendar.h"
#include "lib/text/days/wall_text.h"

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
  const struct passage *passage;
  const GPtrArray *options;
  GArray *dates; /* struct date_found */
  GArray *signs; /* struct signed_at */
};

struct signed_at {
  enum sign sign;
  guint32 options; /* bits */
};

/* ---- which options words name ---- */

static guint32 bit(guint i)
{
  return 1U << i;
}

/* Of several, those at that time of day; where none is, all of them. */
static guint32 at_that_time(const struct reading *it, guint32 mask, const struct wall *wall)
{
  guint32 narrowed = 0;
  if (wall->hour < 0) return mask;
  for (guint i = 0; i < it->options->len; i++) {
    struct wall start;
    const struct poll_option *option = it->options->pdata[i];
    bool is_same = (mask & bit(i)) && wall_read(option->starts, &start) && start.hour == wall->hour &&
                   start.minute == wall->minute;
    if (is_same) narrowed |= bit(i);
  }
  return narrowed ? narrowed : mask;
}

static guint32 on_weekday(const struct reading *it, int weekday)
{
  guint32 mask = 0;
  for (guint i = 0; i < it->options->len; i++) {
    struct wall start;
    const struct poll_option *option = it->options->pdata[i];
    if (wall_read(option->starts, &start) &&
        calendar_weekday(calendar_day(start.year, start.month, start.day)) == weekday)
      mask |= bit(i);
  }
  return mask;
}

static guint32 on_day(const struct reading *it, const struct wall *wall)
{
  guint32 mask = 0;
  for (guint i = 0; i < it->options->len; i++) {
    struct wall start;
    const struct poll_option *option = it->options->pdata[i];
    if (wall_read(option->starts, &start) && start.month == wall->month && start.day == wall->day)
      mask |= bit(i);
  }
  return mask;
}

/* What a date's words hold. */
struct words_of_date {
  bool has_weekday, has_day, has_clock;
};

static struct words_of_date look_at(const struct passage *passage, const struct date_found *date)
{
  struct words_of_date it = { 0 };
  for (guint i = date->first; i < date->end; i++) {
    const struct lexeme *here = &passage->lexemes->at[i], *next = here + 1;
    it.has_weekday |= passage_at(passage, phrases_tag("date.weekday"), i) != NULL ||
                      passage_at(passage, phrases_tag("date.weekday.short"), i) != NULL;
    it.has_day |= passage_at(passage, phrases_tag("date.month"), i) != NULL ||
                  passage_at(passage, phrases_tag("date.offset"), i) != NULL;
    bool is_figure = here->kind == LEXEME_DIGITS;
    it.has_day |= is_figure && i + 2 < date->end && lexeme_is(next, ".") &&
                  (next + 1)->kind == LEXEME_DIGITS && !(next + 1)->is_spaced; /* 3.3. */
    it.has_clock |= passage_at(passage, phrases_tag("date.clock"), i) != NULL;
  }
  return it;
}

static guint32 at_hour(const struct reading *it, const struct wall *wall)
{
  guint32 mask = 0;
  for (guint i = 0; i < it->options->len; i++) {
    struct wall start;
    const struct poll_option *option = it->options->pdata[i];
    if (wall_read(option->starts, &start) && start.hour == wall->hour && start.minute == wall->minute)
      mask |= bit(i);
  }
  return mask;
}

static guint32 of_date(const struct reading *it, const struct date_found *date)
{
  const struct wall *start = date->start.year ? &date->start : &date->until;
  struct words_of_date words = look_at(it->passage, date);
  int weekday = calendar_weekday(calendar_day(start->year, start->month, start->day));
  guint32 mask = 0;
  if (words.has_day) mask = on_day(it, start);
  if (!mask && words.has_weekday) mask = on_weekday(it, weekday);
  if (!words.has_day && !words.has_weekday && words.has_clock) return at_hour(it, start);
  if (!words.has_day && !words.has_weekday) return 0;
  return at_that_time(it, mask, start);
}

/* "Di", "Do", written large. Within a sentence "So" is a day, at its begin a word. */
static guint32 of_short_day(const struct reading *it, guint i)
{
  const struct lexeme *here = &it->passage->lexemes->at[i];
  const struct phrase_hit *hit = passage_at(it->passage, phrases_tag("date.weekday.short"), i);
  bool is_word = here->begins_sentence && lexeme_is(here, "so");
  return hit && here->is_capital && !is_word ? on_weekday(it, (int)g_ascii_strtoll(hit->value, NULL, 10)) : 0;
}

/* A number of the letter; not "zu 2", "2 Kinder", "18 Uhr". */
static guint32 of_number(const struct reading *it, guint i)
{
  const struct lexeme *here = &it->passage->lexemes->at[i];
  const struct phrase_hit *ordinal = passage_at(it->passage, phrases_tag("poll.number"), i);
  guint number = here->kind == LEXEME_DIGITS ? here->number : 0;
  guint behind = ordinal ? ordinal->end : i + 1;
  bool counts = passage_at(it->passage, phrases_tag("poll.counted"), behind) ||
                (number && i > 0 && passage_at(it->passage, phrases_tag("poll.counts"), i - 1));
  if (counts) return 0;
  if (number && i > 0 && (here - 1)->kind == LEXEME_DIGITS && !here->is_spaced) return 0;
  if (ordinal) number = (guint)g_ascii_strtoull(ordinal->value, NULL, 10);
  if (ordinal && !number) number = it->options->len; /* the last */
  return number >= 1 && number <= it->options->len ? bit(number - 1) : 0;
}

/* The options that words at a lexeme name; *end: behind them. */
static guint32 options_at(const struct reading *it, guint i, guint *end)
{
  *end = i + 1;
  for (guint d = 0; d < it->dates->len; d++) {
    const struct date_found *date = &g_array_index(it->dates, struct date_found, d);
    if (date->first != i) continue;
    guint32 mask = of_date(it, date);
    if (!mask) break;
    *end = MAX(date->end, i + 1);
    return mask;
  }
  guint32 mask = of_short_day(it, i);
  return mask ? mask : of_number(it, i);
}

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
    const struct phrase_hit *hit = passage_at(it->passage, phrases_tag(sections[s].section), i);
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
  const struct lexemes *l = it->passage->lexemes;
  for (guint i = 0; i < l->count;) {
    enum sign sign = SIGN_PART;
    guint end = i + 1;
    const struct lexeme *here = &l->at[i];
    guint32 options = options_at(it, i, &end);
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
    if (!(options & bit(i))) continue;
    said->answers[i] = sign == SIGN_NO ? 'n' : sign == SIGN_MAYBE ? 'm' : 'y';
    said->liked[i] = sign == SIGN_BEST || (said->liked[i] && sign == SIGN_YES);
  }
}

static guint32 all_of(const struct reading *it)
{
  return it->options->len >= 32 ? ~0U : bit(it->options->len) - 1;
}

/* What all clauses say together. */
struct whole {
  struct poll_said *said;
  guint32 waiting; /* options that nothing is said of yet */
  bool is_all, is_none, is_only;
  guint32 named;
  enum sign alone; /* a yes or no without an option; SIGN_PART: none */
};

/* A clause is at its end: options that nothing was said of are a yes, or wait for a list's no. */
static void read_clause(const struct reading *it, guint from, guint to, struct whole *whole)
{
  enum sign before = SIGN_PART; /* a verdict that stands before its options */
  guint32 run = 0, count = 0;
  guint run_signs = 0;
  bool is_but = false, is_all = false;
  for (guint i = from; i < to; i++) {
    const struct signed_at *one = &g_array_index(it->signs, struct signed_at, i);
    if (one->sign == SIGN_BUT) {
      is_but = true;
    } else if (one->sign == SIGN_ONLY) {
      whole->is_only = true;
    } else if (one->sign == SIGN_ALL || one->sign == SIGN_NONE) {
      is_all = one->sign == SIGN_ALL;
      if (is_all) whole->is_all = true;
      if (!is_all) whole->is_none = true;
    } else if (one->sign == SIGN_OPTIONS && is_but) {
      say(whole->said, one->options, whole->is_none ? SIGN_YES : SIGN_NO);
      whole->named |= one->options;
      whole->is_all |= !whole->is_none; /* "außer Freitag": all others */
    } else if (one->sign == SIGN_OPTIONS) {
      run |= one->options;
      run_signs++;
      count++;
    } else if (is_verdict(one->sign)) {
      bool is_last = true;
      for (guint j = i + 1; j < to; j++)
        is_last = is_last && g_array_index(it->signs, struct signed_at, j).sign != SIGN_OPTIONS;
      if (run && before == SIGN_PART) { /* "Dienstag geht" */
        enum sign verdict = one->sign;
        while (i + 1 < to && is_verdict(g_array_index(it->signs, struct signed_at, i + 1).sign))
          verdict = heavier(verdict, g_array_index(it->signs, struct signed_at, ++i).sign);
        if (run_signs > 1 && verdict == SIGN_NO) run |= whole->waiting; /* "1, 2 und 3 nicht" */
        say(whole->said, run, verdict);
        whole->named |= run;
        whole->waiting &= ~run;
        run = run_signs = 0;
      } else if (run && is_last) { /* "ich kann Dienstag nicht" */
        before = heavier(before, one->sign);
      } else if (run) { /* "kann 1 und nicht 2" */
        say(whole->said, run, before);
        whole->named |= run;
        run = run_signs = 0;
        before = one->sign;
      } else {
        before = before == SIGN_PART ? one->sign : heavier(before, one->sign);
      }
    }
  }
  if (run && before != SIGN_PART) {
    say(whole->said, run, before);
    whole->named |= run;
  } else if (run) {
    whole->waiting |= run;
    whole->named |= run;
    say(whole->said, run, SIGN_YES);
  } else if (before != SIGN_PART && count == 0 && is_all) {
    whole->is_all = before != SIGN_NO && before != SIGN_MAYBE;
    whole->is_none |= before == SIGN_NO;
    if (before == SIGN_MAYBE) say(whole->said, all_of(it) & ~whole->named, SIGN_MAYBE);
  } else if (before != SIGN_PART && count == 0 && whole->alone == SIGN_PART) {
    whole->alone = before;
  }
}

/* What is said of options that are not named. */
static void fill(const struct reading *it, struct whole *whole)
{
  struct poll_said *said = whole->said;
  bool has_yes = false, has_best = false, has_plain = false;
  for (guint i = 0; i < it->options->len; i++) {
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
  if (passage_has(it->passage, "poll.also") && !whole->is_all && !whole->is_none && !whole->is_only)
    said->wish = POLL_SAYS_SOME, rest = 0;
  for (guint i = 0; i < it->options->len; i++)
    if (!said->answers[i]) said->answers[i] = rest;
}

static struct reading reading_new(const struct passage *passage, const GPtrArray *options, int64_t now,
                                  const char *zone)
{
  return (struct reading){ .passage = passage,
                           .options = options,
                           .dates = dates_find(passage, &(struct dates_wish){ .now = now, .zone = zone }),
                           .signs = g_array_new(FALSE, FALSE, sizeof(struct signed_at)) };
}

static void reading_clear(struct reading *it)
{
  g_array_unref(it->dates);
  g_array_unref(it->signs);
}

void poll_votes_read(const char *text, const GPtrArray *options, int64_t now, const char *zone,
                     struct poll_said *said)
{
  *said = (struct poll_said){ 0 };
  g_autoptr(passage_t) passage = passage_new(text, NULL, TEXT_BYTES);
  struct reading it = reading_new(passage, options, now, zone);
  struct whole whole = { .said = said, .alone = SIGN_PART };
  read_signs(&it);
  for (guint from = 0, i = 0; i <= it.signs->len; i++) {
    bool is_end = i == it.signs->len || g_array_index(it.signs, struct signed_at, i).sign == SIGN_PART;
    if (!is_end) continue;
    read_clause(&it, from, i, &whole);
    from = i + 1;
  }
  fill(&it, &whole);
  reading_clear(&it);
}

int poll_named_option(const struct passage *passage, const GPtrArray *options, int64_t now, const char *zone)
{
  struct reading it = reading_new(passage, options, now, zone);
  guint32 named = 0;
  for (guint i = 0; i < passage->lexemes->count;) {
    guint end = i + 1;
    named |= options_at(&it, i, &end);
    i = end;
  }
  reading_clear(&it);
  for (guint i = 0; i < options->len; i++)
    if (named == bit(i)) return (int)i + 1;
  return 0;
}
