/* The status of a case by the phrases of offices. Each clause is looked at alone; what it says gets a rank,
 * and the highest rank is the status. The order, from what says most about the present state:
 *
 *   a line "Status: …" · done and closed ("ist erledigt") · planned for a day, where the no beside it stands
 *   in another sentence · a firm no · planned with a date or "vorgesehen" ·
 *   the rest of what was done is under way ("Ersatz ist bestellt") · something was done ("wurde ersetzt") ·
 * planned without a date ("wird ersetzt") · somebody is at it
 *   ("Firma beauftragt") · not ours · forwarded · a soft no ("derzeit nicht möglich") · looked into
 *   ("wird geprüft", "noch nicht repariert") · received · thanks alone
 *
 * Days and the words of a clause: clause.c, days.c. */
#include "lists/understand/answers/official/status.h"

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/clause.h"
#include "lists/understand/answers/official/days.h"

#include <string.h>

/* ---- days ---- */

struct official_days status_days(const struct status_reader *r)
{
  return (struct official_days){ .passage = r->passage,
                                 .dates = r->dates,
                                 .is_kept = r->is_kept,
                                 .today = r->today,
                                 .whole = r->whole,
                                 .is_past = r->clause && r->own == TENSE_PAST };
}

static const struct date_found *date_in(const struct status_reader *r, const struct clause *span)
{
  const struct official_days days = status_days(r);
  return official_date_in(&days, span);
}

/* ---- a clause ---- */

static bool has(const struct status_reader *r, const char *tag)
{
  return clause_find(r->passage, tag, r->clause) != NULL;
}

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

/* A clause that begins like "wenn …" or holds "sobald" only supposes. "Bis Ende Mai sollte das erledigt sein"
 * is as good a promise as offices give. */
static bool supposes(const struct status_reader *r)
{
  const struct phrase_hit *hit = clause_find(r->passage, "official.condition", r->clause);
  if (!hit) return false;
  const struct lexeme *word = &r->passage->lexemes->at[hit->first];
  bool is_should = lexeme_is(word, "sollte") || lexeme_is(word, "sollten");
  return !is_should || hit->first == r->clause->first || !(r->date || has(r, "official.soon"));
}

/* The day that the sentence at hand names; looked for once a sentence. */
static const struct date_found *day_of_sentence(struct status_reader *r)
{
  bool is_past = r->own == TENSE_PAST;
  status_begin_sentence(r);
  if (!r->has_day[is_past]) r->day[is_past] = date_in(r, r->whole);
  r->has_day[is_past] = true;
  return r->day[is_past];
}

/* Takes up the next clause of a sentence: its tense (`before`: of the clause before), its no, its day. */
static void take(struct status_reader *r, const struct clause *clause, enum tense before)
{
  r->clause = clause;
  r->own = tense_of(r);
  r->tense = r->own == TENSE_NONE ? before : r->own;
  r->negation = negation_of(r);
  r->date = date_in(r, r->clause);
  if (!r->date) r->date = day_of_sentence(r);
  r->is_condition = supposes(r);
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
    if (!r->whole || r->whole->sentence != clause->sentence) {
      r->whole = sentence_of(r, clause);
      before = TENSE_NONE;
    }
    take(r, clause, before);
    before = r->tense;
    status_read_clause(r);
  }
}

/* Whether a line is one of a table. */
static bool is_row(const struct lexemes *l, guint first, guint end)
{
  const char *text = l->text + l->at[first].start;
  gsize size = end > first ? l->at[end - 1].end - l->at[first].start : 0;
  return memchr(text, '\t', size) || memchr(text, '|', size);
}

/* Whether a line begins like an item of a list: "1. Absperrung …", "- Absperrung …". */
static bool begins_item(const struct lexemes *l, guint at)
{
  bool begins_line = at == 0 || l->at[at - 1].kind == LEXEME_BREAK;
  if (!begins_line) return false;
  if (l->at[at].kind == LEXEME_DIGITS)
    return lexeme_is(&l->at[at + 1], ".") || lexeme_is(&l->at[at + 1], ")");
  return l->at[at].kind == LEXEME_MARK && l->at[at].folded[0] && strchr("-*+", l->at[at].folded[0]);
}

/* Steps of a list or table that each name a day: all is done on the last of them. NULL: there is no such
 * list. */
static const struct date_found *last_step(struct status_reader *r)
{
  const struct lexemes *l = r->passage->lexemes;
  const struct date_found *last = NULL;
  struct wall last_day = { 0 };
  guint steps = 0;
  for (guint at = 0; at < l->count; at++) {
    const struct clause line = { .first = at, .end = line_end(r->passage, at) };
    bool is_item = begins_item(l, at), is_line = is_row(l, at, line.end);
    const struct date_found *date = is_item || is_line ? date_in(r, &line) : NULL;
    at = line.end;
    if (is_item && !is_line && !date) return NULL;
    if (!date) continue;
    struct wall day = official_last_day(date);
    if (!last || official_compare_days(&day, &last_day) > 0) {
      last = date;
      last_day = day;
    }
    steps++;
  }
  return steps > 1 ? last : NULL;
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

/* Is it part of a day that stands there? "Baubeginn Ende März 2027" is no plan for 2027. */
static bool is_of_date(const struct status_reader *r, guint at)
{
  for (guint i = 0; i < r->dates->len; i++) {
    const struct date_found *date = &g_array_index(r->dates, struct date_found, i);
    if (date->grain != GRAIN_YEAR && date->first <= at && at < date->end) return true;
  }
  return false;
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
    if (is_year && !counts && !is_of_date(r, at))
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
  /* "Die Arbeiten laufen bereits, Abschluss bis Ende April": the day is of the end */
  bool is_begun = out.status == STATUS_PLANNED && r.rank != RANK_STEERED && r.rank != RANK_DATED &&
                  passage_has(passage, "official.begun");
  if (is_begun) out.status = STATUS_IN_PROGRESS;
  bool is_open = r.status != STATUS_DONE && r.status != STATUS_REJECTED && r.status != STATUS_NOT_RESPONSIBLE;
  const struct date_found *date = is_open ? last_step(&r) : NULL;
  if (is_open && !date) date = expected_date(&r);
  if (!date && r.status == STATUS_PLANNED) out.expected = bare_year(&r);
  if (!date) return out;
  if (!official_is_after(passage, date)) out.expected = official_last_day(date);
  r.whole = NULL;
  for (guint i = 0; i < sentences->len; i++) {
    const struct clause *one = &g_array_index(sentences, struct clause, i);
    if (one->first <= date->first && date->first < one->end) r.whole = one;
  }
  const struct official_days days = status_days(&r);
  out.is_answer_by = official_only_looks(&days, date);
  const struct clause *sentence =
      &(struct clause){ .first = date->first - MIN(date->first, 12), .end = date->end + 8 };
  bool is_answer =
      span_find(passage, "official.answer-by", sentence->first, MIN(sentence->end, passage->lexemes->count));
  if (!is_answer && (r.rank == RANK_NONE || r.rank == RANK_THANKS || r.rank == RANK_RECEIVED))
    out.status = STATUS_PLANNED;
  return out;
}
