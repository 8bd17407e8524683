/* Elements joined into moments: ranges ("3. bis 5. Juli", "18-20 h"), weak figures explained by what stands
 * beside them ("um drei", "14./15.10."), day and time put together ("Samstag, 12. Mai, 15 Uhr, bis 18 Uhr").
 * Called by dates.c. Four walks over the moments, each looking at neighbours only, so linear:
 *   1. ranges and lists of the same kind, from the right, so that a month said once serves all days before;
 *   2. figures that are still weak become hours or days, or nothing;
 *   3. neighbours with nothing but glue between become one moment;
 *   4. ranges between whole moments. */
#include "lib/text/dates/dates_private.h"

enum kind {
  KIND_NONE,
  KIND_DAY,
  KIND_WEEKDAY,
  KIND_CLOCK,
  KIND_MONTH,
  KIND_PERIOD,
  KIND_OTHER,
  KIND_WEAK,
  KIND_EVERY
};

static enum kind kind_of(const struct element *e)
{
  if (e->slots & SLOT_EVERY) return KIND_EVERY;
  if (e->slots & SLOT_NUMBER) return KIND_WEAK;
  if (e->slots & SLOT_DAY) return KIND_DAY;
  if (e->slots & SLOT_MONTH) return KIND_MONTH;
  if (e->slots & SLOT_PERIOD) return KIND_PERIOD;
  if (e->slots & SLOT_WEEKDAY) return KIND_WEEKDAY;
  if (e->slots & SLOTS_DATE) return KIND_OTHER;
  return e->slots & SLOT_CLOCK ? KIND_CLOCK : KIND_NONE;
}

static struct moment *moment_at(GArray *moments, guint i)
{
  return &g_array_index(moments, struct moment, i);
}

static unsigned lead_of(const struct dates_reader *r, const struct moment *m)
{
  guint first;
  return glue_before(r, m->first, &first);
}

/* ---- weak figures ---- */

static bool is_pair(const struct element *e)
{
  return e->is_pair;
}

static bool may_be_clock(const struct element *e)
{
  if (!(e->slots & SLOT_NUMBER)) return (e->slots & SLOT_CLOCK) != 0;
  if (is_pair(e)) return e->may_be_time;
  return !e->is_ordinal && e->number <= 24;
}

static bool may_be_day(const struct element *e)
{
  if (e->slots & SLOT_DAY) return true;
  return e->slots & SLOT_NUMBER && !is_pair(e) && e->number >= 1 && e->number <= 31;
}

static void become_clock(struct element *e, bool is_plain)
{
  if (!(e->slots & SLOT_NUMBER)) return;
  bool pair = is_pair(e);
  if (!pair) e->hour = e->number, e->minute = 0;
  e->is_plain = pair || is_plain;
  e->slots = SLOT_CLOCK;
}

static void become_day(struct element *e)
{
  if (!(e->slots & SLOT_NUMBER)) return;
  if (!is_pair(e)) e->day = e->number, e->slots |= SLOT_DAY;
  e->slots &= ~(unsigned)SLOT_NUMBER;
}

/* What counts things: "um 3 Stimmen", "gegen drei Kinder". */
static bool counts_things(const struct dates_reader *r, guint end)
{
  if (word_at(r, TAG_NOT_BEHIND, end)) return true;
  if (!is_word(r, end) || !r->at[end].is_spaced) return false;
  if (r->at[end].begins_sentence) return false;
  if (r->hit_of[end] != G_MAXUINT && !word_at(r, TAG_COUNT, end)) return false;
  return r->at[end].is_capital;
}

/* ---- 1: the same kind ---- */

static void make_range(struct moment *a, const struct moment *b)
{
  a->has_until = true;
  a->until = b->has_until ? b->until : b->from;
  a->end = b->end;
}

/* A day without month takes that of the next: "3. bis 5. Juli", "14./15.10.", "12. und 19. Mai". */
static bool lend_month(struct element *a, const struct element *b)
{
  if (!may_be_day(a) || a->slots & SLOT_MONTH || !(b->slots & SLOT_DAY) || !(b->slots & SLOT_MONTH))
    return false;
  become_day(a);
  a->slots |= SLOT_MONTH | (b->slots & SLOT_YEAR);
  a->month = b->month, a->year = b->year;
  return true;
}

static void lend_year(struct element *a, const struct element *b)
{
  if (a->slots & SLOT_MONTH && !(a->slots & SLOT_YEAR) && b->slots & SLOT_YEAR && b->slots & SLOT_MONTH) {
    bool is_before = a->month > b->month || (a->month == b->month && a->day > b->day && a->day && b->day);
    a->year = b->year - is_before;
    a->slots |= SLOT_YEAR;
  }
}

/* Two elements of days: lends, and says whether both are days now. */
static bool both_days(const struct dates_reader *r, struct moment *a, struct moment *b, unsigned glue)
{
  struct element *x = &a->from, *y = &b->from;
  bool is_sure = x->is_ordinal || (x->slots & SLOT_MONTH && !(x->slots & SLOT_NUMBER)) ||
                 (y->slots & SLOT_MONTH && !(y->slots & SLOT_NUMBER));
  unsigned lead = lead_of(r, a);
  if (!is_sure && !(lead & (GLUE_ON | GLUE_FROM | GLUE_BETWEEN))) return false;
  if (y->slots & SLOT_DAY && y->slots & SLOT_MONTH) {
    if (y->slots & SLOT_NUMBER && !(x->is_ordinal || x->slots & SLOT_DAY || lead)) return false;
    /* "am 3 und 4. Juli" is one, "Punkt 3, 5. Juli" is none */
    if (glue & GLUE_COMMA && !x->is_ordinal) return false;
    if (may_be_day(x) && !(x->slots & SLOT_MONTH)) {
      if (!lend_month(x, y)) return false;
    } else if (!(x->slots & SLOT_DAY)) {
      return false;
    }
    become_day(x);
    become_day(y);
    lend_year(x, y);
    return true;
  }
  /* "November 19-20" */
  if (x->slots & SLOT_DAY && x->slots & SLOT_MONTH && !(x->slots & SLOT_NUMBER) && may_be_day(y) &&
      !is_pair(y) && glue & (GLUE_RANGE | GLUE_DASH) && y->number > x->day && y->number <= 31 &&
      r->at[a->end - 1].kind == LEXEME_DIGITS && !counts_things(r, b->end)) {
    become_day(y);
    y->slots |= SLOT_MONTH | (x->slots & SLOT_YEAR);
    y->month = x->month, y->year = x->year;
    return true;
  }
  return false;
}

static bool both_clocks(const struct dates_reader *r, struct moment *a, struct moment *b, unsigned glue)
{
  struct element *x = &a->from, *y = &b->from;
  if (!may_be_clock(x) || !may_be_clock(y)) return false;
  bool x_is = x->slots & SLOT_CLOCK, y_is = y->slots & SLOT_CLOCK;
  unsigned lead = lead_of(r, a);
  if (!x_is && !y_is) {
    bool pairs = is_pair(x) && is_pair(y) && !(x->slots & SLOT_DAY);
    if (!(lead & (GLUE_AT | GLUE_FROM | GLUE_BETWEEN)) && !pairs) return false;
    if (counts_things(r, b->end)) return false;
    return true; /* settled by their neighbours, see settle_ranges */
  }
  if (x_is && !y_is &&
      (counts_things(r, b->end) || (glue & GLUE_DASH && r->at[b->first].is_spaced && !is_pair(y) &&
                                    !(glue & GLUE_RANGE) && b->end < r->count && is_mark(r, b->end, "."))))
    return false;
  become_clock(x, y->is_plain);
  become_clock(y, x->is_plain);
  return true;
}

static bool both_periods(struct element *x, struct element *y)
{
  bool x_is = x->slots & SLOT_PERIOD && x->number, y_is = y->slots & SLOT_PERIOD && y->number;
  if (x_is == y_is) return x_is && x->unit == y->unit && x->unit != UNIT_SEASON;
  struct element *known = x_is ? x : y, *weak = x_is ? y : x;
  if (!(weak->slots & SLOT_NUMBER) || is_pair(weak) || weak->number < 1 || weak->number > 53) return false;
  if (known->unit != UNIT_WEEK && known->unit != UNIT_QUARTER) return false;
  if (x_is && known->unit == UNIT_QUARTER) return false;
  if (x_is && y->number <= x->number) return false;
  int number = weak->number;
  guint first = weak->first, end = weak->end;
  *weak = *known;
  weak->number = number, weak->first = first, weak->end = end;
  return true;
}

static bool same_days(const struct element *x, const struct element *y)
{
  enum kind a = kind_of(x), b = kind_of(y);
  return a == b &&
         (a == KIND_WEEKDAY || a == KIND_MONTH ||
          (a == KIND_OTHER && (x->slots & SLOT_OFFSET || x->slots & SLOT_YEAR || x->slots & SLOT_HOLIDAY)));
}

static bool is_next_day(const struct element *x, const struct element *y)
{
  if (x->slots & SLOT_MONTH && y->slots & SLOT_MONTH) {
    int year = x->slots & SLOT_YEAR ? x->year : 2001;
    return calendar_day(year, x->month, x->day) + 1 == calendar_day(year, y->month, y->day);
  }
  if (x->slots & SLOT_WEEKDAY) return x->weekday % 7 + 1 == y->weekday;
  if (x->slots & SLOT_OFFSET) return x->offset + 1 == y->offset;
  return false;
}

/* Days and clocks of the same kind, and what stands between them: a range, a list, or nothing. */
static void pair_up(const struct dates_reader *r, struct moment *a, struct moment *b)
{
  unsigned glue = glue_between(r, a->end, b->first);
  bool is_range = glue & (GLUE_RANGE | GLUE_DASH | GLUE_SLASH);
  bool is_list = glue & (GLUE_AND | GLUE_COMMA);
  if (!glue || (!is_range && !is_list) || a->from.slots & SLOT_EVERY) return;
  unsigned lead = lead_of(r, a);
  bool is_between = lead & GLUE_BETWEEN && glue & GLUE_AND;
  if (a->from.slots & SLOT_CLOCK && glue & GLUE_SLASH) return;
  if ((is_range || is_between) && !(glue & GLUE_COMMA && !(glue & GLUE_RANGE))) {
    bool may_lap = !b->has_until || kind_of(&b->from) == KIND_WEAK;
    if (!may_lap) return;
    if (!(glue & GLUE_SLASH) && both_clocks(r, a, b, glue)) {
      if (kind_of(&a->from) != KIND_WEAK || !both_days(r, a, b, glue)) {
        make_range(a, b);
        b->is_dead = true;
        return;
      }
      make_range(a, b);
      b->is_dead = true;
      return;
    }
    if (both_days(r, a, b, glue) || both_periods(&a->from, &b->from) || same_days(&a->from, &b->from)) {
      lend_year(&a->from, &b->from);
      make_range(a, b);
      b->is_dead = true;
    }
    return;
  }
  if (!is_list) return;
  bool are_days = (a->from.is_ordinal || kind_of(&a->from) == KIND_DAY) && both_days(r, a, b, glue);
  if (!are_days && !(same_days(&a->from, &b->from) && kind_of(&a->from) != KIND_MONTH && glue & GLUE_AND))
    return;
  if (glue & GLUE_AND && is_next_day(&a->from, &b->from) && !b->has_until) {
    make_range(a, b);
    b->is_dead = true;
  } else {
    a->is_twin = glue & GLUE_AND || are_days;
  }
}

static void drop_dead(GArray *moments)
{
  guint kept = 0;
  for (guint i = 0; i < moments->len; i++)
    if (!moment_at(moments, i)->is_dead) *moment_at(moments, kept++) = *moment_at(moments, i);
  g_array_set_size(moments, kept);
}

static void pair_all(const struct dates_reader *r, GArray *moments)
{
  for (guint i = moments->len; i-- > 1;) {
    struct moment *a = moment_at(moments, i - 1), *b = moment_at(moments, i);
    pair_up(r, a, b);
  }
  drop_dead(moments);
}

/* ---- 2: what is still weak ---- */

static bool is_date(const struct element *e)
{
  return e->slots & SLOTS_DATE && !(e->slots & SLOT_NUMBER);
}

struct beside {
  bool date_before, date_behind, part_behind, clock_behind, weekday_before;
};

static struct beside what_is_beside(const struct dates_reader *r, GArray *moments, guint i)
{
  const struct moment *m = moment_at(moments, i);
  struct beside b = { 0 };
  if (i > 0 && glue_between(r, moment_at(moments, i - 1)->end, m->first)) {
    const struct element *e = &moment_at(moments, i - 1)->from;
    b.date_before = is_date(e) && !(e->slots & SLOT_CLOCK);
    b.weekday_before = (e->slots & SLOT_WEEKDAY) != 0;
    if (e->slots & SLOT_PART) b.date_before = true;
  }
  if (i + 1 < moments->len && glue_between(r, m->end, moment_at(moments, i + 1)->first)) {
    const struct element *e = &moment_at(moments, i + 1)->from;
    b.date_behind = is_date(e) && !(e->slots & SLOT_CLOCK);
    b.part_behind = (e->slots & SLOT_PART) != 0;
    b.clock_behind = (e->slots & SLOT_CLOCK) != 0;
  }
  return b;
}

static bool stands_alone(const struct dates_reader *r, const struct moment *m)
{
  return (m->first == 0 || r->at[m->first - 1].kind == LEXEME_BREAK) &&
         (m->end >= r->count || r->at[m->end].kind == LEXEME_BREAK);
}

/* Whether a weak moment is a clock, a day, or nothing. */
static void settle(const struct dates_reader *r, GArray *moments, guint i)
{
  struct moment *m = moment_at(moments, i);
  struct element *e = &m->from;
  unsigned lead = lead_of(r, m);
  struct beside beside = what_is_beside(r, moments, i);
  bool is_counting = counts_things(r, m->end);
  bool by_date = (beside.date_before && lead & (GLUE_FROM | GLUE_RANGE | GLUE_BETWEEN | GLUE_ABOUT)) ||
                 (beside.date_before && is_pair(e)) || beside.part_behind;
  bool by_lead = lead & GLUE_AT ||
                 (m->has_until && beside.date_behind && lead & (GLUE_FROM | GLUE_BETWEEN)) ||
                 (lead & GLUE_ABOUT && lead & GLUE_AT);
  bool is_clock = may_be_clock(e) && !is_counting && (by_lead || by_date);
  if (is_clock && is_pair(e) && e->slots & SLOT_DAY && beside.weekday_before && !(lead & GLUE_AT))
    is_clock = false;
  if (is_clock && !is_pair(e) && !m->has_until && is_joined_mark(r, m->end, ".") && is_digits(r, m->end + 1))
    is_clock = false;
  if (!is_clock && m->has_until && is_pair(e) && is_pair(&m->until) && !(e->slots & SLOT_DAY))
    is_clock = true;
  if (is_clock) {
    become_clock(e, false);
    if (m->has_until) become_clock(&m->until, false);
    return;
  }
  bool by_day_lead = lead & (GLUE_ON | GLUE_FROM | GLUE_RANGE | GLUE_SINCE | GLUE_LATEST | GLUE_BETWEEN);
  bool is_day = is_pair(e)
                    ? e->slots & SLOT_DAY && (by_day_lead || beside.weekday_before || beside.clock_behind ||
                                              stands_alone(r, m) || lead & GLUE_OF)
                    : e->is_ordinal && may_be_day(e) && !is_counting && !m->has_until &&
                          ((by_day_lead && !(is_word(r, m->end) && r->at[m->end].is_capital &&
                                             r->hit_of[m->end] == G_MAXUINT)) ||
                           beside.weekday_before);
  if (is_day && !is_pair(e) && e->is_word && !beside.clock_behind && !beside.weekday_before) is_day = false;
  if (is_day && is_counting && is_pair(e) && !(lead & GLUE_ON)) is_day = false;
  if (!is_day) {
    m->is_dead = true;
    return;
  }
  become_day(e);
  if (m->has_until) become_day(&m->until);
}

static void settle_all(const struct dates_reader *r, GArray *moments)
{
  for (guint i = 0; i < moments->len; i++)
    if (kind_of(&moment_at(moments, i)->from) == KIND_WEAK) settle(r, moments, i);
  drop_dead(moments);
}

/* ---- 3: neighbours ---- */

/* "nächsten Jahres", "nächsten Monat" give a year or month to what has none. */
static bool lend_period(struct element *date, const struct element *period, const struct wall *now)
{
  if (!(period->slots & SLOT_PERIOD) || period->number || period->amount) return false;
  if (period->unit == UNIT_YEAR && date->slots & (SLOT_MONTH | SLOT_HOLIDAY) && !(date->slots & SLOT_YEAR)) {
    date->slots |= SLOT_YEAR;
    date->year = now->year + period->which;
    return true;
  }
  if (period->unit == UNIT_YEAR && date->slots & SLOT_PERIOD && date->number && !(date->slots & SLOT_YEAR)) {
    date->slots |= SLOT_YEAR;
    date->year = now->year + period->which;
    return true;
  }
  if (period->unit == UNIT_MONTH && date->slots & SLOT_DAY && !(date->slots & SLOT_MONTH)) {
    struct civil month = calendar_civil(calendar_day(now->year, now->month + period->which, 1));
    date->slots |= SLOT_MONTH | SLOT_YEAR;
    date->month = month.month, date->year = month.year;
    return true;
  }
  return false;
}

static void merge_element(struct element *a, const struct element *b)
{
  struct element merged = *a;
  if (b->slots & SLOT_YEAR) merged.year = b->year;
  if (b->slots & SLOT_MONTH) merged.month = b->month, merged.section = b->section;
  if (b->slots & SLOT_DAY) merged.day = b->day;
  if (b->slots & SLOT_WEEKDAY) merged.weekday = b->weekday, merged.is_short = b->is_short;
  if (b->slots & SLOT_WEEKDAY && !(a->slots & SLOT_PERIOD)) merged.which = b->which;
  if (b->slots & SLOT_OFFSET) merged.offset = b->offset;
  if (b->slots & SLOT_HOLIDAY) merged.holiday = b->holiday;
  if (b->slots & SLOT_NTH) merged.nth = b->nth, merged.weekday = b->weekday, merged.unit = b->unit;
  if (b->slots & SLOT_PERIOD)
    merged.unit = b->unit, merged.number = b->number, merged.amount = b->amount, merged.section = b->section,
    merged.which = b->which;
  if (b->slots & SLOT_SPAN) merged.span_unit = b->span_unit, merged.span = b->span;
  if (b->slots & SLOT_CLOCK)
    merged.hour = b->hour, merged.minute = b->minute, merged.is_plain = b->is_plain,
    merged.is_loose = b->is_loose;
  if (b->slots & SLOT_PART) merged.part = b->part, merged.is_adverb = b->is_adverb;
  if (b->slots & SLOT_EVERY) merged.rule = b->rule;
  if (b->slots & SLOT_LENGTH) merged.length_minutes = b->length_minutes, merged.length_days = b->length_days;
  merged.slots |= b->slots;
  *a = merged;
}

/* "alle 14 Tage dienstags", "jede Woche am Dienstag", "jedes Jahr am 1. Mai". */
static bool merge_rule(struct element *a, const struct element *b)
{
  struct element merged = *a;
  const struct element *every = a->slots & SLOT_EVERY ? a : b, *other = every == a ? b : a;
  if (other->slots & SLOT_EVERY) {
    const struct rule *x = &every->rule, *y = &other->rule;
    if (x->weekdays && y->weekdays) return false;
    merge_element(&merged, b);
    merged.rule = x->weekdays ? *x : *y;
    if (x->frequency == FREQUENCY_MONTHLY || y->frequency == FREQUENCY_MONTHLY) {
      const struct rule *monthly = x->frequency == FREQUENCY_MONTHLY ? x : y;
      merged.rule.nths |= monthly->nths;
      if (monthly->nths) merged.rule.frequency = FREQUENCY_MONTHLY;
    }
    merged.rule.interval = MAX(x->interval, y->interval);
    *a = merged;
    return true;
  }
  merge_element(&merged, b);
  merged.rule = every->rule;
  if (other->slots & SLOT_WEEKDAY && !(other->slots & SLOT_DAY)) {
    if (every->rule.frequency != FREQUENCY_WEEKLY || every->rule.weekdays) return false;
    merged.rule.weekdays = 1U << other->weekday;
  } else if (other->slots & SLOT_DAY && every->rule.frequency == FREQUENCY_MONTHLY && !every->rule.nths) {
    merged.rule.month_day = other->day;
  } else if (other->slots & SLOT_DAY && other->slots & SLOT_MONTH &&
             every->rule.frequency == FREQUENCY_YEARLY) {
    merged.rule.month_day = other->day, merged.rule.month = other->month;
  } else if (other->slots & SLOTS_DATE) {
    return false;
  }
  merged.slots &= ~(unsigned)(SLOT_WEEKDAY | SLOT_DAY | SLOT_MONTH);
  *a = merged;
  return true;
}

/* Which slots may stand together in one moment. */
static bool fit_together(const struct element *a, const struct element *b)
{
  unsigned x = a->slots, y = b->slots;
  if (x & y & ~(unsigned)0) return false;
  unsigned days = SLOT_DAY | SLOT_MONTH | SLOT_HOLIDAY | SLOT_NTH;
  bool x_date = x & SLOTS_DATE, y_date = y & SLOTS_DATE;
  if (!x_date || !y_date) return !((x | y) & SLOT_NOW) || (x | y) == SLOT_NOW;
  if ((x | y) & SLOT_NOW) return false;
  if (x & SLOT_WEEKDAY || y & SLOT_WEEKDAY) {
    const struct element *other = x & SLOT_WEEKDAY ? b : a;
    if (other->slots & SLOT_PERIOD) return other->unit == UNIT_WEEK;
    return (other->slots & (days | SLOT_OFFSET | SLOT_SPAN)) != 0;
  }
  if (x & SLOT_OFFSET || y & SLOT_OFFSET) return (x | y) & (SLOT_SPAN | SLOT_DAY | SLOT_HOLIDAY);
  if (x & SLOT_HOLIDAY || y & SLOT_HOLIDAY) return (x | y) & (SLOT_DAY | SLOT_YEAR);
  if ((x | y) & SLOT_PERIOD && (x | y) & SLOT_DAY) {
    const struct element *period = x & SLOT_PERIOD ? a : b;
    return period->unit == UNIT_WEEK && period->number; /* "34. KW (17.8.)" */
  }
  return false;
}

/* Joins b to a where the glue allows; false: they stay two. */
static bool merge(const struct dates_reader *r, struct moment *a, struct moment *b)
{
  unsigned glue = glue_between(r, a->end, b->first);
  if (!glue || glue & (GLUE_RANGE | GLUE_AND | GLUE_LATEST)) return false;
  struct element *x = &a->from, *y = &b->from;
  bool x_date = x->slots & SLOTS_DATE, y_date = y->slots & SLOTS_DATE;
  bool weekday_and_day = (x->slots | y->slots) & SLOT_WEEKDAY;
  if (glue & GLUE_BREAK && x_date == y_date && !weekday_and_day) return false;
  if (glue & GLUE_BREAK && !x_date && y_date && !weekday_and_day && r->at[b->first].begins_sentence)
    return false;
  if (glue & (GLUE_DASH | GLUE_SLASH) && x_date && y_date && !weekday_and_day) return false;
  if (glue & (GLUE_FROM | GLUE_SINCE) && y_date && x_date &&
      !(y->slots & SLOT_EVERY || x->slots & SLOT_EVERY))
    return false;
  if (y->slots & SLOT_LENGTH && !(x->slots & (SLOT_CLOCK | SLOT_PART))) return false;
  if (x->slots & SLOT_EVERY || y->slots & SLOT_EVERY) {
    bool x_led = lead_of(r, a) & (GLUE_FROM | GLUE_SINCE);
    if (y->slots & SLOT_EVERY && x_date && x_led && !(x->slots & (SLOT_EVERY | SLOT_CLOCK))) {
      b->floor = *x; /* "ab Mai jeden Dienstag" */
      b->first = a->first;
      *a = *b;
      return true;
    }
    if (x->slots & SLOT_EVERY && y_date && glue & (GLUE_FROM | GLUE_SINCE) && !(y->slots & SLOT_EVERY)) {
      a->floor = *y; /* "jeden Dienstag ab Mai" */
      a->end = b->end;
      return true;
    }
    if (!merge_rule(x, y)) return false;
  } else if (lend_period(x, y, &r->now)) {
  } else if (lend_period(y, x, &r->now)) {
    guint first = a->first;
    *a = *b;
    a->first = first;
    return true;
  } else if (a->has_until && b->has_until && x->slots == SLOT_WEEKDAY && y->slots & SLOT_DAY) {
    guint first = a->first; /* "Freitag bis Sonntag, 3.-5. Juli" */
    *a = *b;
    a->first = first;
    return true;
  } else if (!fit_together(x, y)) {
    return false;
  } else if (a->has_until && b->has_until) {
    /* "Mo-Fr 8-16 Uhr": the days every time, the hours as range */
    if (!(x->slots & SLOT_WEEKDAY) || !(y->slots & SLOT_CLOCK) || x->slots & SLOT_CLOCK) return false;
    for (int day = x->weekday; day <= a->until.weekday; day++) x->rule.weekdays |= 1U << day;
    if (!x->rule.weekdays || (!x->is_short && x->weekday != 1)) {
      x->rule.weekdays = 0;
      if (!a->until.weekday) return false;
      merge_element(x,
                    y); /* "Freitag bis Sonntag, 10 bis 18 Uhr": from the first beginning to the last end */
      merge_element(&a->until, &b->until);
      a->end = b->end;
      return true;
    }
    x->rule.frequency = FREQUENCY_WEEKLY;
    x->slots = SLOT_EVERY;
    merge_element(x, y);
    a->until = b->until;
    a->end = b->end;
    return true;
  } else {
    merge_element(x, y);
  }
  if (glue & GLUE_FROM && y->slots & SLOT_CLOCK && !b->has_until) a->lead |= GLUE_FROM;
  if (glue & GLUE_ABOUT && y->slots & SLOT_CLOCK) x->is_loose = true;
  if (b->has_until) a->until = b->until;
  a->has_until |= b->has_until;
  a->is_twin = b->is_twin;
  a->end = b->end;
  return true;
}

static void merge_all(const struct dates_reader *r, GArray *moments)
{
  guint kept = 0;
  for (guint i = 0; i < moments->len; i++) {
    struct moment *m = moment_at(moments, i);
    if (kept && merge(r, moment_at(moments, kept - 1), m)) continue;
    if (kept != i) *moment_at(moments, kept) = *m;
    kept++;
  }
  g_array_set_size(moments, kept);
}

/* ---- 4: ranges of whole moments ---- */

static bool range_up(const struct dates_reader *r, struct moment *a, struct moment *b)
{
  unsigned glue = glue_between(r, a->end, b->first);
  bool is_range = glue & (GLUE_RANGE | GLUE_DASH) || (glue & GLUE_AND && lead_of(r, a) & GLUE_BETWEEN);
  struct element *x = &a->from, *y = &b->from;
  bool x_date = x->slots & SLOTS_DATE, y_date = y->slots & SLOTS_DATE;
  if (!is_range || b->from.slots & SLOT_EVERY || b->has_until) return false;
  if (glue & GLUE_BREAK && !(glue & GLUE_RANGE)) return false;
  if (x->slots & SLOT_EVERY) {
    if (y_date) {
      a->bound = *y; /* "jeden Dienstag bis Ende Juni" */
    } else {
      if (a->has_until || !(y->slots & SLOTS_TIME)) return false;
      a->has_until = true;
      a->until = *y;
    }
    a->end = b->end;
    return true;
  }
  if (a->has_until) {
    /* "3. bis 5. Juli bis 18 Uhr" is none */
    return false;
  }
  if (y_date && !x_date) return false;
  if (!y_date && !(y->slots & SLOTS_TIME)) return false;
  if (glue & GLUE_DASH && !(glue & GLUE_RANGE) && !y_date && !(x->slots & SLOTS_TIME)) return false;
  lend_year(x, y);
  if (y->slots & SLOT_DAY && !(y->slots & SLOT_MONTH) && x->slots & SLOT_MONTH) {
    y->slots |= SLOT_MONTH | (x->slots & SLOT_YEAR);
    y->month = x->month, y->year = x->year;
  }
  if (x->slots & SLOT_DAY && !(x->slots & SLOT_MONTH)) lend_month(x, y);
  make_range(a, b);
  return true;
}

static void range_all(const struct dates_reader *r, GArray *moments)
{
  guint kept = 0;
  for (guint i = 0; i < moments->len; i++) {
    struct moment *m = moment_at(moments, i);
    if (kept && range_up(r, moment_at(moments, kept - 1), m)) continue;
    if (kept && merge(r, moment_at(moments, kept - 1), m)) continue;
    if (kept != i) *moment_at(moments, kept) = *m;
    kept++;
  }
  g_array_set_size(moments, kept);
}

/* The time of the last of a list is that of all. */
static void share_times(GArray *moments)
{
  for (guint i = moments->len; i-- > 1;) {
    struct moment *m = moment_at(moments, i - 1);
    const struct moment *next = moment_at(moments, i);
    if (!m->is_twin || m->from.slots & SLOTS_TIME || !(next->from.slots & SLOTS_TIME)) continue;
    struct element time = next->from;
    time.slots &= SLOTS_TIME;
    merge_element(&m->from, &time);
    if (next->has_until && !(next->until.slots & SLOTS_DATE)) {
      m->has_until = true;
      m->until = next->until;
    }
  }
}

GArray *moments_join(const struct dates_reader *r)
{
  GArray *moments = g_array_sized_new(FALSE, TRUE, sizeof(struct moment), r->elements->len + 1);
  for (guint i = 0; i < r->elements->len; i++) {
    const struct element *e = &g_array_index(r->elements, struct element, i);
    struct moment m = { .first = e->first, .end = e->end, .from = *e };
    g_array_append_val(moments, m);
  }
  pair_all(r, moments);
  settle_all(r, moments);
  merge_all(r, moments);
  range_all(r, moments);
  share_times(moments);
  for (guint i = 0; i < moments->len; i++) {
    struct moment *m = moment_at(moments, i);
    guint first;
    m->lead |= glue_before(r, m->first, &first);
  }
  return moments;
}
