/* How many come. A text is read sentence by sentence for three kinds of statement: the whole number ("zu
 * dritt", "4 Personen", "nur ich"), others who are named beside the sender ("meine Frau und ich", "komme mit
 * Tochter"), and others on top ("plus Kind", "bringe noch zwei Leute mit"). A whole number outranks an
 * enumeration; a later sentence that says it again corrects an earlier one.
 *
 * What surprised us: "mit" means both ("mit 4 Personen" is all of them, "mit 4 Freunden" is not); relatives
 * are mostly named as an excuse ("meine Tochter ist krank"), so they count only beside "ich", behind "mit" or
 * as those who come too; and "wir sind 5" needs a look at what follows ("5 Minuten später"). */
#include "lib/text/facts/people.h"

#include "lib/text/facts/marks.h"
#include "lib/text/facts/numbers.h"

#include <string.h>

enum {
  PEOPLE_MAX = 500,
  ADJECTIVES = 3,
  LEAD_DISTANCE = 3,
  SHORT_TEXT = 8,
  GUESS_FAMILY = 4,
  NAMES_MAX = 5,
  SENTENCE_BACK = 40
};

enum role {
  ROLE_COUNT,   /* value: the whole number */
  ROLE_UNIT,    /* "Personen": counts the sender; value "adult" joins children beside it; "seat": is brought,
                   and nobody; "place": is taken, the sender's among them */
  ROLE_KIN,     /* "Frau", "Freunde": value how many without a number */
  ROLE_CHILD,   /* "Kinder": value likewise; joins adults */
  ROLE_FAMILY,  /* "Familie" */
  ROLE_PLUS,    /* "plus", "samt" */
  ROLE_WITH,    /* "mit" */
  ROLE_BRING,   /* "bringe" */
  ROLE_MORE,    /* "weitere", "noch": on top */
  ROLE_SELF,    /* "ich" */
  ROLE_WE,      /* "wir" */
  ROLE_COME,    /* "komme", "sind", "dabei" */
  ROLE_LEAD,    /* "wir sind", "insgesamt": a bare number behind it is meant */
  ROLE_OFF,     /* "ohne", "statt", "davon": what follows does not count */
  ROLE_OUT,     /* "krank", "nicht": who is named in this clause does not come */
  ROLE_MAYBE,   /* "vielleicht": what follows in this clause is not sure */
  ROLE_CORRECT, /* "doch", "nur": a number behind it corrects an earlier one */
  ROLE_ARTICLE, /* "meine", "zwei": may stand before people */
  ROLE_FILLER,  /* "also": may stand between a lead and its number */
  ROLE_NOT_BEHIND, /* of money: "Uhr", "Minuten" */
  ROLE_MONEY,
  ROLE_ALSO, /* "auch": who is named comes as well as those before */
  ROLES
};

static const char *const role_names[ROLES] = {
  [ROLE_COUNT] = "people.count",     [ROLE_UNIT] = "people.unit",
  [ROLE_KIN] = "people.kin",         [ROLE_CHILD] = "people.child",
  [ROLE_FAMILY] = "people.family",   [ROLE_PLUS] = "people.plus",
  [ROLE_WITH] = "people.with",       [ROLE_BRING] = "people.bring",
  [ROLE_MORE] = "people.more",       [ROLE_SELF] = "people.self",
  [ROLE_WE] = "people.we",           [ROLE_COME] = "people.come",
  [ROLE_LEAD] = "people.lead",       [ROLE_OFF] = "people.off",
  [ROLE_OUT] = "people.out",         [ROLE_MAYBE] = "people.maybe",
  [ROLE_CORRECT] = "people.correct", [ROLE_ARTICLE] = "people.article",
  [ROLE_FILLER] = "people.filler",   [ROLE_NOT_BEHIND] = "money.not-behind",
  [ROLE_MONEY] = "money.unit",       [ROLE_ALSO] = "people.also",
};

enum mode { MODE_NONE, MODE_WITH, MODE_PLUS, MODE_OFF };

struct crowd {
  const struct passage *passage;
  const struct lexeme *l;
  GArray *marks;
  guint *mark_at; /* by lexeme: index of the first mark that begins there, or behind */
  int result;     /* of the sentences before; -1: none */
  /* of the present sentence */
  enum mode mode;
  int whole, adults; /* -1: not said */
  int children, named, added, with;
  int apart, apart_children; /* of the named and the children those of this clause */
  bool has_self, has_we, has_come, is_corrected, is_out, is_maybe, is_family, is_without, is_sure, has_bring;
  bool is_joined;                        /* "und ich": those named count */
  bool is_also, clause_self, is_refused; /* of the clause: "ich", "nicht" */
  bool is_for_others, is_self_acting;    /* "2 Plätze für meine Eltern"; of the clause: "ich", not "mich" */
  bool is_self_too;                      /* … "und ich komm auch" */
  bool is_self_out;                      /* of the text: others come without the sender */
  bool has_spoken;                       /* of the sentences before: the sender comes, or the like */
};

static const struct mark *mark_at(const struct crowd *c, guint at, enum role role)
{
  for (guint i = c->mark_at[at]; i < c->marks->len; i++) {
    const struct mark *mark = &g_array_index(c->marks, struct mark, i);
    if (mark->first != at) return NULL;
    if (mark->role == role) return mark;
  }
  return NULL;
}

static bool ends_sentence(const struct lexeme *l, guint at)
{
  if (l[at].kind == LEXEME_END) return true;
  if (l[at].kind == LEXEME_BREAK) return l[at + 1].begins_sentence || l[at + 1].kind == LEXEME_BREAK;
  return l[at].kind == LEXEME_MARK && strchr(".!?;", l[at].folded[0]) && l[at + 1].begins_sentence;
}

/* ---- one group of people ---- */

/* "zwei Kinder", "meine beiden Töchter", "ein Freund", "Frau". */
struct group {
  guint end;
  int count;
  enum role role;  /* UNIT, KIN, CHILD, FAMILY */
  bool is_more;    /* "zwei weitere" */
  bool is_counted; /* by a number or "ein" */
  bool is_adult, is_seat, is_place;
};

static int value_of(const struct mark *mark, int other)
{
  return g_ascii_isdigit(mark->value[0]) ? (int)g_ascii_strtoll(mark->value, NULL, 10) : other;
}

/* The people word at a lexeme, with its role; NULL: none. "Mann" is a unit behind a number ("5 Mann"). */
static const struct mark *people_word(const struct crowd *c, guint at, bool is_counted)
{
  static const enum role roles[] = { ROLE_UNIT, ROLE_CHILD, ROLE_KIN, ROLE_FAMILY };
  for (gsize i = is_counted ? 0 : 1; i < G_N_ELEMENTS(roles); i++) {
    const struct mark *mark = mark_at(c, at, roles[i]);
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
static bool is_addressed(const struct crowd *c, guint at)
{
  enum { BACK = 4 };
  for (guint back = 1; back <= MIN(at, (guint)BACK); back++) {
    if (passage_at(c->passage, phrases_tag("people.address"), at - back)) return true;
    bool is_between = c->l[at - back].kind == LEXEME_WORD && !mark_at(c, at - back, ROLE_SELF) &&
                      !mark_at(c, at - back, ROLE_WITH) && !mark_at(c, at - back, ROLE_ARTICLE);
    if (!is_between) return false;
  }
  return false;
}

static bool group_at(const struct crowd *c, guint at, struct group *group)
{
  struct number number;
  int count = 0;
  *group = (struct group){ 0 };
  if (is_title(c, at) || is_addressed(c, at)) return false;
  for (guint i = 0; i <= ADJECTIVES; i++) {
    const struct mark *word = people_word(c, at, count > 0);
    if (word) {
      int usual = value_of(word, 1);
      group->count = count > 0 ? count : usual;
      group->is_counted = count > 0;
      group->role = (enum role)word->role;
      group->is_adult = g_str_equal(word->value, "adult");
      group->is_seat = g_str_equal(word->value, "seat");
      group->is_place = g_str_equal(word->value, "place");
      group->end = word->end;
      return true;
    }
    const struct mark *more = mark_at(c, at, ROLE_MORE);
    if (more) {
      group->is_more = true;
      at = more->end;
      continue;
    }
    if (!number_at(c->passage, at, &number)) {
      /* an adjective or article only behind a number or before a noun: "zwei kleine Kinder", "meine Frau" */
      if (c->l[at].kind != LEXEME_WORD || (!count && i > 0)) return false;
      const struct mark *article = count ? NULL : mark_at(c, at, ROLE_ARTICLE);
      if (!count && !article) return false;
      count = article ? value_of(article, count) : count; /* "unsere beiden" */
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

static bool is_number_free(const struct crowd *c, guint end)
{
  const struct lexeme *next = &c->l[end];
  if (c->passage->is_name && c->passage->is_name[end - 1]) return false; /* a house's number */
  if (mark_at(c, end, ROLE_NOT_BEHIND) || is_age(c, end)) return false;
  if (mark_at(c, end, ROLE_MONEY)) return false;
  if (next->kind == LEXEME_DIGITS) return false;
  if (next->kind == LEXEME_WORD) return !next->is_capital || next->begins_sentence;
  if (next->kind == LEXEME_MARK && strchr(".:/-", next->folded[0]) && c->l[end + 1].kind == LEXEME_DIGITS)
    return false;
  return !(next->kind == LEXEME_MARK && strchr("%\302", next->folded[0]));
}

/* "wir sind 5", "insgesamt also vier", "zu 3t": the number behind a lead. False: none. */
static bool lead_number(const struct crowd *c, guint at, guint *end, int *count)
{
  struct number number;
  for (guint i = 0; i < LEAD_DISTANCE; i++) {
    if (number_at(c->passage, at, &number)) {
      if (number.is_ordinal || number.value < 1 || number.value > PEOPLE_MAX) return false;
      if (number.is_word && number.value < 2) return false;
      const struct lexeme *next = &c->l[number.end];
      bool is_suffix =
          next->kind == LEXEME_WORD && !next->is_spaced && (lexeme_is(next, "t") || lexeme_is(next, "er"));
      if (people_word(c, number.end, true) || mark_at(c, number.end, ROLE_MORE)) return false;
      *end = number.end + is_suffix;
      *count = (int)number.value;
      return number.value == (double)*count && is_number_free(c, *end);
    }
    const struct lexeme *it = &c->l[at];
    bool is_skipped = lexeme_is(it, ":") || lexeme_is(it, "=") || mark_at(c, at, ROLE_FILLER);
    if (!is_skipped) return false;
    at++;
  }
  return false;
}

/* "3" or "ja, 3" as the whole of a short text. */
static bool is_whole_answer(const struct crowd *c, guint at, guint end)
{
  if (c->passage->lexemes->count > SHORT_TEXT || !ends_sentence(c->l, end)) return false;
  return at == 0 ||
         (at <= 2 && c->passage->lexemes->at[0].kind == LEXEME_WORD && people_word(c, 0, true) == NULL &&
          (lexeme_is(&c->l[0], "ja") || lexeme_is(&c->l[0], "yes") || lexeme_is(&c->l[0], "evet") ||
           lexeme_is(&c->l[0], "da")));
}

/* ---- statements ---- */

/* "Zu dritt, nicht zu viert", "nicht allein": how many do not come. */
static bool is_denied(const struct crowd *c, guint at)
{
  static const char *const words[] = { "nicht", "nich", "not", "не", "değil" };
  for (gsize i = 0; at > 0 && i < G_N_ELEMENTS(words); i++)
    if (lexeme_is(&c->l[at - 1], words[i])) return true;
  return false;
}

static void say_whole(struct crowd *c, int count, bool is_sure)
{
  if (c->mode == MODE_OFF) {
    c->mode = MODE_NONE; /* "statt zu zweit kommen wir zu dritt" */
    return;
  }
  c->whole = count;
  c->is_sure |= is_sure;
  c->added = 0;
}

/* "Oma und ich kommen, Oma braucht einen Stuhl": whom the sentence has named, it names again. */
static bool is_said_again(const struct crowd *c, guint at, const struct group *group)
{
  if (group->role == ROLE_UNIT || group->is_counted || group->is_more || group->count != 1) return false;
  const char *word = c->l[group->end - 1].folded;
  for (guint back = 1; back <= MIN(at, (guint)SENTENCE_BACK) && !ends_sentence(c->l, at - back); back++) {
    const struct lexeme *it = &c->l[at - back];
    if (it->kind == LEXEME_WORD && strcmp(it->folded, word) == 0 && mark_at(c, at - back, group->role))
      return true;
  }
  return false;
}

static void say_group(struct crowd *c, const struct group *group)
{
  if (group->is_seat && c->has_bring) return;
  if (c->mode == MODE_OFF || c->is_maybe) {
    c->is_without |= c->mode == MODE_OFF && group->role != ROLE_UNIT;
    return;
  }
  bool is_taken = group->is_place && c->has_bring; /* "nehme 2 Plätze": the sender's among them */
  bool is_top = (c->mode == MODE_PLUS && !is_taken) || group->is_more;
  if (group->role == ROLE_FAMILY) {
    c->is_family |= c->mode == MODE_WITH || c->mode == MODE_PLUS || c->has_come;
  } else if (group->role == ROLE_UNIT && !is_top) {
    if (group->is_adult && c->adults >= 0)
      c->adults += group->count;
    else if (group->is_adult)
      c->adults = group->count;
    else if (!(c->is_sure && group->count < c->whole &&
               !c->is_corrected)) /* "zu viert: …, die beiden Großen" */
      say_whole(c, group->count, false);
  } else if (is_top) {
    c->added += group->count;
  } else if (group->role == ROLE_CHILD && (c->mode != MODE_WITH || c->adults >= 0)) {
    c->children += group->count;
    c->apart_children += group->count;
  } else if (c->mode == MODE_WITH) {
    c->with += group->count;
  } else {
    c->named += group->count;
    c->apart += group->count;
  }
}

/* Behind places that were taken: those who are named then sit on them ("4 Plätze, ich, Jens und die Kinder").
 */
static void note_place(struct crowd *c, guint end)
{
  struct group whom;
  if (c->mode == MODE_PLUS && c->has_bring) c->mode = MODE_NONE;
  c->is_for_others = (lexeme_is(&c->l[end], "fuer") || lexeme_is(&c->l[end], "for")) &&
                     group_at(c, end + 1, &whom) && whom.role != ROLE_UNIT;
}

/* At a clause's end: whom it says not to come is taken out again; "vielleicht" ends. */
static void end_clause(struct crowd *c)
{
  if (c->is_out) {
    c->named = MAX(c->named - c->apart, 0);
    c->children = MAX(c->children - c->apart_children, 0);
    c->apart = c->apart_children = 0;
  }
  if (c->clause_self) c->is_self_out = c->is_refused && c->apart + c->apart_children == 0;
  c->is_out = c->is_maybe = c->clause_self = c->is_self_acting = c->is_refused = false;
}

static void begin_sentence(struct crowd *c)
{
  c->mode = MODE_NONE;
  c->whole = c->adults = -1;
  c->children = c->named = c->added = c->with = c->apart = c->apart_children = 0;
  c->has_self = c->has_we = c->has_come = c->is_corrected = c->is_out = c->is_maybe = c->is_family = false;
  c->is_for_others = c->is_self_acting = c->is_self_too = false;
  c->is_without = c->is_sure = c->has_bring = c->is_joined = c->is_also = false;
}

/* What the sentence says; -1: nothing. `*is_more`: on top of what was said before. */
static int sum_sentence(struct crowd *c, bool *is_more)
{
  int others = c->with + (c->is_joined || c->has_come ? c->named + c->children : 0);
  *is_more = false;
  if (c->adults >= 0) c->whole = c->adults + c->children;
  if (c->whole >= 0) return c->whole + c->added + c->is_self_too;
  if (c->is_family) return GUESS_FAMILY + c->added;
  if (c->with == 0 && !c->is_joined && c->added > 0 && c->result > 0) {
    *is_more = true;
    return c->added;
  }
  int also = c->is_also && !c->has_self ? c->named + c->children + c->added : 0;
  if (also > 0 && (c->result > 0 || c->has_spoken)) {
    *is_more = c->result > 0;
    return *is_more ? also : 1 + also;
  }
  if (others + c->added > 0 && c->is_self_out && !c->has_we) return others + c->added;
  if (others + c->added > 0) {
    int base = c->has_we && !c->is_joined && c->with + c->added > 0 ? 2 : 1;
    return base + others + c->added;
  }
  return c->is_without && (c->has_come || c->has_self) && c->result < 0 ? 1 : -1;
}

static void end_sentence(struct crowd *c)
{
  bool is_more;
  end_clause(c);
  int count = sum_sentence(c, &is_more);
  c->has_spoken |= c->has_self || c->has_come;
  if (count < 0) return;
  if (is_more)
    c->result += count;
  else if (c->result < 0 || c->is_sure || c->is_corrected ||
           (c->has_come && (c->whole >= 0 || c->result <= 1)))
    c->result = count;
  c->result = MIN(c->result, PEOPLE_MAX);
}

/* ---- reading ---- */

/* A capital word before "und ich", also over other names ("Peter, Anna und ich"), is somebody. */
static bool is_name_beside_self(const struct crowd *c, guint at)
{
  const struct lexeme *l = c->l;
  for (guint i = 0; i < NAMES_MAX; i++, at += 2) {
    if (l[at].kind != LEXEME_WORD || !l[at].is_capital || mark_at(c, at, ROLE_SELF)) return false;
    if (lexeme_is(&l[at + 1], "und") || lexeme_is(&l[at + 1], "and"))
      return mark_at(c, at + 2, ROLE_SELF) != NULL;
    if (!lexeme_is(&l[at + 1], ",")) return false;
  }
  return false;
}

/* "mein Nachbar Paul und ich": the name of whom the word before it counted already. */
static guint say_name(struct crowd *c, guint at)
{
  const struct mark *who = at > 0 && c->l[at - 1].kind == LEXEME_WORD ? people_word(c, at - 1, false) : NULL;
  bool is_counted = who && who->end == at && who->role != ROLE_FAMILY && value_of(who, 1) == 1;
  c->named += !is_counted;
  return at + 1;
}

/* "(2+2)", "Familie Krause 2+1": grown-ups and children. The end; 0: none. */
static guint sum_of_two(const struct crowd *c, guint at, int *sum)
{
  const struct lexeme *l = &c->l[at];
  if (l[0].kind != LEXEME_DIGITS || !lexeme_is(&l[1], "+") || l[2].kind != LEXEME_DIGITS) return 0;
  if (l[0].number < 1 || l[0].number > 20 || l[2].number < 1 || l[2].number > 20) return 0;
  bool is_bracketed = at > 0 && lexeme_is(&c->l[at - 1], "(") && lexeme_is(&l[3], ")");
  if (!is_bracketed && !c->is_family && !c->has_come) return 0;
  if (!is_bracketed && (l[3].kind == LEXEME_DIGITS || people_word(c, at + 3, true))) return 0;
  *sum = (int)(l[0].number + l[2].number);
  return at + 3;
}

/* Takes what begins at a lexeme in; the lexeme behind it. */
static guint read_at(struct crowd *c, guint at)
{
  const struct lexeme *l = c->l;
  bool is_number = number_at(c->passage, at, &(struct number){ 0 });
  bool is_marked =
      c->mark_at[at] < c->marks->len && g_array_index(c->marks, struct mark, c->mark_at[at]).first == at;
  /* "bin dabei, Horst auch" */
  bool is_name_too = !is_marked && l[at].kind == LEXEME_WORD && l[at].is_capital && !l[at].begins_sentence &&
                     c->has_come && mark_at(c, at + 1, ROLE_ALSO);
  if (is_name_too) return say_name(c, at);
  if (!is_number && !is_marked) return is_name_beside_self(c, at) ? say_name(c, at) : 0;
  const struct mark *count = mark_at(c, at, ROLE_COUNT), *lead = mark_at(c, at, ROLE_LEAD);
  struct group group;
  struct number number;
  guint end;
  int whole;
  /* "mit Anhang: Mann und drei Kinder" goes on to name them */
  if (count && lexeme_is(&l[count->end], ":") && value_of(count, 1) == 2) {
    c->mode = MODE_WITH;
    c->has_come = true;
    return count->end + 1;
  }
  guint behind_sum = sum_of_two(c, at, &whole);
  if (behind_sum) {
    say_whole(c, whole, true);
    return behind_sum;
  }
  if (count && is_denied(c, at)) return count->end;
  if (count) {
    say_whole(c, value_of(count, 1), true);
    c->has_come |= mark_at(c, at, ROLE_COME) != NULL;
    return count->end;
  }
  if (lead && lead_number(c, lead->end, &end, &whole)) {
    say_whole(c, whole, true);
    c->has_come = true;
    return end;
  }
  if (c->mode == MODE_PLUS && number_at(c->passage, at, &number) && !group_at(c, at, &group) &&
      number.value <= PEOPLE_MAX && number.value == (double)(int)number.value && !number.is_ordinal &&
      is_number_free(c, number.end)) {
    c->added += c->has_bring || c->is_maybe ? 0 : (int)number.value;
    return number.end;
  }
  if ((l[at].kind == LEXEME_WORD || l[at].kind == LEXEME_DIGITS) && group_at(c, at, &group)) {
    bool is_other = group.role == ROLE_UNIT && is_denied(c, at);
    if (!is_other && !is_said_again(c, at, &group)) say_group(c, &group);
    if (group.is_place) note_place(c, group.end);
    return group.end;
  }
  if (number_at(c->passage, at, &number) && number.value >= 1 && number.value <= 50 && !number.is_ordinal &&
      (is_whole_answer(c, at, number.end) || (c->whole < 0 && mark_at(c, number.end, ROLE_OFF)))) {
    if (number.value == (double)(int)number.value && is_number_free(c, number.end))
      say_whole(c, (int)number.value, true);
    return number.end;
  }
  return is_name_beside_self(c, at) ? say_name(c, at) : 0;
}

/* What a lexeme changes for those behind it. */
static void note_at(struct crowd *c, guint at)
{
  struct group group;
  for (guint i = c->mark_at[at]; i < c->marks->len; i++) {
    const struct mark *mark = &g_array_index(c->marks, struct mark, i);
    if (mark->first != at) return;
    switch ((enum role)mark->role) {
    case ROLE_PLUS: c->mode = MODE_PLUS; break;
    case ROLE_WITH: c->mode = c->mode == MODE_PLUS && c->has_bring ? MODE_PLUS : MODE_WITH; break;
    case ROLE_BRING:
      c->mode = MODE_PLUS;
      c->has_bring = true;
      break;
    case ROLE_SELF:
      c->is_joined |= c->named + c->children > 0 && at > 0 &&
                      (lexeme_is(&c->l[at - 1], "und") || lexeme_is(&c->l[at - 1], "and") ||
                       lexeme_is(&c->l[at - 1], "ve") || lexeme_is(&c->l[at - 1], "u"));
      c->is_joined |= lexeme_is(&c->l[at + 1], "und") || lexeme_is(&c->l[at + 1], "and");
      c->is_joined |= lexeme_is(&c->l[at + 1], ",") && group_at(c, at + 2, &group);
      c->has_self = c->clause_self = true;
      c->is_self_acting = lexeme_is(&c->l[at], "ich") || lexeme_is(&c->l[at], "ick") ||
                          lexeme_is(&c->l[at], "icke") || lexeme_is(&c->l[at], "i");
      break;
    case ROLE_WE:
      if (mark_at(c, at, ROLE_WITH)) break; /* "мы с женой": the sender and his wife */
      c->has_we |= c->with + c->named + c->children + c->added == 0;
      break;
    case ROLE_COME:
      c->has_come = true;
      if (c->mode == MODE_WITH && c->with > 0) c->mode = MODE_NONE;
      break;
    case ROLE_OFF: c->mode = MODE_OFF; break;
    case ROLE_OUT:
      c->is_out = true;
      c->is_refused |= !lexeme_is(&c->l[at], "leider");
      break;
    case ROLE_ALSO:
      c->is_also = true;
      c->is_self_too |= c->is_for_others && c->is_self_acting;
      break;
    case ROLE_MAYBE: c->is_maybe = true; break;
    case ROLE_CORRECT: c->is_corrected = true; break;
    case ROLE_COUNT:
    case ROLE_UNIT:
    case ROLE_KIN:
    case ROLE_CHILD:
    case ROLE_FAMILY:
    case ROLE_MORE:
    case ROLE_LEAD:
    case ROLE_ARTICLE:
    case ROLE_FILLER:
    case ROLE_NOT_BEHIND:
    case ROLE_MONEY:
    case ROLES: break;
    }
  }
}

/* "…, die Kinder bleiben zu Hause": whether the clause behind a comma says of somebody that they do not come.
 */
static bool leaves_out(const struct crowd *c, guint at)
{
  enum { CLAUSE = 12 };
  for (guint i = at; i < at + CLAUSE && !ends_sentence(c->l, i) && !lexeme_is(&c->l[i], ","); i++)
    if (mark_at(c, i, ROLE_OUT)) return true;
  return false;
}

/* Commas end what is left out, and clauses of others; a list goes on ("mit Frau, Kind und Hund"). */
static void note_comma(struct crowd *c, guint at)
{
  if (c->l[at].kind != LEXEME_MARK || !strchr(",()", c->l[at].folded[0])) return;
  if (c->mode == MODE_OFF) c->mode = MODE_NONE;
  struct group group;
  bool is_list =
      group_at(c, at + 1, &group) || (c->mode == MODE_WITH && c->l[at + 1].is_capital &&
                                      c->l[at + 2].kind == LEXEME_WORD && group_at(c, at + 3, &group));
  bool is_left_out = is_list && leaves_out(c, at + 1);
  if (is_list && !is_left_out && !c->is_out && !c->is_maybe) return;
  if (is_left_out) c->mode = MODE_NONE;
  end_clause(c);
  c->apart = c->apart_children = 0;
}

int people_count(const struct passage *passage)
{
  g_autoptr(GArray) marks = marks_find(passage, role_names, ROLES);
  struct crowd c = { .passage = passage, .l = passage->lexemes->at, .marks = marks, .result = -1 };
  if (marks->len == 0 && passage->lexemes->count > SHORT_TEXT) return -1;
  c.mark_at = marks_index(passage, marks);
  begin_sentence(&c);
  for (guint at = 0; at < passage->lexemes->count;) {
    if (ends_sentence(c.l, at)) {
      end_sentence(&c);
      begin_sentence(&c);
      at++;
      continue;
    }
    guint end = read_at(&c, at);
    if (!end) {
      note_at(&c, at);
      note_comma(&c, at);
    }
    at = end ? end : at + 1;
  }
  end_sentence(&c);
  g_free(c.mark_at);
  return c.result;
}
