/* Which day an office's answer names for this matter. A mail to a resident is full of dates: of the mail that
 * is answered, of meetings, of plans that lie open, of permits, of days before which nothing happens.
 * Expected is only what somebody says the matter is to be done by; a false promise on a page is worse than
 * none.
 *
 * What surprised us: "vor Mai ist damit nicht zu rechnen" names May as plainly as a promise does, and a day
 * without a year that comes round only in ten months is one that is over. */
#include "lists/understand/answers/official/days.h"

#include "lib/text/spans.h"

#include <string.h>

enum { BEFORE_DATE = 6, NEAR_DATE = 3, AROUND_DATE = 40 };

int official_compare_days(const struct wall *a, const struct wall *b)
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

bool official_is_after(const struct passage *passage, const struct date_found *date)
{
  guint tag = phrases_tag("official.after");
  for (guint at = date->first - MIN(date->first, NEAR_DATE); at < date->end; at++) {
    const struct phrase_hit *hit = passage_at(passage, tag, at);
    if (hit && hit->end >= date->first && hit->end < date->end + (hit->first < date->first)) return true;
  }
  return false;
}

/* The index of the first date at or behind a lexeme, by halving. */
guint official_first_date(const GArray *dates, guint lexeme)
{
  return spans_from(dates, offsetof(struct date_found, first), lexeme);
}

/* A day without a year that comes round again only in ten months was meant as one that is over. */
bool official_is_last_years(const struct official_days *r, const struct date_found *date,
                            const struct wall *day)
{
  if (date->grain > GRAIN_DAY) return false;
  guint numbers = 0;
  for (guint at = date->first; at < date->end && at < r->passage->lexemes->count; at++) {
    const struct lexeme *it = &r->passage->lexemes->at[at];
    if (it->kind == LEXEME_DIGITS && (it->number > 1900 || ++numbers > 2)) return false; /* "30.04.27" */
  }
  return (day->year - r->today.year) * 12 + day->month - r->today.month >= 10;
}

/* What stands around a date in its sentence, of so many lexemes at most. */
static struct clause around(const struct official_days *r, const struct date_found *date,
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

/* What stands around a date up to the next comma or joining word on both sides. */
static struct clause own_clause(const struct official_days *r, const struct date_found *date,
                                const struct clause *sentence)
{
  const struct lexeme *l = r->passage->lexemes->at;
  guint breaks = phrases_tag("clause.break");
  struct clause out = { .first = date->first, .end = date->end };
  while (out.first > sentence->first && !passage_at(r->passage, breaks, out.first) &&
         (l[out.first - 1].kind != LEXEME_MARK || !strchr(",;:", l[out.first - 1].folded[0])))
    out.first--;
  while (out.end < sentence->end && !passage_at(r->passage, breaks, out.end) &&
         (l[out.end].kind != LEXEME_MARK || !strchr(",;:", l[out.end].folded[0])))
    out.end++;
  return out;
}

/* The day on which works begin, or until which somebody is closed. */
static bool is_of_begin(const struct official_days *r, const struct date_found *date,
                        const struct clause *sentence)
{
  const struct clause own = own_clause(r, date, sentence);
  if (clause_find(r->passage, "official.begins", &own)) return true;
  bool is_closed = false;
  for (guint at = own.first; at < own.end; at++)
    is_closed |= lexeme_is(&r->passage->lexemes->at[at], "geschlossen");
  return is_closed && !clause_find(r->passage, "official.future", &own);
}

bool official_only_looks(const struct official_days *r, const struct date_found *date)
{
  const struct clause everything = { .first = 0, .end = r->passage->lexemes->count };
  const struct clause sentence = around(r, date, &everything), own = own_clause(r, date, &sentence);
  bool looks =
      clause_find(r->passage, "official.answer-by", &own) || clause_find(r->passage, "official.looks", &own);
  return looks && !clause_find(r->passage, "official.act", &own) &&
         !clause_find(r->passage, "official.work", &own);
}

/* Whether a day is one that this matter is to be done by: not before it ("nicht vor Mai"), not now, and no
 * meeting, no exhibition of plans, nothing that was promised once. */
static bool is_for_the_matter(const struct official_days *r, const struct date_found *date,
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
  if (is_of_begin(r, date, &sentence)) return false;
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
static bool is_dateline(const struct official_days *r, const struct date_found *date, const struct wall *day)
{
  if (official_compare_days(day, &r->today) != 0 || date->is_deadline) return false;
  const struct lexeme *word = &r->passage->lexemes->at[date->first];
  bool is_today = lexeme_is(word, "heute") || lexeme_is(word, "today");
  return !is_today || r->is_past;
}

/* "Von 8 bis 20 Uhr": hours without a day are when something is open, and no day to come. */
static bool is_hours(const struct official_days *r, const struct date_found *date)
{
  guint hours = phrases_tag("official.hours");
  if (date->grain >= GRAIN_DAY) return false;
  for (guint at = date->first; at < date->end;) {
    const struct phrase_hit *hit = passage_at(r->passage, hours, at);
    if (!hit && r->passage->lexemes->at[at].kind == LEXEME_WORD) return false;
    at = hit ? hit->end : at + 1;
  }
  for (guint at = date->first; at < date->end; at++)
    if (lexeme_is(&r->passage->lexemes->at[at], ".")) return false; /* "12.5. 15 Uhr" */
  return true;
}

/* The day to come that a sentence names last; of a mail's or a holiday's date nothing is expected. */
const struct date_found *official_date_in(const struct official_days *r, const struct clause *span)
{
  const struct date_found *best = NULL;
  struct wall best_day = { 0 };
  for (guint i = official_first_date(r->dates, span->first); i < r->dates->len; i++) {
    const struct date_found *date = &g_array_index(r->dates, struct date_found, i);
    if (date->first >= span->end) break;
    if (date->is_past || date->recurrence || (r->is_kept && !r->is_kept[date->first])) continue;
    struct wall day = official_last_day(date);
    if (!day.year || official_compare_days(&day, &r->today) < 0 || official_is_last_years(r, date, &day))
      continue;
    if (is_dateline(r, date, &day) || is_hours(r, date)) continue;
    if (!is_for_the_matter(r, date, span)) continue;
    if (best && official_compare_days(&day, &best_day) <= 0) continue;
    best = date;
    best_day = day;
  }
  return best;
}
