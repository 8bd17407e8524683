/* The elements of a text, in order: at every word of the tables and every run of figures all readers are
 * asked, and the one that reads farthest is believed. What they do not know is passed over, so the work is
 * linear. Called by dates.c. */
#include "lib/text/dates/dates_private.h"

/* "um drei", "von drei bis fünf": a number in words matters only behind such a word. */
static bool read_weak_word(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_COUNT, at);
  guint end, first;
  int hundredths = hit ? small_number(r, at, &end) : 0;
  if (!hit || hit_says(hit, "article") || hundredths % 100 || hundredths < 100 || hundredths > 2400)
    return false;
  unsigned lead = glue_before(r, at, &first);
  bool is_second = at > 0 && (is_mark(r, at - 1, "-") || lead & GLUE_AND);
  if (!is_second && !(lead & (GLUE_AT | GLUE_FROM | GLUE_RANGE | GLUE_BETWEEN | GLUE_ABOUT))) return false;
  e->slots = SLOT_NUMBER;
  e->number = hundredths / 100;
  e->is_word = true;
  e->end = end;
  return true;
}

/* "am 15.", "den vierten": an ordinal in words that may be a day of the month. */
static bool read_weak_ordinal(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_ORDINAL, at);
  if (!hit || hit_number(hit) < 1) return false;
  e->slots = SLOT_NUMBER;
  e->number = hit_number(hit);
  e->is_word = e->is_ordinal = true;
  e->end = hit->end;
  return true;
}

#define TAG(name) (UINT64_C(1) << TAG_##name)

/* Which words each reader may begin with, and whether figures may. */
static const struct {
  element_read_fn *read;
  uint64_t tags;
  bool may_be_digits;
} readers[] = {
  { read_every, TAG(EVERY) | TAG(FREQUENCY) | TAG(WEEKDAYS) | TAG(ORDINAL), true },
  { read_period,
    TAG(ORDINAL) | TAG(WHICH) | TAG(SECTION) | TAG(WEEK) | TAG(ROMAN) | TAG(SEASON) | TAG(YEAR) | TAG(UNIT),
    true },
  { read_day_words,
    TAG(HOLIDAY) | TAG(WEEKDAY) | TAG(WEEKDAY_SHORT) | TAG(ORDINAL) | TAG(OFFSET) | TAG(PART) | TAG(MONTH) |
        TAG(MONTH_SHORT),
    true },
  { read_clock, TAG(COUNT), true },
  { read_clock_words, TAG(TIME) | TAG(QUARTERS) | TAG(COUNT), true },
  { read_span, TAG(IN) | TAG(COUNT) | TAG(UNIT), true },
  { read_figures, 0, true },
  { read_weak_word, TAG(COUNT), false },
  { read_weak_ordinal, TAG(ORDINAL), false },
};

static bool read_at(const struct dates_reader *r, guint at, struct element *best)
{
  best->end = 0;
  bool is_digits = r->at[at].kind == LEXEME_DIGITS;
  for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
    if (!(r->tags_of[at] & readers[i].tags) && !(is_digits && readers[i].may_be_digits)) continue;
    struct element e = { .first = at, .which = WHICH_NONE };
    if (!readers[i].read(r, at, &e) || e.end <= best->end || e.end <= at) continue;
    *best = e;
    best->first = at;
  }
  return best->end > 0;
}

void elements_find(struct dates_reader *r)
{
  for (guint at = 0; at < r->count;) {
    struct element e;
    const struct phrase_hit *not = word_at(r, TAG_NOT, at);
    if (not ) {
      at = not ->end;
      continue;
    }
    bool may = r->hit_of[at] != G_MAXUINT || r->at[at].kind == LEXEME_DIGITS;
    if (!may || !read_at(r, at, &e)) {
      at++;
      continue;
    }
    g_array_append_val(r->elements, e);
    at = e.end;
  }
}
