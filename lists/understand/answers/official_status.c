/* The status of a case by the phrases of offices. Each clause is looked at alone; what it says gets a rank,
 * and the highest rank is the status. The order, from what says most about the present state:
 *
 *   a line "Status: …" · done and closed ("ist erledigt") · planned for a day, where the no beside it stands
 *   in another sentence · a firm no · planned with a date or "vorgesehen" ·
 *   something was done ("wurde ersetzt") · planned without a date ("wird ersetzt") · somebody is at it
 *   ("Firma beauftragt") · not ours · forwarded · a soft no ("derzeit nicht möglich") · looked into
 *   ("wird geprüft", "noch nicht repariert") · received · thanks alone
 *
 * What surprised us: the same participle is done ("wurde repariert"), planned ("wird repariert"), a no ("wird
 * nicht repariert") or nothing ("sobald repariert wurde"), and the word that decides may stand in the clause
 * before ("wurde abgeholt und entsorgt") or behind ("erledigt, sobald …"). */
#include "lists/understand/answers/official_status.h"

#include "lists/understand/answers/clauses.h"

#include <string.h>

enum rank {
  RANK_NONE,
  RANK_THANKS,
  RANK_RECEIVED,
  RANK_LOOKED_INTO,
  RANK_SOFT_NO,
  RANK_FORWARDED,
  RANK_NOT_OURS,
  RANK_IN_WORK,
  RANK_WILL_BE,
  RANK_WAS_DONE,
  RANK_PLANNED,
  RANK_FIRM_NO,
  RANK_DATED, /* "Fällung nicht vorgesehen. Die Äste werden bis Mitte Juli entfernt." */
  RANK_CLOSED,
  RANK_STEERED,
};

enum { DATES_LOOKED_AT = 8, BEFORE_DATE = 6, NEAR_DATE = 3, AROUND_DATE = 40, YEARS_AGO = 2 };
enum tense { TENSE_NONE, TENSE_PAST, TENSE_FUTURE };
enum negation { NEGATION_NONE, NEGATION_PLAIN, NEGATION_YET };

struct status_reader {
  const struct passage *passage;
  const GArray *clauses, *sentences, *dates;
  const bool *is_kept; /* NULL: all */
  struct wall today;
  /* of the clause at hand */
  const struct clause *clause, *whole; /* whole: its sentence */
  enum tense tense;                    /* its own, else of the clause before: "wurde abgeholt und entsorgt" */
  enum tense own;
  enum negation negation;
  bool is_condition;
  const struct date_found *date; /* a day to come, in the sentence */
  /* the best so far */
  enum rank rank;
  enum case_status status;
  const struct clause *best;
};

static bool has(const struct status_reader *r, const char *tag)
{
  return clause_find(r->passage, tag, r->clause) != NULL;
}

static bool sentence_has(const struct status_reader *r, const char *tag)
{
  return clause_find(r->passage, tag, r->whole) != NULL;
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

/* ---- days ---- */

static int compare_days(const struct wall *a, const struct wall *b)
{
  int x = a->year * 10000 + a->month * 100 + a->day, y = b->year * 10000 + b->month * 100 + b->day;
  return x < y ? -1 : x > y;
}

static struct wall wall_of(GDate *day)
{
  return (struct wall){ .year = g_date_get_year(day),
                        .month = (int)g_date_get_month(day),
                        .day = g_date_get_day(day),
                        .hour = -1,
                        .minute = -1 };
}

struct wall official_last_day(const struct date_found *date)
{
  struct wall from = date->until.year ? date->until : date->start;
  if (!from.year || !g_date_valid_dmy((GDateDay)from.day, (GDateMonth)from.month, (GDateYear)from.year))
    return (struct wall){ .hour = -1, .minute = -1 };
  GDate day;
  g_date_clear(&day, 1);
  g_date_set_dmy(&day, (GDateDay)from.day, (GDateMonth)from.month, (GDateYear)from.year);
  if (date->until.year) return wall_of(&day);
  if (date->grain == GRAIN_WEEK) g_date_add_days(&day, 7 - g_date_get_weekday(&day));
  if (date->grain == GRAIN_QUARTER) g_date_add_months(&day, 2);
  if (date->grain == GRAIN_YEAR) g_date_set_month(&day, G_DATE_DECEMBER);
  if (date->grain == GRAIN_MONTH || date->grain == GRAIN_QUARTER || date->grain == GRAIN_YEAR)
    g_date_set_day(&day, g_date_get_days_in_month(g_date_get_month(&day), g_date_get_year(&day)));
  return wall_of(&day);
}

/* The index of the first date at or behind a lexeme, by halving. */
static guint first_date(const GArray *dates, guint lexeme)
{
  guint low = 0, high = dates->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index(dates, struct date_found, middle).first < lexeme)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A day without a year that comes round again only in ten months was meant as one that is over. */
static bool is_last_years(const struct status_reader *r, const struct date_found *date,
                          const struct wall *day)
{
  if (date->grain > GRAIN_DAY) return false;
  for (guint at = date->first; at < date->end && at < r->passage->lexemes->count; at++) {
    const struct lexeme *it = &r->passage->lexemes->at[at];
    if (it->kind == LEXEME_DIGITS && it->number > 1900) return false;
  }
  return (day->year - r->today.year) * 12 + day->month - r->today.month >= 10;
}

/* What stands around a date in its sentence, of so many lexemes at most. */
static struct clause around(const struct status_reader *r, const struct date_found *date,
                            const struct clause *span)
{
  bool is_inside = r->whole && date->first >= r->whole->first && date->first < r->whole->end;
  struct clause out = is_inside ? *r->whole : *span;
  out.first = MAX(out.first, date->first - MIN(date->first, AROUND_DATE));
  out.end = MIN(out.end, date->end + AROUND_DATE);
  return out;
}

/* "Die Bank wird im Mai ersetzt, die Sitzung ist am 3. März": a clause of its own doing. */
static bool says_what_is_done(const struct passage *passage, const struct clause *clause)
{
  static const char *const tags[] = { "official.act", "official.act-verb", "official.plan", "official.work" };
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
    if (clause_find(passage, tags[i], clause)) return true;
  return false;
}

/* Whether a day is one that this matter is to be done by: not before it ("nicht vor Mai"), not now, and no
 * meeting, no exhibition of plans, nothing that was promised once. */
static bool is_for_the_matter(const struct status_reader *r, const struct date_found *date,
                              const struct clause *span)
{
  const struct clause sentence = around(r, date, span);
  const struct clause clause = { .first = MAX(span->first, sentence.first),
                                 .end = MIN(span->end, sentence.end) };
  guint before = date->first - MIN(date->first - span->first, BEFORE_DATE);
  if (span_find(r->passage, "official.other-date", before, date->first)) return false;
  if (clause_find(r->passage, "official.other-business", &clause)) return false;
  if (clause_find(r->passage, "official.other-business", &sentence) &&
      !says_what_is_done(r->passage, &clause))
    return false;
  if (span_find(r->passage, "official.no-day", date->first, date->end)) return false;
  guint near = date->first - MIN(date->first - span->first, NEAR_DATE);
  const struct phrase_hit *not_before = span_find(r->passage, "official.not-before", near, date->end);
  const struct phrase_hit *no = clause_find(r->passage, "official.negation", &clause);
  if (no && !*no->value && !date->is_deadline) return false;
  if (!not_before) return true;
  bool needs_no = g_str_equal(not_before->value, "no");
  return needs_no && !clause_find(r->passage, "official.negation", &sentence);
}

/* A date of today dates the mail, or what was done; "wird heute erledigt" and "bis 3.3." say when it is done.
 */
static bool is_dateline(const struct status_reader *r, const struct date_found *date, const struct wall *day)
{
  if (compare_days(day, &r->today) != 0 || date->is_deadline) return false;
  const struct lexeme *word = &r->passage->lexemes->at[date->first];
  bool is_today = lexeme_is(word, "heute") || lexeme_is(word, "today");
  return !is_today || (r->clause && r->own == TENSE_PAST);
}

/* The day to come that a sentence names last; of a mail's or a holiday's date nothing is expected. */
static const struct date_found *date_in(const struct status_reader *r, const struct clause *span)
{
  const struct date_found *best = NULL;
  struct wall best_day = { 0 };
  for (guint i = first_date(r->dates, span->first); i < r->dates->len; i++) {
    const struct date_found *date = &g_array_index(r->dates, struct date_found, i);
    if (date->first >= span->end) break;
    if (date->is_past || date->recurrence || (r->is_kept && !r->is_kept[date->first])) continue;
    struct wall day = official_last_day(date);
    if (!day.year || compare_days(&day, &r->today) < 0 || is_last_years(r, date, &day)) continue;
    if (is_dateline(r, date, &day)) continue;
    if (!is_for_the_matter(r, date, span)) continue;
    if (best && compare_days(&day, &best_day) <= 0) continue;
    best = date;
    best_day = day;
  }
  return best;
}

/* ---- what the words around a verb say ---- */

/* Past words win: "hat … werden lassen", "konnte … werden". */
static enum tense tense_of(const struct status_reader *r)
{
  if (has(r, "official.past")) return TENSE_PAST;
  return has(r, "official.future") ? TENSE_FUTURE : TENSE_NONE;
}

static enum negation negation_of(const struct status_reader *r)
{
  enum negation found = NEGATION_NONE;
  guint tag = phrases_tag("official.negation");
  for (guint at = r->clause->first; at < r->clause->end; at++) {
    const struct phrase_hit *hit = passage_at(r->passage, tag, at);
    if (!hit) continue;
    at = hit->end - 1;
    if (g_str_equal(hit->value, "none")) continue;
    found = g_str_equal(hit->value, "yet") ? NEGATION_YET : NEGATION_PLAIN;
  }
  return found;
}

/* Whether the day named is none of today. */
static bool is_later(const struct status_reader *r)
{
  struct wall day = r->date ? official_last_day(r->date) : r->today;
  return compare_days(&day, &r->today) > 0;
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
  guint from = first_date(r->dates, r->clause->first);
  for (guint i = from; i < MIN(r->dates->len, from + DATES_LOOKED_AT); i++) {
    const struct date_found *date = &g_array_index(r->dates, struct date_found, i);
    if (date->first >= r->clause->end) return false;
    struct wall day = official_last_day(date);
    if (day.year && (compare_days(&day, &r->today) < 0 || is_last_years(r, date, &day))) return true;
  }
  return false;
}

/* Whether the rest of the sentence takes it back: "erledigt, sobald die Firma da war". */
static bool is_until_later(const struct status_reader *r)
{
  const struct phrase_hit *until = span_find(r->passage, "official.until", r->clause->end, r->whole->end);
  return (until && until->first < r->clause->end + 2) || is_promised(r);
}

/* ---- readers of one clause ---- */

/* A bare "repariert": done where it ends its clause or a time of the past follows, else a verb of the
 * present. */
static bool is_bare_participle(const struct status_reader *r, const struct phrase_hit *act)
{
  const struct lexeme *next = &r->passage->lexemes->at[act->end];
  if (is_later(r)) return false;
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
static bool was_decided_against(const struct status_reader *r)
{
  return r->own == TENSE_PAST && !has(r, "official.could") && !sentence_has(r, "official.obstacle") &&
         sentence_has(r, "official.because");
}

static void read_act(struct status_reader *r, const struct phrase_hit *act)
{
  if (is_long_ago(r)) return;
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
    if (sentence_has(r, "official.usual")) return;
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
  if ((!is_verb && !is_work) || sentence_has(r, "official.usual")) return;
  if (is_verb && was_done_by_infinitive(r)) {
    propose(r, RANK_WAS_DONE, STATUS_DONE);
    return;
  }
  bool is_near = r->date || has(r, "official.soon");
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

static void read_plan(struct status_reader *r)
{
  if (!has(r, "official.plan")) return;
  if (r->negation == NEGATION_PLAIN) return;
  if (sentence_has(r, "official.answer-by") && !has(r, "official.act") && !has(r, "official.act-verb"))
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
  } else if (has(r, "official.earlier") || sentence_has(r, "official.soon") || r->date) {
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
  if (g_str_equal(hit->value, "strong"))
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
  bool names_other = sentence_has(r, "official.others");
  bool is_in_house = sentence_has(r, "official.department") && sentence_has(r, "official.forwarded");
  if (is_in_house && !names_other && r->negation == NEGATION_NONE) return;
  if (names_other && has(r, "official.turn-to")) propose(r, RANK_NOT_OURS, STATUS_NOT_RESPONSIBLE);
  if (!has(r, "official.responsible")) return;
  if (names_other || r->negation != NEGATION_NONE || !has(r, "official.ours"))
    propose(r, RANK_NOT_OURS, STATUS_NOT_RESPONSIBLE);
}

/* The status a word names ("in_progress"). */
static enum case_status status_of_word(const char *word)
{
  for (guint i = STATUS_RECEIVED; i <= STATUS_NOT_RESPONSIBLE; i++)
    if (g_str_equal(case_status_word((enum case_status)i), word)) return (enum case_status)i;
  return STATUS_NONE;
}

/* "in Arbeit, voraussichtlich KW 27": a mail whose first clause is nothing but a state. */
static void read_bare_state(struct status_reader *r)
{
  const struct phrase_hit *word =
      r->clause->first == 0 ? passage_at(r->passage, phrases_tag("official.state"), 0) : NULL;
  guint end = r->clause->end;
  while (end > 0 && r->passage->lexemes->at[end - 1].kind != LEXEME_WORD) end--;
  bool is_state = word && word->end == end && status_of_word(word->value) == STATUS_IN_PROGRESS;
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
  if (word && word->first <= line->end + 2) propose(r, RANK_STEERED, status_of_word(word->value));
}

/* Everything one clause may say. */
static void read_clause(struct status_reader *r)
{
  read_steering(r);
  if (r->whole->is_question) return;
  if (has(r, "official.thanks")) propose(r, RANK_THANKS, STATUS_RECEIVED);
  read_responsible(r);
  read_forwarded(r);
  if (r->is_condition) return;
  if (has(r, "official.received") && r->negation == NEGATION_NONE) propose(r, RANK_RECEIVED, STATUS_RECEIVED);
  read_refusal(r);
  read_progress(r);
  read_plan(r);
  const struct phrase_hit *done = clause_find(r->passage, "official.done", r->clause);
  bool is_gone = done && g_str_equal(done->value, "gone"); /* its "nicht" is its own */
  if (done && g_str_equal(done->value, "final") && r->negation == NEGATION_NONE)
    propose(r, RANK_CLOSED, STATUS_DONE);
  if (done && (r->negation == NEGATION_NONE || is_gone) && !is_until_later(r)) {
    bool is_to_come = r->tense == TENSE_FUTURE || (is_later(r) && !is_gone && r->tense != TENSE_PAST);
    propose(r, is_to_come ? RANK_PLANNED : RANK_CLOSED, is_to_come ? STATUS_PLANNED : STATUS_DONE);
  } else if (done && g_str_has_prefix(done->value, "closed") && r->negation == NEGATION_NONE) {
    propose(r, RANK_WILL_BE, STATUS_PLANNED);
  }
  guint tag = phrases_tag("official.act");
  for (guint at = r->clause->first; at < r->clause->end; at++) {
    const struct phrase_hit *act = passage_at(r->passage, tag, at);
    if (act) read_act(r, act);
  }
  read_verb_to_come(r);
}

/* A clause that begins like "wenn …" or holds "sobald" only supposes. */
static bool supposes(const struct status_reader *r)
{
  const struct phrase_hit *hit = clause_find(r->passage, "official.condition", r->clause);
  return hit != NULL;
}

/* ---- all of it ---- */

static const struct clause *sentence_of(const struct status_reader *r, const struct clause *clause)
{
  return &g_array_index(r->sentences, struct clause, clause->sentence);
}

/* A word of the clause is said to the public, or steers. */
static bool is_heard(const struct status_reader *r, const struct clause *clause)
{
  for (guint at = clause->first; r->is_kept && at < clause->end; at++)
    if (r->is_kept[at]) return true;
  return !r->is_kept;
}

static void read_all(struct status_reader *r)
{
  enum tense before = TENSE_NONE;
  for (guint i = 0; i < r->clauses->len; i++) {
    const struct clause *clause = &g_array_index(r->clauses, struct clause, i);
    if (!is_heard(r, clause)) continue;
    r->clause = clause;
    if (!r->whole || r->whole->sentence != clause->sentence) {
      r->whole = sentence_of(r, clause);
      before = TENSE_NONE;
    }
    r->own = tense_of(r);
    r->tense = r->own == TENSE_NONE ? before : r->own;
    before = r->tense;
    r->negation = negation_of(r);
    r->is_condition = supposes(r);
    r->date = date_in(r, r->clause);
    if (!r->date) r->date = date_in(r, r->whole);
    read_clause(r);
  }
}

/* The day named beside what decided; else beside anything planned; else in any other sentence. */
static const struct date_found *expected_date(struct status_reader *r)
{
  if (r->best) {
    r->whole = sentence_of(r, r->best);
    const struct date_found *date = date_in(r, r->best), *last = date_in(r, r->whole);
    if (!date || (last && last->is_deadline)) date = last;
    if (date) return date;
  }
  for (guint i = 0; i < r->sentences->len; i++) {
    const struct clause *one = &g_array_index(r->sentences, struct clause, i);
    if (one->is_question || clause_find(r->passage, "official.other-date", one) ||
        clause_find(r->passage, "official.other-business", one))
      continue;
    const struct date_found *date = date_in(r, one);
    if (date) return date;
  }
  return NULL;
}

/* The year a plan names alone: "wird 2027 erneuert". Its last day; year 0: none. */
static struct wall bare_year(const struct status_reader *r)
{
  const struct lexeme *l = r->passage->lexemes->at;
  struct wall none = { .hour = -1, .minute = -1 };
  const struct clause *whole = r->best ? sentence_of(r, r->best) : NULL;
  if (whole && clause_find(r->passage, "official.not-before", whole)) return none;
  for (guint at = whole ? whole->first : 0; whole && at < whole->end; at++) {
    bool is_year = l[at].kind == LEXEME_DIGITS && l[at].end - l[at].start == 4 && l[at].is_spaced &&
                   l[at].number >= (uint32_t)r->today.year && l[at].number < (uint32_t)r->today.year + 15;
    bool counts =
        l[at + 1].kind == LEXEME_MARK && l[at + 1].folded[0] && !strchr(".,;!)", l[at + 1].folded[0]);
    if (is_year && !counts)
      return (struct wall){ .year = (int)l[at].number, .month = 12, .day = 31, .hour = -1, .minute = -1 };
  }
  return none;
}

static struct wall today_of(int64_t now, const char *zone)
{
  g_autoptr(GTimeZone) tz = g_time_zone_new_identifier(zone ? zone : "Europe/Berlin");
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
  g_autoptr(GDateTime) local = utc ? (tz ? g_date_time_to_timezone(utc, tz) : g_date_time_ref(utc)) : NULL;
  if (!local) return (struct wall){ 0 };
  return (struct wall){ .year = g_date_time_get_year(local),
                        .month = g_date_time_get_month(local),
                        .day = g_date_time_get_day_of_month(local) };
}

struct official_status official_status_read(const struct passage *passage, const GArray *dates, int64_t now,
                                            const char *zone, const bool *is_kept)
{
  g_autoptr(GArray) clauses = clauses_of(passage);
  g_autoptr(GArray) sentences = sentences_of(passage);
  struct status_reader r = { .passage = passage,
                             .clauses = clauses,
                             .sentences = sentences,
                             .dates = dates,
                             .is_kept = is_kept,
                             .today = today_of(now, zone) };
  read_all(&r);
  struct official_status out = { .status = r.status, .expected = { .hour = -1, .minute = -1 } };
  if (r.best) {
    out.first = r.best->first;
    out.end = r.best->end;
  }
  bool is_open = r.status != STATUS_DONE && r.status != STATUS_REJECTED && r.status != STATUS_NOT_RESPONSIBLE;
  const struct date_found *date = is_open ? expected_date(&r) : NULL;
  if (!date && r.status == STATUS_PLANNED) out.expected = bare_year(&r);
  if (!date) return out;
  out.expected = official_last_day(date);
  const struct clause *sentence =
      &(struct clause){ .first = date->first - MIN(date->first, 12), .end = date->end + 8 };
  bool is_answer =
      span_find(passage, "official.answer-by", sentence->first, MIN(sentence->end, passage->lexemes->count));
  if (!is_answer && (r.rank == RANK_NONE || r.rank == RANK_THANKS || r.rank == RANK_RECEIVED))
    out.status = STATUS_PLANNED;
  return out;
}
