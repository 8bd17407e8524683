/* What counts people in a text, one thing at a time: a group ("zwei Kinder", "meine Frau") and a bare number.
 * Called by people.c at each lexeme. */
#include "lib/text/facts/people_private.h"

#include "lib/text/facts/numbers.h"

#include <string.h>

const struct mark *people_mark(const struct crowd *c, guint at, enum role role)
{
  for (guint i = c->mark_at[at]; i < c->marks->len; i++) {
    const struct mark *mark = &g_array_index(c->marks, struct mark, i);
    if (mark->first != at) return NULL;
    if (mark->role == role) return mark;
  }
  return NULL;
}

bool people_ends_sentence(const struct lexeme *l, guint at)
{
  if (l[at].kind == LEXEME_END) return true;
  if (l[at].kind == LEXEME_BREAK) return l[at + 1].begins_sentence || l[at + 1].kind == LEXEME_BREAK;
  return l[at].kind == LEXEME_MARK && strchr(".!?;", l[at].folded[0]) && l[at + 1].begins_sentence;
}

/* ---- one group of people ---- */

int people_value(const struct mark *mark, int other)
{
  return g_ascii_isdigit(mark->value[0]) ? (int)g_ascii_strtoll(mark->value, NULL, 10) : other;
}

/* The people word at a lexeme, with its role; NULL: none. "Mann" is a unit behind a number ("5 Mann"). */
const struct mark *people_word(const struct crowd *c, guint at, bool is_counted)
{
  static const enum role roles[] = { ROLE_UNIT, ROLE_CHILD, ROLE_KIN, ROLE_FAMILY };
  for (gsize i = is_counted ? 0 : 1; i < G_N_ELEMENTS(roles); i++) {
    const struct mark *mark = people_mark(c, at, roles[i]);
    if (mark) return mark;
  }
  return NULL;
}

/* "Frau Dr. Klein", "Frau Lehmann": a title, and nobody's wife. */
static bool is_title(const struct crowd *c, guint at)
{
  const struct lexeme *next = &c->l[at + 1];
  if (!lexeme_is(&c->l[at], "frau") || next->kind != LEXEME_WORD) return false;
  bool is_joined = at > 0 && (lexeme_is(&c->l[at - 1], "und") || lexeme_is(&c->l[at - 1], "u"));
  return !is_joined && (lexeme_is(next, "dr") || (next->is_capital && !next->begins_sentence));
}

/* "Liebe Nachbarn", "Sehr geehrte Freundinnen": who is spoken to. */
bool people_is_addressed(const struct crowd *c, guint at)
{
  enum { BACK = 4 };
  for (guint back = 1; back <= MIN(at, (guint)BACK); back++) {
    if (passage_at(c->passage, phrases_tag("people.address"), at - back)) return true;
    bool is_between = c->l[at - back].kind == LEXEME_WORD && !people_mark(c, at - back, ROLE_SELF) &&
                      !people_mark(c, at - back, ROLE_WITH) && !people_mark(c, at - back, ROLE_ARTICLE);
    if (!is_between) return false;
  }
  return false;
}

bool people_group(const struct crowd *c, guint at, struct group *group)
{
  struct number number;
  int count = 0;
  *group = (struct group){ 0 };
  if (people_is_addressed(c, at)) return false;
  if (is_title(c, at)) return people_name(c, at, group) && group->is_known;
  for (guint i = 0; i <= ADJECTIVES; i++) {
    const struct mark *word = people_word(c, at, count > 0);
    if (word) {
      int usual = people_value(word, 1);
      group->count = count > 0 ? count : usual;
      group->is_counted = count > 0;
      group->role = (enum role)word->role;
      group->is_adult = g_str_equal(word->value, "adult");
      group->is_seat = g_str_equal(word->value, "seat");
      group->is_place = g_str_equal(word->value, "place");
      group->end = word->end;
      return true;
    }
    if (count == 0 && people_name(c, at, group) && (i == 0 || group->is_known)) return true;
    group->is_name = group->is_known = false;
    const struct mark *more = people_mark(c, at, ROLE_MORE);
    if (more) {
      group->is_more = true;
      at = more->end;
      continue;
    }
    if (!number_at(c->passage, at, &number)) {
      /* an adjective or article only behind a number or before a noun: "zwei kleine Kinder", "meine Frau" */
      if (c->l[at].kind != LEXEME_WORD || (!count && i > 0)) return false;
      const struct mark *article = count ? NULL : people_mark(c, at, ROLE_ARTICLE);
      if (!count && !article) return false;
      count = article ? people_value(article, count) : count; /* "unsere beiden" */
      at = article ? article->end : at + 1;
      continue;
    }
    if (number.is_ordinal || number.value < 1 || number.value > PEOPLE_MAX || count > 0) return false;
    if (number.value != (double)(int)number.value) return false;
    count = (int)number.value;
    at = number.end;
  }
  return false;
}

/* ---- bare numbers ---- */

/* "(4 und 7 Jahre)", "3, 5 und 8 J.": whether the number that ends here is somebody's age. */
static bool is_age(const struct crowd *c, guint end)
{
  enum { FURTHER = 8 };
  for (guint at = end; at < end + FURTHER && c->l[at].kind != LEXEME_END; at++) {
    const struct lexeme *it = &c->l[at];
    if (passage_at(c->passage, phrases_tag("people.years"), at)) return true;
    bool is_between = it->kind == LEXEME_MARK && *it->folded && strchr(",/&-+", *it->folded);
    bool goes_on = it->kind == LEXEME_DIGITS || is_between || lexeme_is(it, "und") || lexeme_is(it, "and") ||
                   lexeme_is(it, "ve");
    if (!goes_on) return false;
  }
  return false;
}

bool people_is_hour(const struct crowd *c, guint at)
{
  enum { LONGEST = 3 };
  for (guint back = 1; back <= MIN(at, (guint)LONGEST); back++) {
    const struct phrase_hit *hit = passage_at(c->passage, phrases_tag("number.hour"), at - back);
    if (hit && hit->end == at) return true;
  }
  return false;
}

bool people_number_is_free(const struct crowd *c, guint end)
{
  struct number minutes;
  const struct phrase_hit *past = passage_at(c->passage, phrases_tag("number.past"), end);
  if (past && number_at(c->passage, past->end, &minutes)) return false; /* "fünf nach vier" */
  const struct lexeme *next = &c->l[end];
  if (c->passage->is_name && c->passage->is_name[end - 1]) return false; /* a house's number */
  if (people_mark(c, end, ROLE_NOT_BEHIND) || is_age(c, end)) return false;
  if (people_mark(c, end, ROLE_MONEY)) return false;
  if (next->kind == LEXEME_DIGITS) return false;
  if (next->kind == LEXEME_WORD) return !next->is_capital || next->begins_sentence;
  if (next->kind == LEXEME_MARK && strchr(".:/-", next->folded[0]) && c->l[end + 1].kind == LEXEME_DIGITS)
    return false;
  return !(next->kind == LEXEME_MARK && strchr("%\302", next->folded[0]));
}

/* "wir sind 5", "insgesamt also vier", "zu 3t": the number behind a lead. False: none. */
bool people_lead_number(const struct crowd *c, guint at, guint *end, int *count)
{
  struct number number;
  for (guint i = 0; i < LEAD_DISTANCE; i++) {
    if (number_at(c->passage, at, &number)) {
      if (number.is_ordinal || number.value < 1 || number.value > PEOPLE_MAX) return false;
      if (number.is_word && number.value < 2) return false;
      const struct lexeme *next = &c->l[number.end];
      bool is_suffix =
          next->kind == LEXEME_WORD && !next->is_spaced && (lexeme_is(next, "t") || lexeme_is(next, "er"));
      if (people_word(c, number.end, true) || people_mark(c, number.end, ROLE_MORE)) return false;
      *end = number.end + is_suffix;
      *count = (int)number.value;
      return number.value == (double)*count && people_number_is_free(c, *end);
    }
    const struct lexeme *it = &c->l[at];
    bool is_skipped = lexeme_is(it, ":") || lexeme_is(it, "=") || people_mark(c, at, ROLE_FILLER);
    if (!is_skipped) return false;
    at++;
  }
  return false;
}

/* "3" or "ja, 3" as the whole of a short text. */
bool people_is_whole_answer(const struct crowd *c, guint at, guint end)
{
  if (c->passage->lexemes->count > SHORT_TEXT || !people_ends_sentence(c->l, end)) return false;
  bool is_led = true; /* "jetzt doch 4" */
  for (guint i = 0; i < at; i++)
    is_led &= people_mark(c, i, ROLE_CORRECT) != NULL || people_mark(c, i, ROLE_FILLER) != NULL;
  return at == 0 || is_led ||
         (at <= 2 && c->passage->lexemes->at[0].kind == LEXEME_WORD && people_word(c, 0, true) == NULL &&
          (lexeme_is(&c->l[0], "ja") || lexeme_is(&c->l[0], "yes") || lexeme_is(&c->l[0], "evet") ||
           lexeme_is(&c->l[0], "da")));
}
