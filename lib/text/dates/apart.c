/* Clocks that stand apart from their day: "Am 12.5. räumen wir auf. Treffpunkt ist 10 Uhr am Rathaus, gegen
 * 13 Uhr ist Schluss." Called by dates.c when moments are joined. A bare time belongs to the nearest day
 * before it; beside "Schluss" or behind "bis" it is the end; without a day before, the next day in the same
 * sentence is its own, else the first day named at all. One walk forwards; each step looks back to the last
 * day only. */
#include "lib/text/dates/dates_private.h"

#include <string.h>

enum { HINT_LEXEMES = 5, LIST_DAYS = 12 };

static struct moment *moment_at(GArray *moments, guint i)
{
  return &g_array_index(moments, struct moment, i);
}

static bool is_day(const struct moment *m)
{
  unsigned days = SLOT_DAY | SLOT_WEEKDAY | SLOT_OFFSET | SLOT_HOLIDAY | SLOT_NTH | SLOT_EVERY;
  if (m->is_dead || !(m->from.slots & days)) return false;
  if (m->lead & (GLUE_RANGE | GLUE_LATEST | GLUE_SINCE) && !m->has_until) return false;
  return !(m->from.slots & SLOT_OFFSET && m->from.offset < 0) &&
         !(m->from.which != WHICH_NONE && m->from.which < 0);
}

static bool is_bare_clock(const struct moment *m)
{
  return m->from.slots & SLOT_CLOCK && !(m->from.slots & SLOTS_DATE);
}

static bool ends_sentence(const struct dates_reader *r, guint at)
{
  const struct lexeme *it = &r->at[at];
  if (it->kind == LEXEME_BREAK) return r->at[at + 1].begins_sentence;
  return it->kind == LEXEME_MARK && strchr(".!?;", it->folded[0]) && r->at[at + 1].begins_sentence;
}

/* A word of `tag` near a moment: before it, else behind it, in the same sentence. */
static const struct phrase_hit *hint_near(const struct dates_reader *r, const struct moment *m,
                                          enum date_tag tag)
{
  for (guint back = 1; back <= HINT_LEXEMES && back <= m->first; back++) {
    guint at = m->first - back;
    if (ends_sentence(r, at) || r->at[at].kind == LEXEME_DIGITS) break;
    const struct phrase_hit *hit = word_at(r, tag, at);
    if (hit) return hit;
  }
  for (guint at = m->end; at < r->count && at < m->end + HINT_LEXEMES && !ends_sentence(r, at); at++) {
    if (r->at[at].kind == LEXEME_DIGITS || is_mark(r, at, ",")) break;
    const struct phrase_hit *hit = word_at(r, tag, at);
    if (hit) return hit;
  }
  return NULL;
}

static void take_clock(struct moment *day, const struct moment *clock)
{
  day->from.hour = clock->from.hour, day->from.minute = clock->from.minute;
  day->from.is_plain = clock->from.is_plain, day->from.is_digital = clock->from.is_digital;
  day->from.is_of_24 = clock->from.is_of_24;
  day->from.is_loose = clock->from.is_loose || clock->lead & GLUE_ABOUT;
  day->from.slots |= SLOT_CLOCK;
  if (clock->from.slots & SLOT_PART) {
    day->from.slots |= SLOT_PART;
    day->from.part = clock->from.part;
  }
  if (clock->has_until && !(clock->until.slots & SLOTS_DATE)) {
    day->has_until = true;
    day->until = clock->until;
  }
  day->is_borrowed = true;
}

static bool take_end(struct moment *day, const struct moment *clock)
{
  if (day->has_until) return false;
  day->has_until = true;
  day->until = clock->from;
  return true;
}

/* A duration: "Dauer: zwei Stunden". */
static void take_length(const struct dates_reader *r, struct moment *day, struct moment *length)
{
  if (!day || day->from.slots & SLOT_LENGTH || day->has_until || !(day->from.slots & SLOT_CLOCK)) return;
  if (!hint_near(r, length, TAG_LENGTH) && !word_at(r, TAG_LENGTH, length->end - 1)) return;
  day->from.length_minutes = length->from.length_minutes;
  day->from.slots |= SLOT_LENGTH;
}

static bool is_without_range(const struct moment *day)
{
  return !day->has_until || day->from.slots & SLOT_EVERY || is_night_over(day);
}

/* What a bare clock is to the last day before it. */
static void settle_clock(const struct dates_reader *r, GArray *moments, guint at, int last)
{
  struct moment *clock = moment_at(moments, at), *day = moment_at(moments, (guint)last);
  const struct phrase_hit *finish = hint_near(r, clock, TAG_FINISH);
  bool is_not_end = finish && hit_says(finish, "not");
  bool is_end =
      (finish && !is_not_end) || (clock->lead & GLUE_RANGE && !is_not_end && day->from.slots & SLOT_CLOCK);
  if (is_end && !clock->has_until && take_end(day, clock)) {
    clock->is_dead = true;
    return;
  }
  if (is_end || clock->lead & GLUE_RANGE) {
    if (!is_not_end && is_end) clock->is_dead = true;
    return;
  }
  const struct phrase_hit *begin = hint_near(r, clock, TAG_BEGIN);
  bool is_free = !(day->from.slots & SLOT_CLOCK) && is_without_range(day);
  bool is_better = day->is_borrowed && begin && !day->is_begin;
  const struct phrase_hit *each = clock->first > 0 ? word_before(r, TAG_EVERY, clock->first) : NULL;
  if (!each) {
    guint first;
    glue_before(r, clock->first, &first);
    each = word_before(r, TAG_EVERY, first);
  }
  if (is_free || is_better) {
    take_clock(day, clock);
    day->is_begin = begin != NULL;
    clock->is_dead = true;
  }
  /* "12.5., 19.5. und 26.5., jeweils 18 Uhr" */
  for (int i = last - 1; each && clock->is_dead && i >= 0 && i >= last - LIST_DAYS; i--)
    if (is_day(moment_at(moments, (guint)i)) && !(moment_at(moments, (guint)i)->from.slots & SLOT_CLOCK))
      take_clock(moment_at(moments, (guint)i), clock);
  if (clock->is_dead) return;
  /* another time of the same day; its words stay its own */
  struct element of_day = day->from;
  of_day.slots &= ~(unsigned)(SLOT_CLOCK | SLOT_PART | SLOT_LENGTH | SLOT_EVERY);
  if (day->from.slots & SLOT_EVERY) return;
  struct element time = clock->from;
  clock->from = of_day;
  clock->from.slots |= time.slots;
  clock->from.hour = time.hour, clock->from.minute = time.minute, clock->from.part = time.part;
  clock->from.is_plain = time.is_plain, clock->from.is_digital = time.is_digital,
  clock->from.is_loose = time.is_loose, clock->from.is_of_24 = time.is_of_24;
}

static bool in_one_sentence(const struct dates_reader *r, guint from, guint to)
{
  enum { FAR = 40 };
  if (to - from > FAR) return false;
  for (guint at = from; at < to; at++)
    if (ends_sentence(r, at)) return false;
  return true;
}

/* "Vom 3. bis 5. Juli auf dem Markt, täglich von 10 bis 18 Uhr". */
static bool bind_stretch(const struct dates_reader *r, const struct moment *stretch, struct moment *every)
{
  struct moment merged = *stretch;
  if (!merge_stretch(r, &merged, every)) return false;
  every->floor = merged.floor;
  every->bound = merged.bound;
  return true;
}

/* "Um 15 Uhr treffen wir uns am Samstag", "Ab Mai treffen wir uns jeden Dienstag". */
static void settle_forward(const struct dates_reader *r, GArray *moments, guint at)
{
  struct moment *m = moment_at(moments, at),
                *next = at + 1 < moments->len ? moment_at(moments, at + 1) : NULL;
  if (!next || !in_one_sentence(r, m->end, next->first)) return;
  if (is_bare_clock(m) && is_day(next) && !(next->from.slots & SLOT_CLOCK) && !next->has_until) {
    take_clock(next, m);
    next->is_borrowed = false;
    m->is_dead = true;
  } else if (m->lead & GLUE_FROM && next->from.slots & SLOT_EVERY && bind_stretch(r, m, next)) {
    m->is_dead = true;
  } else if (next->from.slots & SLOT_EVERY && !next->floor.slots && m->lead & GLUE_OPEN &&
             m->from.slots & SLOTS_DATE && !(m->from.slots & SLOT_EVERY)) {
    next->floor = m->from;
    m->is_dead = true;
  }
}

/* "Montags um 18 Uhr im Kiezladen, vom 11.5. bis 29.6.": the last repetition is held between those days. */
static bool settle_stretch(const struct dates_reader *r, GArray *moments, guint at, int last)
{
  struct moment *m = moment_at(moments, at), *every = last >= 0 ? moment_at(moments, (guint)last) : NULL;
  if (!every || !(m->lead & GLUE_FROM) || !(every->from.slots & SLOT_EVERY)) return false;
  struct moment merged = *every;
  if (!in_one_sentence(r, every->end, m->first) || !merge_stretch(r, &merged, m)) return false;
  every->floor = merged.floor;
  every->bound = merged.bound;
  return m->is_dead = true;
}

void moments_bring_together(const struct dates_reader *r, GArray *moments)
{
  int last = -1;
  for (guint i = 0; i < moments->len; i++) {
    struct moment *m = moment_at(moments, i);
    if (m->from.slots == SLOT_LENGTH) {
      take_length(r, last >= 0 ? moment_at(moments, (guint)last) : NULL, m);
      m->is_dead = true;
    } else if (is_bare_clock(m)) {
      if (last >= 0)
        settle_clock(r, moments, i, last);
      else
        settle_forward(r, moments, i);
    } else {
      if (settle_stretch(r, moments, i, last)) continue;
      settle_forward(r, moments, i);
      if (!is_day(m) || m->lead & GLUE_SINCE) continue;
      /* "Beginn um 19 Uhr, Einlass ab 18 Uhr. Termin ist der 21.5.": hours named before the first day */
      for (guint k = 0; last < 0 && k < i; k++)
        if (!moment_at(moments, k)->is_dead && is_bare_clock(moment_at(moments, k)))
          settle_clock(r, moments, k, (int)i);
      last = (int)i;
    }
  }
}
