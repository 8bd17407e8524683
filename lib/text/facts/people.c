/* How many come. A text is read sentence by sentence for three kinds of statement: the whole number ("zu
 * dritt", "4 Personen", "nur ich"), others who are named beside the sender ("meine Frau und ich", "komme mit
 * Tochter"), and others on top ("plus Kind", "bringe noch zwei Leute mit"). A whole number outranks an
 * enumeration; a later sentence that says it again corrects an earlier one.
 *
 * What surprised us: "mit" means both ("mit 4 Personen" is all of them, "mit 4 Freunden" is not); relatives
 * are mostly named as an excuse ("meine Tochter ist krank"), so they count only beside "ich", behind "mit" or
 * as those who come too; and "wir sind 5" needs a look at what follows ("5 Minuten später"). */
#include "lib/text/facts/people_private.h"

#include "lib/text/facts/numbers.h"

#include <string.h>

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

/* ---- reading ---- */

/* A capital word before "und ich", also over other names ("Peter, Anna und ich"), is somebody. */
static bool is_name_beside_self(const struct crowd *c, guint at)
{
  const struct lexeme *l = c->l;
  for (guint i = 0; i < NAMES_MAX; i++, at += 2) {
    if (l[at].kind != LEXEME_WORD || !l[at].is_capital || people_mark(c, at, ROLE_SELF) ||
        passage_at(c->passage, phrases_tag("people.address"), at) || people_is_addressed(c, at))
      return false;
    if (lexeme_is(&l[at + 1], "und") || lexeme_is(&l[at + 1], "and"))
      return people_mark(c, at + 2, ROLE_SELF) != NULL;
    if (!lexeme_is(&l[at + 1], ",")) return false;
  }
  return false;
}

/* "mein Nachbar Paul und ich": the name of whom the word before it counted already. */
static bool is_counted_name(const struct crowd *c, guint at)
{
  const struct mark *who = at > 0 && c->l[at - 1].kind == LEXEME_WORD ? people_word(c, at - 1, false) : NULL;
  return who && who->end == at && who->role != ROLE_FAMILY && people_value(who, 1) == 1;
}

/* "unsere Kinder Lena und Tom": the names of those who were counted. */
static bool is_absorbed(struct crowd *c, guint at)
{
  if (c->run_end == at && c->last_count > 1) c->absorbed = c->last_count;
  c->last_count = 0;
  if (c->absorbed == 0) return false;
  for (guint i = c->run_end; i < at; i++)
    if (!lexeme_is(&c->l[i], ",") && !lexeme_is(&c->l[i], "&") &&
        !passage_at(c->passage, phrases_tag("names.and"), i))
      c->absorbed = 0;
  if (c->absorbed == 0) return false;
  c->absorbed--;
  return true;
}

static guint say_name(struct crowd *c, guint at)
{
  c->named += !is_counted_name(c, at);
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

/* "statt drei", "nicht 4 sondern 3": a bare number that is taken back, or stands for such a one. The lexeme
 * behind it; 0: it is neither. */
static guint correct_number(struct crowd *c, guint at)
{
  struct number number;
  struct group group;
  if (!number_at(c->passage, at, &number) || number.is_ordinal || number.value != (double)(int)number.value ||
      number.value < 1 || number.value > PEOPLE_MAX || people_group(c, at, &group) ||
      !people_number_is_free(c, number.end) || people_is_hour(c, at))
    return 0;
  if (c->mode == MODE_OFF) {
    c->mode = MODE_NONE;
    c->has_denied |= c->is_instead; /* "statt 5 nur 3" */
    return number.end;
  }
  const struct mark *behind = people_mark(c, number.end, ROLE_OFF);
  if (behind && g_str_equal(behind->value, "behind")) { /* "üç değil iki" */
    c->has_denied = true;
    return behind->end;
  }
  if (people_is_denied(c, at)) {
    c->has_denied = true;
    return number.end;
  }
  if (!c->has_denied || at == 0 || !people_mark(c, at - 1, ROLE_CORRECT)) return 0;
  c->is_corrected = true;
  people_say_whole(c, (int)number.value, true);
  return number.end;
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
                     c->has_come && people_mark(c, at + 1, ROLE_ALSO) && !people_is_asked(c, at);
  struct group name;
  if (!is_marked && !is_number && people_name(c, at, &name)) {
    if (!is_absorbed(c, at) && !is_counted_name(c, at) && !people_is_said_again(c, at, &name))
      people_say_group(c, at, &name);
    c->run_end = name.end;
    return name.end;
  }
  if (is_name_too) return say_name(c, at);
  if (!is_number && !is_marked) return is_name_beside_self(c, at) ? say_name(c, at) : 0;
  const struct mark *count = people_mark(c, at, ROLE_COUNT), *lead = people_mark(c, at, ROLE_LEAD);
  struct group group;
  struct number number;
  guint end;
  int whole;
  /* "mit Anhang: Mann und drei Kinder" goes on to name them */
  if (count && lexeme_is(&l[count->end], ":") && people_value(count, 1) == 2) {
    c->mode = MODE_WITH;
    c->has_come = true;
    return count->end + 1;
  }
  guint behind_sum = sum_of_two(c, at, &whole);
  if (behind_sum) {
    people_say_whole(c, whole, true);
    return behind_sum;
  }
  if (count && people_is_denied(c, at)) {
    c->has_denied = true;
    return count->end;
  }
  if (count) {
    people_say_whole(c, people_value(count, 1), true);
    c->has_come |= people_mark(c, at, ROLE_COME) != NULL;
    return count->end;
  }
  if (lead && people_lead_number(c, lead->end, &end, &whole)) {
    people_say_whole(c, whole, true);
    c->has_come = true;
    return end;
  }
  guint behind_instead = is_number ? correct_number(c, at) : 0;
  if (behind_instead) return behind_instead;
  if (c->mode == MODE_PLUS && number_at(c->passage, at, &number) && !people_group(c, at, &group) &&
      number.value <= PEOPLE_MAX && number.value == (double)(int)number.value && !number.is_ordinal &&
      people_number_is_free(c, number.end) && !people_is_hour(c, at)) {
    c->added += c->has_bring || c->is_maybe ? 0 : (int)number.value;
    return number.end;
  }
  if ((l[at].kind == LEXEME_WORD || l[at].kind == LEXEME_DIGITS) && people_group(c, at, &group)) {
    bool is_beside = at > 0 && group.role != ROLE_UNIT && !people_mark(c, at - 1, ROLE_WITH) &&
                     passage_at(c->passage, phrases_tag("names.beside"), at - 1);
    bool is_other = is_beside || (group.role == ROLE_UNIT && people_is_denied(c, at));
    if (!is_other && !people_is_said_again(c, at, &group)) people_say_group(c, at, &group);
    if (group.is_place) people_note_place(c, group.end);
    return group.end;
  }
  if (number_at(c->passage, at, &number) && number.value >= 1 && number.value <= 50 && !number.is_ordinal &&
      (people_is_whole_answer(c, at, number.end) || (c->whole < 0 && people_mark(c, number.end, ROLE_OFF)))) {
    if (number.value == (double)(int)number.value && people_number_is_free(c, number.end))
      people_say_whole(c, (int)number.value, true);
    return number.end;
  }
  return is_name_beside_self(c, at) ? say_name(c, at) : 0;
}

/* What a lexeme changes for those behind it. */
static void note_at(struct crowd *c, guint at)
{
  struct group group;
  bool is_pronoun = people_mark(c, at, ROLE_SELF) || people_mark(c, at, ROLE_WE);
  if (passage_at(c->passage, phrases_tag("answer.self"), at)) {
    c->is_own = true;
    c->has_first |= !is_pronoun;
  }
  if (passage_at(c->passage, phrases_tag("people.apart"), at)) c->is_alone = !c->has_self && !c->is_own;
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
      c->is_joined |= c->named + c->children > 0 && lexeme_is(&c->l[at > 0 ? at - 1 : 0], ",") &&
                      people_is_self_in_list(c, at);
      c->is_joined |= lexeme_is(&c->l[at + 1], "und") || lexeme_is(&c->l[at + 1], "and");
      c->is_joined |= lexeme_is(&c->l[at + 1], ",") && people_group(c, at + 2, &group);
      c->has_self = c->clause_self = true;
      c->is_self_acting = lexeme_is(&c->l[at], "ich") || lexeme_is(&c->l[at], "ick") ||
                          lexeme_is(&c->l[at], "icke") || lexeme_is(&c->l[at], "i");
      break;
    case ROLE_WE:
      if (people_mark(c, at, ROLE_WITH)) break; /* "мы с женой": the sender and his wife */
      c->has_we |= c->with + c->named + c->children + c->added == 0;
      break;
    case ROLE_COME:
      c->has_come = true;
      if (c->mode == MODE_WITH && c->with > 0) c->mode = MODE_NONE;
      break;
    case ROLE_OFF:
      c->mode = MODE_OFF;
      c->is_instead = g_str_equal(mark->value, "instead");
      break;
    case ROLE_OUT:
      if (g_str_equal(mark->value, "in")) break;
      if (g_str_equal(mark->value, "behind")) {
        if (at == c->run_end) people_leave_run_out(c);
        break;
      }
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
  guint behind = 0;
  for (guint i = at; i < at + CLAUSE && !people_ends_sentence(c->l, i) && !lexeme_is(&c->l[i], ","); i++) {
    struct group group;
    const struct mark *out = people_mark(c, i, ROLE_OUT);
    if (out && !g_str_equal(out->value, "in") && (!g_str_equal(out->value, "behind") || i == behind))
      return true;
    if (!people_group(c, i, &group)) continue;
    behind = group.end;
    i = group.end - 1;
  }
  return false;
}

/* Commas end what is left out, and clauses of others; a list goes on ("mit Frau, Kind und Hund"). */
static void note_comma(struct crowd *c, guint at)
{
  if (c->l[at].kind != LEXEME_MARK || !strchr(",()", c->l[at].folded[0])) return;
  if (c->mode == MODE_OFF) c->mode = MODE_NONE;
  struct group group;
  bool is_list = people_group(c, at + 1, &group) ||
                 (c->mode == MODE_WITH && c->l[at + 1].is_capital && c->l[at + 2].kind == LEXEME_WORD &&
                  people_group(c, at + 3, &group));
  bool is_left_out = is_list && leaves_out(c, at + 1);
  if (is_list && !is_left_out && !c->is_out && !c->is_maybe) return;
  if (is_left_out) c->mode = MODE_NONE;
  people_end_clause(c);
  c->apart = c->apart_children = 0;
}

/* "Wir kommen:" and names in the lines below. The lexeme behind them; 0: there are none. */
static guint read_lines(struct crowd *c, guint at)
{
  guint end;
  bool is_led = c->has_come || c->has_we || (at > 0 && people_mark(c, at - 1, ROLE_UNIT));
  int people = is_led && lexeme_is(&c->l[at], ":") ? people_in_lines(c, at, &end) : 0;
  if (people == 0) return 0;
  if (c->whole < 0) people_say_whole(c, people, true);
  c->has_come = true;
  return end;
}

int people_count(const struct passage *passage)
{
  g_autoptr(GArray) marks = marks_find(passage, role_names, ROLES);
  struct crowd c = { .passage = passage, .l = passage->lexemes->at, .marks = marks, .result = -1 };
  if (marks->len == 0 && passage->lexemes->count > SHORT_TEXT) return -1;
  c.mark_at = marks_index(passage, marks);
  people_begin_sentence(&c);
  for (guint at = 0; at < passage->lexemes->count;) {
    if (people_ends_sentence(c.l, at)) {
      c.is_asking = lexeme_is(&c.l[at], "?");
      people_end_sentence(&c);
      people_begin_sentence(&c);
      at++;
      continue;
    }
    guint end = read_lines(&c, at);
    if (!end) end = read_at(&c, at);
    if (!end) {
      note_at(&c, at);
      note_comma(&c, at);
    }
    at = end ? end : at + 1;
  }
  c.is_asking = false;
  people_end_sentence(&c);
  g_free(c.mark_at);
  return c.result;
}
