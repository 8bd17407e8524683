/* What one clause of an office's answer says of the state: "wurde ersetzt", "wird im Mai gesetzt", "nicht
 * möglich". Each reader proposes a state with its rank; status.c goes over the clauses, and the
 * highest rank wins.
 *
 * What surprised us: the same participle is done ("wurde repariert"), planned ("wird repariert"), a no ("wird
 * nicht repariert") or nothing ("sobald repariert wurde"), and the word that decides may stand in the clause
 * before ("wurde abgeholt und entsorgt") or behind ("erledigt, sobald …"). */
#include "lists/understand/answers/official/clause.h"

#include "lists/understand/answers/official/days.h"

#include <string.h>

enum {
  DATES_LOOKED_AT = 8,
  YEARS_AGO = 2,
  YEARS_AHEAD = 15,
  ACTS_READ = 32 /* nobody does more in one clause */
};

static bool has(const struct status_reader *r, const char *tag)
{
  return clause_find(r->passage, tag, r->clause) != NULL;
}

void status_begin_sentence(struct status_reader *r)
{
  if (r->known_of == r->whole->sentence + 1) return;
  r->known_of = r->whole->sentence + 1;
  r->known_count = 0;
  r->has_day[0] = r->has_day[1] = false;
}

bool status_sentence_has(struct status_reader *r, const char *tag)
{
  status_begin_sentence(r);
  for (guint i = 0; i < r->known_count; i++)
    if (strcmp(r->known[i].tag, tag) == 0) return r->known[i].is_there;
  bool is_there = clause_find(r->passage, tag, r->whole) != NULL;
  if (r->known_count < SENTENCE_TAGS) {
    r->known[r->known_count].tag = tag;
    r->known[r->known_count++].is_there = is_there;
  }
  return is_there;
}

/* Proposes a status; the first of a rank stays. */
static void propose(struct status_reader *r, enum rank rank, enum case_status status)
{
  if (rank <= r->rank) return;
  r->rank = rank;
  r->status = status;
  r->best = r->clause;
}

/* Proposes "planned"; a day named for it outweighs a no that another sentence says of something else. */
static void propose_plan(struct status_reader *r)
{
  bool is_other_thing = r->rank == RANK_FIRM_NO && r->best && r->best->sentence != r->clause->sentence;
  propose(r, is_other_thing && r->date ? RANK_DATED : RANK_PLANNED, STATUS_PLANNED);
}

/* ---- what the words around a verb say ---- */

/* Whether the day named is none of today. */
static bool is_later(const struct status_reader *r)
{
  struct wall day = r->date ? official_last_day(r->date) : r->today;
  return official_compare_days(&day, &r->today) > 0;
}

/* "Bis Ende des Monats ist das erledigt": a promise, for all its "ist". */
static bool is_promised(const struct status_reader *r)
{
  if (!r->date || !r->date->is_deadline || !is_later(r)) return false;
  bool has_is = false;
  for (guint at = r->clause->first; at < r->clause->end; at++) {
    const struct lexeme *it = &r->passage->lexemes->at[at];
    has_is |= lexeme_is(it, "ist") || lexeme_is(it, "sind");
  }
  return has_is && r->date->first >= r->clause->first && r->date->end <= r->clause->end;
}

/* A day that is over stands among the first of the clause. */
static bool names_past_day(const struct status_reader *r)
{
  const struct official_days days = status_days(r);
  guint from = official_first_date(r->dates, r->clause->first);
  for (guint i = from; i < MIN(r->dates->len, from + DATES_LOOKED_AT); i++) {
    const struct date_found *date = &g_array_index(r->dates, struct date_found, i);
    if (date->first >= r->clause->end) return false;
    struct wall day = official_last_day(date);
    if (day.year && (official_compare_days(&day, &r->today) < 0 || official_is_last_years(&days, date, &day)))
      return true;
  }
  return false;
}

/* Whether the rest of the sentence takes it back: "erledigt, sobald die Firma da war". */
static bool is_until_later(const struct status_reader *r)
{
  guint near = MIN(r->whole->end, r->clause->end + 2);
  return span_find(r->passage, "official.until", r->clause->end, near) || is_promised(r);
}

/* ---- readers of one clause ---- */

/* "Der Bau erfolgt 2027". */
static bool names_later_year(const struct status_reader *r)
{
  for (guint at = r->clause->first; at < r->clause->end; at++) {
    const struct lexeme *it = &r->passage->lexemes->at[at];
    if (it->kind == LEXEME_DIGITS && it->end - it->start == 4 && it->is_spaced &&
        it->number > (uint32_t)r->today.year && it->number < (uint32_t)r->today.year + YEARS_AHEAD)
      return true;
  }
  return false;
}

/* A bare "repariert": done where it ends its clause or a time of the past follows, else a verb of the
 * present. */
static bool is_bare_participle(const struct status_reader *r, const struct phrase_hit *act)
{
  const struct lexeme *next = &r->passage->lexemes->at[act->end];
  if (is_later(r) || names_later_year(r)) return false;
  if (names_past_day(r)) return true;
  if (act->end >= r->clause->end || next->kind != LEXEME_WORD) return true;
  return act->first == r->clause->first && !next->is_capital;
}

/* "Wurde 2019 gebaut": what was done years ago tells nothing of this matter. */
static bool is_long_ago(const struct status_reader *r)
{
  for (guint at = r->clause->first; r->own == TENSE_PAST && at < r->clause->end; at++) {
    const struct lexeme *it = &r->passage->lexemes->at[at];
    bool is_year = it->kind == LEXEME_DIGITS && it->end - it->start == 4 && it->number > 1900;
    if (is_year && it->number + YEARS_AGO <= (uint32_t)r->today.year) return true;
  }
  return false;
}

/* "Wurde nicht wieder aufgestellt, weil …": a decision, where "konnte nicht" would be an obstacle. */
static bool was_decided_against(struct status_reader *r)
{
  return r->own == TENSE_PAST && !has(r, "official.could") && !status_sentence_has(r, "official.obstacle") &&
         status_sentence_has(r, "official.because");
}

static void read_act(struct status_reader *r, const struct phrase_hit *act)
{
  if (is_long_ago(r)) return;
  if (lexeme_is(&r->passage->lexemes->at[act->first], "geschlossen") && has(r, "official.closed-house"))
    return;
  bool is_closed = g_str_equal(act->value, "closed");
  enum rank done = is_closed ? RANK_CLOSED : RANK_WAS_DONE;
  if (r->negation == NEGATION_YET) {
    propose(r, r->date ? RANK_PLANNED : RANK_LOOKED_INTO, r->date ? STATUS_PLANNED : STATUS_IN_PROGRESS);
  } else if (r->negation == NEGATION_PLAIN) {
    bool is_later = r->date || has(r, "official.earlier");
    if ((r->tense == TENSE_FUTURE || was_decided_against(r)) && !is_later)
      propose(r, RANK_SOFT_NO, STATUS_REJECTED);
    else
      propose(r, RANK_LOOKED_INTO, STATUS_IN_PROGRESS);
  } else if (r->tense == TENSE_PAST) {
    if (is_until_later(r))
      propose(r, RANK_WILL_BE, STATUS_PLANNED);
    else
      propose(r, done, STATUS_DONE);
  } else if (r->tense == TENSE_FUTURE) {
    if (status_sentence_has(r, "official.usual")) return;
    if (r->date)
      propose_plan(r);
    else
      propose(r, RANK_WILL_BE, STATUS_PLANNED);
  } else if (is_bare_participle(r, act)) {
    propose(r, is_until_later(r) ? RANK_WILL_BE : done, is_until_later(r) ? STATUS_PLANNED : STATUS_DONE);
  } else if (r->date || has(r, "official.soon")) {
    propose_plan(r);
  } else {
    propose(r, RANK_WILL_BE, STATUS_PLANNED);
  }
}

/* "Konnten wir beheben", "haben wir entfernen lassen". */
static bool was_done_by_infinitive(const struct status_reader *r)
{
  if (r->own != TENSE_PAST || r->negation != NEGATION_NONE) return false;
  guint tag = phrases_tag("official.act-verb"), let = phrases_tag("official.let");
  bool could = has(r, "official.could");
  for (guint at = r->clause->first; at < r->clause->end; at++) {
    const struct phrase_hit *verb = passage_at(r->passage, tag, at);
    if (!verb || !g_str_has_suffix(r->passage->lexemes->at[verb->end - 1].folded, "n")) continue;
    if (could || passage_at(r->passage, let, verb->end)) return true;
  }
  return false;
}

/* "Wir werden … reparieren", "die Firma setzt … in KW 20", "Reparatur: 34. KW". */
static void read_verb_to_come(struct status_reader *r)
{
  bool is_verb = has(r, "official.act-verb"), is_work = has(r, "official.work");
  if ((!is_verb && !is_work) || status_sentence_has(r, "official.usual")) return;
  if (is_verb && was_done_by_infinitive(r)) {
    propose(r, RANK_WAS_DONE, STATUS_DONE);
    return;
  }
  if (has(r, "official.not-responsible") && !has(r, "official.ours")) return; /* somebody else has to */
  bool is_near =
      r->date || has(r, "official.soon") || has(r, "official.begins") || names_later_year(r);
  if (r->negation == NEGATION_PLAIN && is_verb && r->tense == TENSE_FUTURE && !r->date) {
    propose(r, RANK_SOFT_NO, STATUS_REJECTED);
  } else if (r->negation == NEGATION_PLAIN) {
    return;
  } else if (is_near && r->own != TENSE_PAST) {
    propose_plan(r);
  } else if (is_verb && r->tense == TENSE_FUTURE) {
    propose(r, RANK_WILL_BE, STATUS_PLANNED);
  }
}

/* "Ist damit nicht zu rechnen": the no stands inside the phrase, and may be in another clause than its verb. */
static bool is_denied(const struct status_reader *r, const struct phrase_hit *hit)
{
  guint tag = phrases_tag("official.negation");
  for (guint at = hit->first; at < hit->end; at++) {
    const struct phrase_hit *no = passage_at(r->passage, tag, at);
    if (no && !*no->value) return true;
  }
  return false;
}

/* "Eine Verkehrszählung ist für April vorgesehen": somebody looks then, and nothing is done. */
static bool plans_look(const struct status_reader *r)
{
  return has(r, "official.other-business") && !has(r, "official.act") && !has(r, "official.act-verb") &&
         !has(r, "official.work");
}

static void read_plan(struct status_reader *r)
{
  const struct phrase_hit *plan = clause_find(r->passage, "official.plan", r->clause);
  if (!plan || r->negation == NEGATION_PLAIN || is_denied(r, plan)) return;
  if (plans_look(r)) {
    propose(r, RANK_LOOKED_INTO, STATUS_IN_PROGRESS);
    return;
  }
  if (status_sentence_has(r, "official.answer-by") && !has(r, "official.act") && !has(r, "official.act-verb"))
    return;
  propose_plan(r);
}

/* "wurde nicht abgelehnt": a no whose own words hold none is turned round by the one right before it. */
static bool is_taken_back(const struct status_reader *r, const struct phrase_hit *hit)
{
  guint tag = phrases_tag("official.negation");
  for (guint at = hit->first; at < hit->end; at++)
    if (passage_at(r->passage, tag, at)) return false;
  for (guint back = 1; back <= 2 && hit->first >= r->clause->first + back; back++) {
    const struct phrase_hit *no = passage_at(r->passage, tag, hit->first - back);
    if (no && no->end <= hit->first && !g_str_equal(no->value, "none")) return true;
  }
  return false;
}

static void read_refusal(struct status_reader *r)
{
  const struct phrase_hit *hit = clause_find(r->passage, "official.rejected", r->clause);
  if (!hit || is_taken_back(r, hit)) return;
  /* "Weitere Maßnahmen sind nicht erforderlich": enough was done or will be */
  bool is_enough = r->rank == RANK_WAS_DONE || r->rank == RANK_PLANNED || r->rank == RANK_WILL_BE;
  if (is_enough && has(r, "official.further")) return;
  if (g_str_equal(hit->value, "firm")) {
    propose(r, RANK_FIRM_NO, STATUS_REJECTED);
  } else if (has(r, "official.earlier") || status_sentence_has(r, "official.not-before") ||
             status_sentence_has(r, "official.soon") || r->date) {
    propose(r, RANK_LOOKED_INTO, STATUS_IN_PROGRESS);
  } else {
    propose(r, RANK_SOFT_NO, STATUS_REJECTED);
  }
}

static void read_progress(struct status_reader *r)
{
  const struct phrase_hit *hit = clause_find(r->passage, "official.in-progress", r->clause);
  if (!hit || r->negation == NEGATION_PLAIN) return;
  bool is_over = r->tense == TENSE_PAST && has(r, "official.look-over");
  if (g_str_equal(hit->value, "rest"))
    propose(r, RANK_REST, STATUS_IN_PROGRESS);
  else if (g_str_equal(hit->value, "strong"))
    propose(r, RANK_IN_WORK, STATUS_IN_PROGRESS);
  else if (g_str_equal(hit->value, "usual"))
    propose(r, RANK_RECEIVED, STATUS_RECEIVED);
  else if (!is_over)
    propose(r, RANK_LOOKED_INTO, STATUS_IN_PROGRESS);
}

/* "leiten wir gern an die zuständige Abteilung weiter": the verb's end stands last. */
static bool passes_on(const struct status_reader *r)
{
  const struct lexeme *l = r->passage->lexemes->at;
  guint last = r->clause->end;
  while (last > r->clause->first && l[last - 1].kind != LEXEME_WORD) last--;
  return last > r->clause->first && lexeme_is(&l[last - 1], "weiter") && has(r, "official.pass-on");
}

static void read_forwarded(struct status_reader *r)
{
  if ((!has(r, "official.forwarded") && !passes_on(r)) || r->negation == NEGATION_PLAIN) return;
  const struct phrase_hit *work = clause_find(r->passage, "official.in-progress", r->clause);
  if (work && g_str_equal(work->value, "strong")) return;
  propose(r, RANK_FORWARDED, STATUS_FORWARDED);
}

/* "zuständig" as what somebody is, not "die zuständige Stelle" (another word). */
static void read_responsible(struct status_reader *r)
{
  if (has(r, "official.not-responsible")) {
    propose(r, RANK_NOT_OURS, STATUS_NOT_RESPONSIBLE);
    return;
  }
  bool names_other = status_sentence_has(r, "official.others");
  bool is_in_house =
      status_sentence_has(r, "official.department") && status_sentence_has(r, "official.forwarded");
  if (is_in_house && !names_other && r->negation == NEGATION_NONE) return;
  if (names_other && has(r, "official.turn-to")) propose(r, RANK_NOT_OURS, STATUS_NOT_RESPONSIBLE);
  if (!has(r, "official.responsible")) return;
  if (names_other || r->negation != NEGATION_NONE || !has(r, "official.ours"))
    propose(r, RANK_NOT_OURS, STATUS_NOT_RESPONSIBLE);
}

/* "in Arbeit, voraussichtlich KW 27": a mail whose first clause is nothing but a state. */
static void read_bare_state(struct status_reader *r)
{
  const struct phrase_hit *word =
      r->clause->first == 0 ? passage_at(r->passage, phrases_tag("official.state"), 0) : NULL;
  guint end = r->clause->end;
  while (end > 0 && r->passage->lexemes->at[end - 1].kind != LEXEME_WORD) end--;
  bool is_state = word && word->end == end && case_status_of_word(word->value) == STATUS_IN_PROGRESS;
  if (is_state) propose(r, RANK_DATED, STATUS_IN_PROGRESS);
}

/* "Status: in Arbeit". The clause is what stands before the colon; the word stands behind. */
static void read_steering(struct status_reader *r)
{
  guint first = r->clause->first; /* behind a bullet, as our own letter shows it */
  while (first < r->clause->end && r->passage->lexemes->at[first].kind == LEXEME_MARK) first++;
  const struct phrase_hit *line = passage_at(r->passage, phrases_tag("official.steer-status"), first);
  if (!line) {
    read_bare_state(r);
    return;
  }
  guint end = line_end(r->passage, line->end);
  const struct phrase_hit *word = span_find(r->passage, "official.state", line->end, end);
  if (word && word->first <= line->end + 2) propose(r, RANK_STEERED, case_status_of_word(word->value));
}

/* "Wurde ersetzt, aber erneut umgefahren": what was done before counts no more. */
static void take_back(struct status_reader *r)
{
  bool was_done = r->rank == RANK_WAS_DONE || r->rank == RANK_CLOSED;
  if (!was_done || r->negation != NEGATION_NONE || !has(r, "official.undone")) return;
  r->rank = RANK_NONE;
  propose(r, RANK_LOOKED_INTO, STATUS_IN_PROGRESS);
}

/* "Steht wieder schief": its last words begin what says the opposite. */
static bool goes_on_undone(const struct status_reader *r, const struct phrase_hit *done)
{
  const struct phrase_hit *undone = span_find(r->passage, "official.undone", done->first, done->end);
  return undone && undone->end > done->end;
}

/* Between two places stands the name of another thing. */
static bool names_thing(const struct status_reader *r, guint first, guint end)
{
  for (guint at = first; at < end; at++) {
    const struct lexeme *it = &r->passage->lexemes->at[at];
    if (it->kind == LEXEME_WORD && it->is_capital) return true;
  }
  return false;
}

/* "Die Planung ist fertig": a step is done, and not the matter. The step is what the clause speaks of:
 * nothing else is named before it, nor "nach" or "mit", by which it would only be referred to. */
static bool is_of_step(const struct status_reader *r)
{
  const struct phrase_hit *step = clause_find(r->passage, "official.step", r->clause);
  if (!step) return false;
  guint first = r->clause->first, begin = first;
  if (first < step->first && r->passage->lexemes->at[first].begins_sentence) begin++;
  return !span_find(r->passage, "official.step-before", first, step->first) &&
         !names_thing(r, begin, step->first) && !has(r, "official.step-whole");
}

void status_read_clause(struct status_reader *r)
{
  read_steering(r);
  if (r->whole->is_question) return;
  if (has(r, "official.thanks")) propose(r, RANK_THANKS, STATUS_RECEIVED);
  read_responsible(r);
  read_forwarded(r);
  if (r->is_condition) return;
  take_back(r);
  if (has(r, "official.received") && r->negation == NEGATION_NONE) propose(r, RANK_RECEIVED, STATUS_RECEIVED);
  read_refusal(r);
  read_progress(r);
  read_plan(r);
  const struct phrase_hit *done = clause_find(r->passage, "official.done", r->clause);
  if (r->negation == NEGATION_NONE && (done || has(r, "official.act") || has(r, "official.step-over")) &&
      is_of_step(r)) {
    bool is_to_come = r->tense == TENSE_FUTURE || is_later(r);
    propose(r, is_to_come ? RANK_LOOKED_INTO : RANK_IN_WORK, STATUS_IN_PROGRESS);
    return;
  }
  if (done && goes_on_undone(r, done)) {
    propose(r, RANK_LOOKED_INTO, STATUS_IN_PROGRESS);
    return;
  }
  bool is_gone = done && g_str_equal(done->value, "gone"); /* its "nicht" is its own */
  if (done && g_str_equal(done->value, "final") && r->negation == NEGATION_NONE)
    propose(r, RANK_CLOSED, STATUS_DONE);
  if (done && (r->negation == NEGATION_NONE || is_gone) && !is_until_later(r)) {
    bool is_to_come = r->tense == TENSE_FUTURE || (is_later(r) && !is_gone && r->tense != TENSE_PAST);
    propose(r, is_to_come ? RANK_PLANNED : RANK_CLOSED, is_to_come ? STATUS_PLANNED : STATUS_DONE);
  } else if (done && g_str_has_prefix(done->value, "closed") && r->negation == NEGATION_NONE) {
    propose(r, RANK_WILL_BE, STATUS_PLANNED);
  }
  guint tag = phrases_tag("official.act"), acts = 0;
  for (guint at = r->clause->first; at < r->clause->end && acts < ACTS_READ; at++) {
    const struct phrase_hit *act = passage_at(r->passage, tag, at);
    if (!act) continue;
    read_act(r, act);
    acts++;
  }
  read_verb_to_come(r);
}
