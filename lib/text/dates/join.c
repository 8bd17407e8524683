/* Elements joined into moments: ranges ("3. bis 5. Juli", "18-20 h"), weak figures explained by what stands
 * beside them, day and time put together ("Samstag, 12. Mai, 15 Uhr, bis 18 Uhr"). Called by dates.c. Four
 * walks over the moments, each looking at neighbours only, so linear:
 *   1. ranges and lists of the same kind, from the right (pair.c);
 *   2. figures that are still weak become hours or days, or nothing (pair.c);
 *   3. neighbours with nothing but glue between become one moment;
 *   4. ranges between whole moments. */
#include "lib/text/dates/dates_private.h"

static struct moment *moment_at(GArray *moments, guint i)
{
  return &g_array_index(moments, struct moment, i);
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
    merged.is_loose = b->is_loose, merged.is_of_24 = b->is_of_24;
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

/* "jeden Freitag im Mai", "im Mai immer freitags": from its first day to its last. */
static bool merge_month_of_rule(struct moment *a, struct moment *b)
{
  struct moment *every = a->from.slots & SLOT_EVERY ? a : b, *month = every == a ? b : a;
  unsigned slots = month->from.slots & ~(unsigned)SLOT_YEAR;
  if (month->from.slots & SLOT_EVERY || (slots != SLOT_MONTH && slots != SLOT_PERIOD)) return false;
  if (every->floor.slots || every->bound.slots) return false;
  struct moment merged = *every;
  merged.floor = month->from;
  merged.bound = month->has_until ? month->until : month->from;
  merged.first = a->first, merged.end = b->end;
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
    /* "34. KW (17.8.)", "am Wochenende 13./14.6." */
    return (period->unit == UNIT_WEEK && period->number) || period->unit == UNIT_WEEKEND;
  }
  return false;
}

/* "7 Uhr von Montag bis Freitag", "Mo-Fr 18 Uhr": every such day. */
static bool merge_workdays(struct moment *a, const struct moment *b)
{
  const struct moment *days = a->has_until ? a : b, *clock = days == a ? b : a;
  if (!days->has_until || clock->has_until || clock->from.slots & SLOTS_DATE) return false;
  if (days->from.slots != SLOT_WEEKDAY || days->until.slots != SLOT_WEEKDAY) return false;
  if (!(clock->from.slots & SLOT_CLOCK) || days->from.weekday != 1 || days->until.weekday < 4) return false;
  struct element merged = clock->from;
  merged.slots |= SLOT_EVERY;
  merged.rule = (struct rule){ .frequency = FREQUENCY_WEEKLY };
  for (int day = 1; day <= days->until.weekday; day++) merged.rule.weekdays |= 1U << day;
  a->from = merged;
  a->has_until = false;
  a->end = b->end;
  return true;
}

/* Days of the calendar, from one to another: what comes again does so between them. */
static bool is_stretch(const struct moment *m)
{
  unsigned days = SLOT_DAY | SLOT_MONTH | SLOT_HOLIDAY;
  return m->has_until && m->from.slots & days && m->until.slots & days && !m->is_over &&
         !((m->from.slots | m->until.slots) & (SLOT_EVERY | SLOT_CLOCK | SLOT_PART));
}

/* Does a word stand around the days that leaves them out: "außer vom …", "in den Ferien", "… ist Pause"? */
static bool is_left_out(const struct dates_reader *r, guint from, guint to)
{
  enum { BEHIND = 6 };
  for (guint at = from; at < r->count && at < to + BEHIND; at++) {
    if (at >= to && (r->at[at].kind == LEXEME_BREAK || is_mark(r, at, "!") || is_mark(r, at, "?"))) break;
    if (word_at(r, TAG_EXCEPT, at)) return true;
  }
  return false;
}

bool merge_stretch(const struct dates_reader *r, struct moment *a, const struct moment *b)
{
  bool is_first = is_stretch(a) && b->from.slots & SLOT_EVERY;
  if (!is_first && !(a->from.slots & SLOT_EVERY && is_stretch(b))) return false;
  const struct moment *every = is_first ? b : a, *stretch = is_first ? a : b;
  struct moment merged = *every;
  if (every->floor.slots || every->bound.slots || is_left_out(r, a->first, b->end)) return false;
  merged.floor = stretch->from;
  merged.bound = stretch->until;
  merged.first = a->first, merged.end = b->end;
  *a = merged;
  return true;
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
  if (y->slots & SLOT_LENGTH && !(x->slots & SLOTS_TIME)) return false;
  if (x->slots & SLOT_LENGTH && !((x->slots | y->slots) & SLOTS_TIME)) return false;
  if (merge_stretch(r, a, b)) return true;
  if (x->slots & SLOT_EVERY || y->slots & SLOT_EVERY) {
    bool x_led = lead_of(r, a) & (GLUE_FROM | GLUE_SINCE);
    if (y->slots & SLOT_EVERY && x_date && x_led && !(x->slots & (SLOT_EVERY | SLOT_CLOCK))) {
      b->floor = *x; /* "ab Mai jeden Dienstag" */
      b->first = a->first;
      *a = *b;
      return true;
    }
    if (x->slots & SLOT_EVERY && is_stretch(b)) return false;
    if (x->slots & SLOT_EVERY && y_date && glue & (GLUE_FROM | GLUE_SINCE) && !(y->slots & SLOT_EVERY)) {
      a->floor = *y; /* "jeden Dienstag ab Mai" */
      a->end = b->end;
      return true;
    }
    if (merge_month_of_rule(a, b)) return true;
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
  } else if (merge_workdays(a, b)) {
    return true;
  } else if (is_night_over(a) && b->has_until && !y_date) {
    merge_element(x, y); /* "in der Nacht vom 6. auf den 7. Juni von 23 bis 2 Uhr" */
    a->until = b->until;
    a->end = b->end;
    return true;
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
  if (glue & GLUE_FROM && y->slots & SLOT_CLOCK && !b->has_until) a->lead |= glue & (GLUE_FROM | GLUE_OPEN);
  if (glue & GLUE_ABOUT && y->slots & SLOT_CLOCK) x->is_loose = true;
  if (b->has_until) a->until = b->until;
  a->has_until |= b->has_until;
  a->is_over |= b->is_over;
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
      a->bound = *y; /* "jeden Dienstag bis Ende Juni (um 18 Uhr)" */
      if (!(x->slots & SLOTS_TIME) && y->slots & SLOTS_TIME) {
        struct element time = *y;
        time.slots &= SLOTS_TIME;
        merge_element(x, &time);
      }
      a->bound.slots &= ~(unsigned)SLOTS_TIME;
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
  moments_pair(r, moments);
  moments_settle(r, moments);
  merge_all(r, moments);
  range_all(r, moments);
  share_times(moments);
  for (guint i = 0; i < moments->len; i++) {
    struct moment *m = moment_at(moments, i);
    guint first;
    m->lead |= glue_before(r, m->first, &first);
    if (!m->has_until && word_at(r, TAG_UNTIL, m->end)) m->lead |= GLUE_RANGE;
  }
  return moments;
}
