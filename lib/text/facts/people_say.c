/* What a sentence has said of who comes, and what it comes to: the whole, those who are named, those on top.
 * Called by people.c while it walks over a text. */
#include "lib/text/facts/people_private.h"

#include <string.h>

/* "Zu dritt, nicht zu viert", "nicht allein": how many do not come. */
bool people_is_denied(const struct crowd *c, guint at)
{
  static const char *const words[] = { "nicht", "nich", "not", "не", "değil" };
  while (at > 0 && passage_at(c->passage, phrases_tag("number.any-more"), at - 1)) at--;
  for (gsize i = 0; at > 0 && i < G_N_ELEMENTS(words); i++)
    if (lexeme_is(&c->l[at - 1], words[i])) return true;
  return false;
}

void people_say_whole(struct crowd *c, int count, bool is_sure)
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
bool people_is_said_again(const struct crowd *c, guint at, const struct group *group)
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

void people_say_group(struct crowd *c, guint at, const struct group *group)
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
      people_say_whole(c, group->count, false);
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
void people_leave_run_out(struct crowd *c)
{
  c->named = MAX(c->named - c->run_named, 0);
  c->apart = MAX(c->apart - c->run_named, 0);
  c->children = MAX(c->children - c->run_children, 0);
  c->apart_children = MAX(c->apart_children - c->run_children, 0);
  c->run_named = c->run_children = 0;
}

/* Behind places that were taken: those who are named then sit on them ("4 Plätze, ich, Jens und die Kinder").
 */
void people_note_place(struct crowd *c, guint end)
{
  struct group whom;
  if (c->mode == MODE_PLUS && c->has_bring) c->mode = MODE_NONE;
  c->is_for_others = (lexeme_is(&c->l[end], "fuer") || lexeme_is(&c->l[end], "for")) &&
                     people_group(c, end + 1, &whom) && whom.role != ROLE_UNIT;
}

/* At a clause's end: whom it says not to come is taken out again; "vielleicht" ends. */
void people_end_clause(struct crowd *c)
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

void people_begin_sentence(struct crowd *c)
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

void people_end_sentence(struct crowd *c)
{
  bool is_more;
  people_end_clause(c);
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
