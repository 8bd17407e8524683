/* What a text answers: the tables find words, this file weighs them. A text is walked clause by clause;
 * within a clause a negation turns what can be turned, a "vielleicht" makes a maybe of it, and what follows
 * "wenn" or "ob" is only thought of. A later clause outranks an earlier one ("Ja gern, ach nein, da sind wir
 * im Urlaub").
 *
 * What surprised us: most "nicht" in a yes belong to something else ("nicht vergessen", "nicht vor 19 Uhr"),
 * so the tables name what they belong to (answer.shield) instead of what they negate; polite people refuse
 * without a negation ("würde gern kommen, aber da hat meine Mutter Geburtstag"); and half of all conditions
 * are kindness
 * ("wenn ihr noch Hilfe braucht"). */
#include "lib/text/facts/answer_private.h"

#include <string.h>

static const char *const role_names[ROLES] = {
  [ROLE_YES] = "answer.yes",         [ROLE_NO] = "answer.no",       [ROLE_MAYBE] = "answer.maybe",
  [ROLE_VERB] = "answer.verb",       [ROLE_MODAL] = "answer.modal", [ROLE_NOT] = "answer.not",
  [ROLE_SHIELD] = "answer.shield",   [ROLE_IF] = "answer.if",       [ROLE_SOFT] = "answer.soft",
  [ROLE_BUT] = "answer.but",         [ROLE_WOULD] = "answer.would", [ROLE_LATER] = "answer.later",
  [ROLE_WHETHER] = "answer.whether", [ROLE_OTHER] = "answer.other", [ROLE_SELF] = "answer.self",
  [ROLE_EXCUSE] = "answer.excuse",   [ROLE_SPLIT] = "answer.split", [ROLE_AROUND] = "answer.around",
};

/* ---- clauses ---- */

static bool ends_sentence(const struct lexeme *l, guint at)
{
  if (l[at].kind == LEXEME_END) return true;
  if (l[at].kind == LEXEME_BREAK) return l[at + 1].begins_sentence || l[at + 1].kind == LEXEME_BREAK;
  if (l[at].kind != LEXEME_MARK) return false;
  return strchr("!?;", l[at].folded[0]) || (l[at].folded[0] == '.' && l[at + 1].begins_sentence) ||
         lexeme_is(&l[at], "\u2026");
}

static bool ends_clause(const struct lexeme *l, guint at)
{
  if (ends_sentence(l, at)) return true;
  if (l[at].kind != LEXEME_MARK) return false;
  if (l[at].folded[0] == '-') return l[at].is_spaced && l[at + 1].is_spaced;
  return strchr(",:()", l[at].folded[0]) != NULL;
}

/* ---- marks ---- */

/* Whether a mark of a role covers shorter ones inside. Those that a negation turns do not. */
static bool covers(guint role)
{
  return role == ROLE_YES || role == ROLE_NO || role == ROLE_MAYBE || role == ROLE_SHIELD ||
         role == ROLE_SOFT || role == ROLE_EXCUSE;
}

/* Drops marks that lie inside a longer one: "vergessen" of "nicht vergessen". */
static void drop_covered(GArray *marks)
{
  guint kept = 0, cover_first = 0, cover_end = 0;
  for (guint i = 0; i < marks->len; i++) {
    struct mark mark = g_array_index(marks, struct mark, i);
    bool is_inside = mark.end <= cover_end && mark.end - mark.first < cover_end - cover_first;
    bool is_same = mark.end == cover_end && mark.first == cover_first;
    if (is_inside || (is_same && covers(mark.role))) continue;
    if (covers(mark.role) && mark.end > cover_end) {
      cover_first = mark.first;
      cover_end = mark.end;
    }
    g_array_index(marks, struct mark, kept++) = mark;
  }
  g_array_set_size(marks, kept);
}

static bool is_weak(const struct mark *mark)
{
  return g_str_equal(mark->value, "weak");
}

/* Drops reasons that words of two clauses seem to make: "bin dabei, Thomas ist verreist" is no "bin …
 * verreist", and "kann ich nicht sagen, hängt vom Dienst ab" no "sagen … ab". */
static void drop_torn(GArray *marks, const struct lexeme *l)
{
  enum { BACK = 16 };
  guint kept = 0;
  for (guint i = 0; i < marks->len; i++) {
    struct mark mark = g_array_index(marks, struct mark, i);
    bool is_reason = mark.role == ROLE_NO || mark.role == ROLE_EXCUSE;
    guint tear = mark.first + 1;
    while (tear < mark.end && !ends_clause(l, tear)) tear++;
    bool is_torn = false;
    for (guint k = kept > BACK ? kept - BACK : 0; is_reason && tear < mark.end && k < marks->len && !is_torn;
         k++) {
      const struct mark *other = &g_array_index(marks, struct mark, k);
      if (other->first >= tear) break;
      bool says = other->role == ROLE_YES || other->role == ROLE_VERB || other->role == ROLE_MAYBE;
      is_torn = says && !is_weak(other) && other->end <= tear && other->end > mark.first;
    }
    if (!is_torn) g_array_index(marks, struct mark, kept++) = mark;
  }
  g_array_set_size(marks, kept);
}

static void put(struct verdict *verdict, enum answer answer, enum weight weight, const struct mark *mark)
{
  if (weight < verdict->weight && weight <= WEIGHT_WEAK) return;
  *verdict = (struct verdict){ answer, weight, mark->first, mark->end };
}

/* Whether a mark is a yes or no of its own, and how much it weighs. */
static void weigh(const struct mark *mark, bool is_negated, struct verdict *verdict)
{
  enum weight strong = is_weak(mark) ? WEIGHT_WEAK : WEIGHT_STRONG;
  switch ((enum role)mark->role) {
  case ROLE_YES: put(verdict, is_negated && !is_weak(mark) ? ANSWER_NO : ANSWER_YES, strong, mark); break;
  case ROLE_VERB: put(verdict, is_negated ? ANSWER_NO : ANSWER_YES, strong, mark); break;
  case ROLE_MODAL:
    if (is_negated) put(verdict, ANSWER_NO, strong, mark);
    break;
  case ROLE_NO: put(verdict, ANSWER_NO, strong, mark); break;
  case ROLE_EXCUSE: put(verdict, ANSWER_NO, is_weak(mark) ? WEIGHT_WEAK : WEIGHT_PLAIN, mark); break;
  case ROLE_MAYBE:
    if (!g_str_equal(mark->value, "word")) put(verdict, ANSWER_MAYBE, strong, mark);
    break;
  case ROLE_WOULD:
    if (g_str_equal(mark->value, "thanks")) break;
    put(verdict, is_negated ? ANSWER_NO : ANSWER_YES, WEIGHT_PLAIN, mark);
    break;
  case ROLE_NOT:
  case ROLE_SHIELD:
  case ROLE_IF:
  case ROLE_SOFT:
  case ROLE_BUT:
  case ROLE_LATER:
  case ROLE_WHETHER:
  case ROLE_OTHER:
  case ROLE_SELF:
  case ROLE_SPLIT:
  case ROLE_AROUND:
  case ROLES: break;
  }
}

/* What one clause says by itself. */
static struct verdict hear_words(const struct hearing *h, const struct clause *c)
{
  struct verdict verdict = { 0 };
  const struct mark *condition = answer_mark(h, c, ROLE_IF), *whether = answer_mark(h, c, ROLE_WHETHER);
  const struct mark *maybe = NULL;
  bool is_negated = answer_mark(h, c, ROLE_NOT) != NULL, is_refused = false;
  if (condition && answer_is_of_name(h, condition)) condition = NULL;
  for (guint i = c->marks; i < c->marks_end; i++) {
    const struct mark *mark = &g_array_index(h->marks, struct mark, i);
    if (condition && mark->first >= condition->first && mark->role != ROLE_NO) continue;
    if (mark->role == ROLE_MAYBE && g_str_equal(mark->value, "word")) maybe = mark;
    is_refused |= mark->role == ROLE_NO && !is_weak(mark);
    weigh(mark, is_negated || (is_refused && mark->role == ROLE_VERB), &verdict);
  }
  if (whether && verdict.answer && verdict.first > whether->first) {
    /* "dass" tells what the clause before it thinks of */
    if (!g_str_equal(whether->value, "that"))
      verdict.answer = ANSWER_MAYBE;
    else if (h->verdict.answer)
      verdict.answer = h->verdict.answer;
  }
  if (!maybe) return verdict;
  bool is_own = maybe->end <= verdict.first || maybe->first >= verdict.end;
  if (verdict.answer == ANSWER_NO && !is_own) return verdict;
  bool is_turned = verdict.answer && verdict.weight > WEIGHT_WEAK;
  if (is_turned)
    verdict.answer = ANSWER_MAYBE;
  else
    put(&verdict, ANSWER_MAYBE, is_negated ? WEIGHT_PLAIN : WEIGHT_WEAK, maybe);
  return verdict;
}

/* What stands in the way of taking a clause at its word. */
static void soften(const struct hearing *h, const struct clause *c, struct verdict *verdict)
{
  if (c->is_question && !(verdict->weight == WEIGHT_STRONG && verdict->first == c->first && !c->is_alone))
    verdict->weight = WEIGHT_NONE;
  /* "Hab ich das richtig verstanden, dass …?" */
  if (c->is_asking && verdict->weight <= WEIGHT_WEAK && verdict->first != c->first)
    verdict->weight = WEIGHT_NONE;
  if (answer_asks_who(h, c, verdict)) verdict->weight = WEIGHT_NONE;
  enum answer_around around = answer_around(h, c, verdict);
  if (around == AROUND_SURELY) verdict->weight = WEIGHT_NONE;
  if (around == AROUND_PERHAPS) verdict->answer = ANSWER_MAYBE;
  if (answer_mark(h, c, ROLE_OTHER) && !answer_mark(h, c, ROLE_SELF)) {
    const struct mark *other = answer_mark(h, c, ROLE_OTHER);
    if (other->first < verdict->end + 3) verdict->weight = MIN(verdict->weight, WEIGHT_OTHER);
  }
  if (verdict->answer != ANSWER_YES && (answer_of_others(h, c) || answer_asks_of_others(h, c)))
    verdict->weight = MIN(verdict->weight, WEIGHT_OTHER);
  if (answer_mark(h, c, ROLE_LATER) && verdict->answer != ANSWER_NO) {
    verdict->answer = ANSWER_NO;
    verdict->weight = MIN(verdict->weight, WEIGHT_WEAK);
  }
}

/* ---- weighing clauses ---- */

static void note_condition(struct hearing *h, const struct clause *c)
{
  const struct mark *condition = answer_mark(h, c, ROLE_IF);
  if (condition && answer_is_of_name(h, condition)) return; /* "alle außer Klaus" */
  if (answer_mark(h, c, ROLE_SOFT)) {
    h->is_soft = true;
    return;
  }
  if (!answer_mark(h, c, ROLE_IF)) return;
  h->if_clause = h->clause;
  bool follows_yes = h->verdict.answer == ANSWER_YES && h->yes_clause && (h->clause - h->yes_clause <= 1) &&
                     (h->yes_clause >= h->sentence_clause || c->is_alone);
  if (!follows_yes) return;
  h->verdict.answer = ANSWER_MAYBE;
  h->is_conditional = true;
}

/* "Ob Klaus kommt, weiß ich nicht", "weiß nicht, ob Klaus kommt": behind a yes it stays one. */
static void note_others(struct hearing *h, const struct clause *c, struct verdict *verdict)
{
  bool is_behind =
      h->others_clause && h->others_clause + 1 == h->clause && h->others_clause >= h->sentence_clause;
  if (is_behind && h->verdict.answer == ANSWER_YES && verdict->answer == ANSWER_MAYBE)
    verdict->weight = WEIGHT_NONE;
  if (!answer_asks_of_others(h, c)) return;
  h->others_clause = h->clause;
  bool is_open = h->verdict.answer == ANSWER_MAYBE && h->verdict_clause + 1 == h->clause &&
                 h->verdict_clause >= h->sentence_clause;
  if (is_open && h->before.answer == ANSWER_YES) h->verdict = h->before;
}

static void hear_clause(struct hearing *h, const struct clause *c)
{
  const struct phrase_hit *stays = passage_find(h->passage, phrases_tag("answer.stays"), c->first);
  if (stays && stays->first < c->end) h->is_late = h->is_coming = true; /* "kann nur bis 17 Uhr bleiben" */
  struct verdict verdict = hear_words(h, c);
  soften(h, c, &verdict);
  note_others(h, c, &verdict);
  h->others_come |= answer_says_others_come(h, c);
  const struct mark *maybe = answer_mark(h, c, ROLE_MAYBE);
  h->is_firm |= maybe && g_str_equal(maybe->value, "firm") && !c->is_question;
  const struct mark *but = answer_mark(h, c, ROLE_BUT);
  if (but && h->verdict.answer == ANSWER_YES) {
    h->has_but = true;
  }
  bool is_unsaid = verdict.weight <= WEIGHT_WEAK && verdict.answer != ANSWER_YES && !c->is_question;
  if (but && h->is_would_open && is_unsaid && h->verdict.answer != ANSWER_MAYBE) {
    h->verdict = (struct verdict){ ANSWER_NO, WEIGHT_PLAIN, but->first, c->end };
    h->is_would_open = false;
    return;
  }
  const struct mark *would = answer_mark(h, c, ROLE_WOULD);
  bool is_open = would && (verdict.answer == ANSWER_YES || !verdict.answer);
  if (is_open) h->is_would_open = true;
  bool is_better =
      verdict.weight > WEIGHT_NONE && (verdict.weight >= WEIGHT_PLAIN || verdict.weight >= h->verdict.weight);
  if (is_better) {
    /* a yes said again does not lift its condition, nor its "aber" */
    bool is_same = verdict.answer == h->verdict.answer;
    h->before = h->verdict;
    h->verdict_clause = h->clause;
    h->verdict = verdict;
    h->is_would_open = is_open;
    if (!is_same) h->has_but = false;
    if (verdict.answer == ANSWER_YES) {
      h->yes_clause = h->clause;
      answer_note_yes(h, c);
    }
    bool is_thought_of = h->if_clause >= h->sentence_clause && h->if_clause && h->clause - h->if_clause <= 1;
    if (verdict.answer == ANSWER_YES && is_thought_of && h->if_clause != h->clause) {
      h->verdict.answer = ANSWER_MAYBE;
      h->is_conditional = true;
    }
  }
  note_condition(h, c);
}

/* Reads the clause that begins at a lexeme: the lexeme behind it. */
static guint read_clause(struct hearing *h, guint at, guint sentence_end)
{
  struct clause c = { .first = at, .marks = h->next };
  guint end = at;
  bool is_asking = lexeme_is(&h->l[sentence_end], "?");
  while (end < sentence_end && !ends_clause(h->l, end)) {
    bool is_split = false;
    for (guint i = h->next; i < h->marks->len && g_array_index(h->marks, struct mark, i).first <= end; i++) {
      const struct mark *mark = &g_array_index(h->marks, struct mark, i);
      bool is_particle = is_asking && g_str_equal(mark->value, "particle"); /* "Wie viele kommen denn?" */
      is_split |= mark->first == end && end > at && !is_particle &&
                  (mark->role == ROLE_BUT || mark->role == ROLE_SPLIT);
    }
    if (is_split) break;
    while (h->next < h->marks->len && g_array_index(h->marks, struct mark, h->next).first <= end) h->next++;
    end++;
  }
  c.end = end;
  c.marks_end = h->next;
  bool is_mark_next = end < sentence_end && ends_clause(h->l, end);
  guint behind = is_mark_next ? end + 1 : end;
  h->clause++;
  c.is_question = behind >= sentence_end && lexeme_is(&h->l[sentence_end], "?");
  c.is_asking = is_asking;
  c.is_alone = h->clause == h->sentence_clause && behind >= sentence_end;
  hear_clause(h, &c);
  return MAX(behind, at + 1);
}

/* "Falls ich doch nicht kann, melde ich mich": who promises to tell has said nothing against it. */
static bool is_promise_to_tell(const struct hearing *h, guint at, guint sentence_end)
{
  const struct phrase_hit *lead = passage_at(h->passage, phrases_tag("answer.escape"), at);
  if (!lead) return false;
  const struct phrase_hit *unable = passage_find(h->passage, phrases_tag("answer.unable"), lead->end);
  const struct phrase_hit *tells = passage_find(h->passage, phrases_tag("answer.tells"), lead->end);
  return unable && tells && unable->first < tells->first && tells->first < sentence_end;
}

struct answer_found answer_read(const struct passage *passage)
{
  g_autoptr(GArray) marks = marks_find(passage, role_names, ROLES);
  struct answer_found found = { 0 };
  if (marks->len == 0) return found;
  drop_torn(marks, passage->lexemes->at);
  drop_covered(marks);
  struct hearing h = {
    .passage = passage, .l = passage->lexemes->at, .weekday = phrases_tag("date.weekday"), .marks = marks
  };
  for (guint at = 0; at < passage->lexemes->count;) {
    guint end = at;
    while (!ends_sentence(h.l, end)) end++;
    h.sentence_clause = h.clause + 1;
    while (at < end) at = is_promise_to_tell(&h, at, end) ? end : read_clause(&h, at, end);
    at = MAX(at, end) + 1;
    while (h.next < marks->len && g_array_index(marks, struct mark, h.next).first < at) h.next++;
  }
  found.answer = h.verdict.answer;
  found.first = h.verdict.first;
  found.end = h.verdict.end;
  found.is_conditional = h.is_conditional || (h.is_soft && h.verdict.answer == ANSWER_YES);
  if (h.is_firm) found.answer = ANSWER_MAYBE;
  found.others_come = h.others_come && found.answer == ANSWER_NO;
  bool is_polite =
      h.verdict.weight == WEIGHT_WEAK && passage_at(passage, phrases_tag("answer.no"), found.first);
  found.is_faint = found.answer == ANSWER_NO && (is_polite || h.verdict.weight == WEIGHT_OTHER);
  found.has_but = h.has_but && h.verdict.answer == ANSWER_YES;
  if (found.answer == ANSWER_NONE && h.if_clause && h.clause == h.if_clause) {
    found.answer = ANSWER_MAYBE;
    found.is_conditional = true;
  }
  return found;
}
