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

/* ---- statements ---- */

/* "Zu dritt, nicht zu viert", "nicht allein": how many do not come. */
static bool is_denied(const struct crowd *c, guint at)
{
  static const char *const words[] = { "nicht", "nich", "not", "не", "değil" };
  while (at > 0 && passage_at(c->passage, phrases_tag("number.any-more"), at - 1)) at--;
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
  if (count == 0 && c->named + c->children + c->with > 0) {
    c->is_alone = true; /* "meine Eltern kommen ohne mich" */
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
  for (guint back = 1; back <= MIN(at, (guint)SENTENCE_BACK) && !people_ends_sentence(c->l, at - back);
       back++) {
    const struct lexeme *it = &c->l[at - back];
    bool is_person = group->is_name || people_mark(c, at - back, group->role);
    if (it->kind == LEXEME_WORD && strcmp(it->folded, word) == 0 && is_person) return true;
  }
  return false;
}

/* Those that nothing but "und" and commas parts: "die Kinder und Oma haben …". */
static void keep_run(struct crowd *c, guint at, const struct group *group)
{
  bool is_joined = c->run_end > 0 && at >= c->run_end;
  for (guint i = c->run_end; is_joined && i < at; i++)
    is_joined = lexeme_is(&c->l[i], ",") || lexeme_is(&c->l[i], "&") ||
                passage_at(c->passage, phrases_tag("names.and"), i) != NULL;
  if (!is_joined) c->run_named = c->run_children = 0;
  if (c->mode != MODE_NONE || group->role == ROLE_UNIT || group->role == ROLE_FAMILY)
    c->run_named = c->run_children = 0;
  else if (group->role == ROLE_CHILD)
    c->run_children += group->count;
  else
    c->run_named += group->count;
  c->run_end = group->end;
  c->last_count = group->role == ROLE_UNIT || group->is_name ? 0 : group->count;
  c->absorbed = 0;
}

static void say_group(struct crowd *c, guint at, const struct group *group)
{
  c->is_alone |= at > 0 && passage_at(c->passage, phrases_tag("rsvp.only"), at - 1); /* "nur Papa kommt" */
  if (!group->is_seat && c->mode != MODE_OFF && !c->is_maybe) keep_run(c, at, group);
  if (group->is_seat && c->has_bring) return;
  if (c->mode == MODE_OFF || c->is_maybe) {
    c->is_without |= c->mode == MODE_OFF && group->role != ROLE_UNIT;
    return;
  }
  bool is_taken = group->is_place && c->has_bring; /* "nehme 2 Plätze": the sender's among them */
  bool is_top = (c->mode == MODE_PLUS && !is_taken) || group->is_more;
  if (group->role == ROLE_FAMILY) {
    bool is_said = c->mode == MODE_WITH || c->mode == MODE_PLUS || c->has_come;
    c->clause_family = is_said && !c->is_family;
    c->is_family |= is_said;
  } else if (group->role == ROLE_UNIT && !is_top) {
    bool is_part = group->is_adult && c->is_sure && c->whole > group->count && !c->is_corrected;
    if (is_part) return; /* "zu viert, mein Mann, ich und die beiden Großen" */
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
    c->listed += group->is_name;
  }
}

/* "die Kinder haben Training": those right before the verb do not come. */
static void leave_run_out(struct crowd *c)
{
  c->named = MAX(c->named - c->run_named, 0);
  c->apart = MAX(c->apart - c->run_named, 0);
  c->children = MAX(c->children - c->run_children, 0);
  c->apart_children = MAX(c->apart_children - c->run_children, 0);
  c->run_named = c->run_children = 0;
}

/* Behind places that were taken: those who are named then sit on them ("4 Plätze, ich, Jens und die Kinder").
 */
static void note_place(struct crowd *c, guint end)
{
  struct group whom;
  if (c->mode == MODE_PLUS && c->has_bring) c->mode = MODE_NONE;
  c->is_for_others = (lexeme_is(&c->l[end], "fuer") || lexeme_is(&c->l[end], "for")) &&
                     people_group(c, end + 1, &whom) && whom.role != ROLE_UNIT;
}

/* At a clause's end: whom it says not to come is taken out again; "vielleicht" ends. */
static void end_clause(struct crowd *c)
{
  if (c->is_out && c->clause_family) c->is_family = false;
  if (c->is_out) {
    c->named = MAX(c->named - c->apart, 0);
    c->children = MAX(c->children - c->apart_children, 0);
    c->apart = c->apart_children = 0;
  }
  if (c->clause_self || c->has_first) c->is_self_out = c->is_refused && c->apart + c->apart_children == 0;
  c->clause_family = c->is_out = c->is_maybe = c->clause_self = c->has_first = c->is_self_acting =
      c->is_refused = false;
}

static void begin_sentence(struct crowd *c)
{
  c->mode = MODE_NONE;
  c->whole = c->adults = -1;
  c->children = c->named = c->added = c->with = c->apart = c->apart_children = c->listed = 0;
  c->run_named = c->run_children = 0;
  c->run_end = 0;
  c->last_count = c->absorbed = 0;
  c->is_instead = c->has_denied = c->is_alone = c->is_own = false;
  c->has_self = c->has_we = c->has_come = c->is_corrected = c->is_out = c->is_maybe = c->is_family = false;
  c->is_for_others = c->is_self_acting = c->is_self_too = false;
  c->is_without = c->is_sure = c->has_bring = c->is_joined = c->is_also = false;
}

/* What the sentence says; -1: nothing. `*is_more`: on top of what was said before. */
static int sum_sentence(struct crowd *c, bool *is_more)
{
  if (c->is_asking)
    c->with = c->named = c->children = c->added = c->is_family = 0; /* "Was für Kinder dabei?" */
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
  bool is_list =
      c->listed > 0 && !c->has_self && !c->is_own && !c->is_also && c->with == 0; /* "Anna und Klaus" */
  bool is_of_others = c->is_alone && !c->has_we && !c->has_self && !c->is_own && c->with == 0;
  if (others + c->added > 0 && ((c->is_self_out && !c->has_we) || is_list || is_of_others))
    return others + c->added;
  if (others + c->added > 0) {
    int base = c->has_we && !c->is_joined && c->with + c->added > 0 ? 2 : 1;
    return base + others + c->added;
  }
  return c->is_without && (c->has_come || c->has_self) && c->result < 0 ? 1 + c->has_we : -1;
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
  if (is_denied(c, at)) {
    c->has_denied = true;
    return number.end;
  }
  if (!c->has_denied || at == 0 || !people_mark(c, at - 1, ROLE_CORRECT)) return 0;
  c->is_corrected = true;
  say_whole(c, (int)number.value, true);
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
    if (!is_absorbed(c, at) && !is_counted_name(c, at) && !is_said_again(c, at, &name))
      say_group(c, at, &name);
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
    say_whole(c, whole, true);
    return behind_sum;
  }
  if (count && is_denied(c, at)) {
    c->has_denied = true;
    return count->end;
  }
  if (count) {
    say_whole(c, people_value(count, 1), true);
    c->has_come |= people_mark(c, at, ROLE_COME) != NULL;
    return count->end;
  }
  if (lead && people_lead_number(c, lead->end, &end, &whole)) {
    say_whole(c, whole, true);
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
    bool is_other = is_beside || (group.role == ROLE_UNIT && is_denied(c, at));
    if (!is_other && !is_said_again(c, at, &group)) say_group(c, at, &group);
    if (group.is_place) note_place(c, group.end);
    return group.end;
  }
  if (number_at(c->passage, at, &number) && number.value >= 1 && number.value <= 50 && !number.is_ordinal &&
      (people_is_whole_answer(c, at, number.end) || (c->whole < 0 && people_mark(c, number.end, ROLE_OFF)))) {
    if (number.value == (double)(int)number.value && people_number_is_free(c, number.end))
      say_whole(c, (int)number.value, true);
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
        if (at == c->run_end) leave_run_out(c);
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
  end_clause(c);
  c->apart = c->apart_children = 0;
}

/* "Wir kommen:" and names in the lines below. The lexeme behind them; 0: there are none. */
static guint read_lines(struct crowd *c, guint at)
{
  guint end;
  bool is_led = c->has_come || c->has_we || (at > 0 && people_mark(c, at - 1, ROLE_UNIT));
  int people = is_led && lexeme_is(&c->l[at], ":") ? people_in_lines(c, at, &end) : 0;
  if (people == 0) return 0;
  if (c->whole < 0) say_whole(c, people, true);
  c->has_come = true;
  return end;
}

int people_count(const struct passage *passage)
{
  g_autoptr(GArray) marks = marks_find(passage, role_names, ROLES);
  struct crowd c = { .passage = passage, .l = passage->lexemes->at, .marks = marks, .result = -1 };
  if (marks->len == 0 && passage->lexemes->count > SHORT_TEXT) return -1;
  c.mark_at = marks_index(passage, marks);
  begin_sentence(&c);
  for (guint at = 0; at < passage->lexemes->count;) {
    if (people_ends_sentence(c.l, at)) {
      c.is_asking = lexeme_is(&c.l[at], "?");
      end_sentence(&c);
      begin_sentence(&c);
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
  end_sentence(&c);
  g_free(c.mark_at);
  return c.result;
}
