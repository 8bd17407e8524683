/* Ranges and lists of one kind ("3. bis 5. Juli", "18-20 h", "KW 28/29", "Samstag und Sonntag"), and weak
 * figures explained by what stands beside them ("um drei", "Samstag 10-12", "am 15."). Called by join.c as
 * its first two steps; both look at neighbours only. Lists are read from the right, so that a month said once
 * serves all days before it ("12., 19. und 26. Mai"). */
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

unsigned lead_of(const struct dates_reader *r, const struct moment *m)
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

void make_range(struct moment *a, const struct moment *b)
{
  a->has_until = true;
  a->until = b->has_until ? b->until : b->from;
  a->end = b->end;
}

/* A day without month takes that of the next: "3. bis 5. Juli", "14./15.10.", "12. und 19. Mai". */
bool lend_month(struct element *a, const struct element *b)
{
  if (!may_be_day(a) || a->slots & SLOT_MONTH || !(b->slots & SLOT_DAY) || !(b->slots & SLOT_MONTH))
    return false;
  become_day(a);
  a->slots |= SLOT_MONTH | (b->slots & SLOT_YEAR);
  a->month = b->month, a->year = b->year;
  return true;
}

void lend_year(struct element *a, const struct element *b)
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
  bool is_alone =
      (a->first == 0 || r->at[a->first - 1].kind == LEXEME_BREAK) && is_pair(y) && b->end >= r->count;
  if (!is_sure && !is_alone && !(lead & (GLUE_ON | GLUE_FROM | GLUE_BETWEEN))) return false;
  if (y->slots & SLOT_DAY && y->slots & SLOT_MONTH) {
    if (y->slots & SLOT_NUMBER && !(x->is_ordinal || x->slots & SLOT_DAY || lead || is_alone)) return false;
    /* "am 3 und 4. Juli" is one, "Punkt 3, 5. Juli" is none */
    bool is_whole = x->slots & SLOT_MONTH && !(x->slots & SLOT_NUMBER);
    if (glue & GLUE_COMMA && !x->is_ordinal && !is_whole) return false;
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

static bool both_clocks(const struct dates_reader *r, const struct moment *before, struct moment *a,
                        struct moment *b, unsigned glue)
{
  struct element *x = &a->from, *y = &b->from;
  if (!may_be_clock(x) || !may_be_clock(y)) return false;
  bool x_is = x->slots & SLOT_CLOCK, y_is = y->slots & SLOT_CLOCK;
  unsigned lead = lead_of(r, a);
  if (!x_is && !y_is) {
    bool pairs = is_pair(x) && is_pair(y) && !(x->slots & SLOT_DAY);
    bool is_behind_day = before &&
                         before->from.slots & (SLOT_WEEKDAY | SLOT_DAY | SLOT_OFFSET | SLOT_EVERY) &&
                         !(before->from.slots & SLOT_NUMBER) && glue_between(r, before->end, a->first);
    if (!(lead & (GLUE_AT | GLUE_FROM | GLUE_BETWEEN)) && !pairs && !is_behind_day) return false;
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

/* "von 5 bis 7." at a sentence's end: who writes the first without a stop means no seventh day. */
static void drop_full_stop(const struct dates_reader *r, const struct element *x, struct moment *b)
{
  struct element *y = &b->from;
  bool is_bare = (x->slots & SLOT_NUMBER && !x->is_ordinal && !is_pair(x)) || x->slots == SLOT_CLOCK;
  bool is_stopped = y->is_ordinal && y->slots == SLOT_NUMBER && !b->has_until && is_mark(r, b->end - 1, ".");
  if (!is_bare || !is_stopped || !(b->end >= r->count || r->at[b->end].kind == LEXEME_BREAK)) return;
  y->is_ordinal = false;
  y->end = --b->end;
}

/* Days and clocks of the same kind, and what stands between them: a range, a list, or nothing. */
static void pair_up(const struct dates_reader *r, const struct moment *before, struct moment *a,
                    struct moment *b)
{
  unsigned glue = glue_between(r, a->end, b->first);
  bool is_range = glue & (GLUE_RANGE | GLUE_DASH | GLUE_SLASH);
  bool is_list = glue & (GLUE_AND | GLUE_COMMA | GLUE_OVER);
  if (!glue || (!is_range && !is_list) || a->from.slots & SLOT_EVERY) return;
  unsigned lead = lead_of(r, a);
  bool is_between = lead & GLUE_BETWEEN && glue & GLUE_AND;
  if (a->from.slots & SLOT_CLOCK && glue & GLUE_SLASH) return;
  if ((is_range || is_between) && !(glue & GLUE_COMMA && !(glue & GLUE_RANGE))) {
    bool may_lap = !b->has_until || kind_of(&b->from) == KIND_WEAK;
    if (!may_lap) return;
    if (glue & (GLUE_RANGE | GLUE_DASH) || is_between) drop_full_stop(r, &a->from, b);
    if (!(glue & GLUE_SLASH) && both_clocks(r, before, a, b, glue)) {
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
  bool are_short = a->from.is_short && b->from.is_short; /* "Mo, Mi, Fr 9-12 Uhr" */
  bool are_alike = same_days(&a->from, &b->from) && kind_of(&a->from) != KIND_MONTH;
  bool are_night = glue & GLUE_OVER && before && is_of_night(&before->from) &&
                   glue_between(r, before->end, a->first); /* "in der Nacht von Samstag auf Sonntag" */
  if (!are_days && !(are_alike && (glue & GLUE_AND || are_short || are_night))) return;
  if (glue & (GLUE_AND | GLUE_OVER) && is_next_day(&a->from, &b->from) && !b->has_until) {
    make_range(a, b);
    a->is_over = (glue & GLUE_OVER) != 0;
    b->is_dead = true;
  } else {
    a->is_twin = !(glue & GLUE_OVER) && (glue & GLUE_AND || are_days || are_short);
  }
}

static void drop_dead(GArray *moments)
{
  guint kept = 0;
  for (guint i = 0; i < moments->len; i++)
    if (!moment_at(moments, i)->is_dead) *moment_at(moments, kept++) = *moment_at(moments, i);
  g_array_set_size(moments, kept);
}

void moments_pair(const struct dates_reader *r, GArray *moments)
{
  for (guint i = moments->len; i-- > 1;) {
    struct moment *a = moment_at(moments, i - 1), *b = moment_at(moments, i);
    pair_up(r, i > 1 ? moment_at(moments, i - 2) : NULL, a, b);
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
    bool is_hour =
        e->slots & SLOT_NUMBER && glue_between(r, m->end, moment_at(moments, i + 1)->first) & GLUE_AT;
    b.clock_behind = (e->slots & SLOT_CLOCK) != 0 || is_hour;
  }
  return b;
}

static bool stands_alone(const struct dates_reader *r, const struct moment *m)
{
  return (m->first == 0 || r->at[m->first - 1].kind == LEXEME_BREAK) &&
         (m->end >= r->count || r->at[m->end].kind == LEXEME_BREAK);
}

enum { DAY_LEADS = GLUE_ON | GLUE_FROM | GLUE_RANGE | GLUE_SINCE | GLUE_LATEST | GLUE_BETWEEN };

/* "am 12.5", "Sa 12.5", "12.5, 18 Uhr": a date without its last full stop. */
static bool is_weak_date(const struct dates_reader *r, const struct moment *m, unsigned lead,
                         const struct beside *beside)
{
  if (!(m->from.slots & SLOT_DAY) || (counts_things(r, m->end) && !(lead & GLUE_ON))) return false;
  return lead & (DAY_LEADS | GLUE_OF) || beside->weekday_before || beside->clock_behind || stands_alone(r, m);
}

/* "am 15.": not "am 15. Tag", not "im 2. Stock"; in words only beside a clock. */
static bool is_weak_day(const struct dates_reader *r, const struct moment *m, unsigned lead,
                        const struct beside *beside)
{
  const struct element *e = &m->from;
  if (!e->is_ordinal || !may_be_day(e) || m->has_until || counts_things(r, m->end)) return false;
  if (beside->weekday_before) return true;
  if (e->is_word && !beside->clock_behind) return false;
  bool is_before_noun = is_word(r, m->end) && r->at[m->end].is_capital && !r->at[m->end].begins_sentence &&
                        !word_at(r, TAG_GLUE, m->end) && !word_at(r, TAG_PART, m->end);
  return lead & DAY_LEADS && !is_before_noun;
}

/* "Kinder ab 8", "Kinder von 6 bis 12": how old they are. */
static bool is_age(const struct dates_reader *r, const struct moment *m, unsigned lead)
{
  enum { NO_CHILD_ANY_MORE = 14 };
  guint first;
  if (!(lead & GLUE_FROM) || is_pair(&m->from) || m->from.number >= NO_CHILD_ANY_MORE) return false;
  glue_before(r, m->first, &first);
  return word_before(r, TAG_AGED, first) != NULL;
}

/* Whether a weak moment is a clock, a day, or nothing. */
static void settle(const struct dates_reader *r, GArray *moments, guint i)
{
  struct moment *m = moment_at(moments, i);
  struct element *e = &m->from;
  unsigned lead = lead_of(r, m);
  struct beside beside = what_is_beside(r, moments, i);
  bool is_counting = counts_things(r, m->end) || is_age(r, m, lead);
  bool by_date = (beside.date_before && m->has_until) ||
                 (beside.date_before && lead & (GLUE_FROM | GLUE_RANGE | GLUE_BETWEEN | GLUE_ABOUT)) ||
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
  bool is_day = is_pair(e) ? is_weak_date(r, m, lead, &beside) : is_weak_day(r, m, lead, &beside);
  if (!is_day) {
    m->is_dead = true;
    return;
  }
  become_day(e);
  if (m->has_until) become_day(&m->until);
}

void moments_settle(const struct dates_reader *r, GArray *moments)
{
  for (guint i = 0; i < moments->len; i++)
    if (kind_of(&moment_at(moments, i)->from) == KIND_WEAK) settle(r, moments, i);
  drop_dead(moments);
}
