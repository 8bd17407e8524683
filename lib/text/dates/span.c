/* Spans counted from now and durations: "in zwei Wochen", "vor drei Tagen", "in einer halben Stunde", "two
 * weeks ago", "heute in acht Tagen", "binnen 14 Tagen"; "zwei Stunden lang", "dauert anderthalb Stunden",
 * "1,5 h". Called by elements.c. A duration is no date by itself: join.c makes it the end of one. */
#include "lib/text/dates/dates_private.h"

#include <string.h>

/* "zwei Wochen": an amount in hundredths and its unit; false: none. "halben Stunde", "Dreiviertelstunde". */
static bool read_amount(const struct dates_reader *r, guint at, guint *end, int *hundredths,
                        enum date_unit *unit)
{
  guint next = at;
  *hundredths = small_number(r, at, &next);
  bool has_article = *hundredths == 100 && is_word(r, at);
  if (*hundredths) next = over_break(r, next);
  if (has_article && word_at(r, TAG_COUNT, next)) { /* "einer halben Stunde" */
    *hundredths = small_number(r, next, &next);
    next = over_break(r, next);
  }
  const struct phrase_hit *and = word_at(r, TAG_GLUE, next);
  if (*hundredths && and&&hit_says(and, "and") && word_at(r, TAG_COUNT, and->end)) { /* "5 und eine halbe" */
    guint behind;
    int half = small_number(r, and->end, &behind);
    if (half == 100) half = small_number(r, behind, &behind);
    if (half == 50) {
      *hundredths += half;
      next = behind;
    }
  }
  const struct phrase_hit *hit = word_at(r, TAG_UNIT, next);
  if (!hit || (*hundredths == 0 && !hit_says(hit, "one"))) return false;
  if (*hundredths == 0) *hundredths = 100;
  g_autofree char *word = g_strndup(hit->value, strcspn(hit->value, " "));
  *unit = unit_of_word(word);
  *end = hit->end;
  return *unit != UNIT_NONE;
}

static void set_span(struct element *e, int sign, int hundredths, enum date_unit unit)
{
  e->slots = SLOT_SPAN;
  e->span_unit = unit;
  switch (unit) {
  case UNIT_HOUR: e->span = sign * hundredths * 60 / 100; break;
  case UNIT_MINUTE: e->span = sign * hundredths / 100; break;
  case UNIT_WEEK:
  case UNIT_MONTH:
  case UNIT_YEAR:
    if (hundredths % 100 == 0) {
      e->span = sign * hundredths / 100;
      break;
    }
    e->span_unit = unit == UNIT_YEAR ? UNIT_MONTH : UNIT_DAY;
    e->span = sign * hundredths * (unit == UNIT_YEAR ? 12 : unit == UNIT_MONTH ? 30 : 7) / 100;
    break;
  case UNIT_NONE:
  case UNIT_DAY:
  case UNIT_WORKDAY:
  case UNIT_WEEKEND:
  case UNIT_WORKWEEK:
  case UNIT_QUARTER:
  case UNIT_HALF:
  case UNIT_SEASON: e->span = sign * hundredths / 100; break;
  }
}

/* "ca.", "etwa", "den nächsten" between "in" and the amount. */
static guint over_about(const struct dates_reader *r, guint at)
{
  for (guint words = 0; words < 3; words++) {
    const struct phrase_hit *glue = word_at(r, TAG_GLUE, at);
    if (!glue || !(hit_says(glue, "about") || hit_says(glue, "latest"))) break;
    at = glue->end;
    if (is_joined_mark(r, at, ".")) at++;
  }
  return at;
}

static bool read_in(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *in = word_at(r, TAG_IN, at);
  if (!in) return false;
  int hundredths;
  enum date_unit unit;
  guint end, from = over_about(r, over_break(r, in->end));
  if (!read_amount(r, from, &end, &hundredths, &unit)) return false;
  set_span(e, hit_number(in), hundredths, unit);
  e->end = end;
  e->is_loose = hit_says(in, "within");
  /* "vor 2 Wochen Urlaub" */
  return true;
}

static bool read_ago(const struct dates_reader *r, guint at, struct element *e)
{
  int hundredths;
  enum date_unit unit;
  guint end;
  if (!read_amount(r, at, &end, &hundredths, &unit)) return false;
  const struct phrase_hit *ago = word_at(r, TAG_AGO, over_break(r, end));
  if (!ago) return false;
  set_span(e, hit_number(ago), hundredths, unit);
  e->end = ago->end;
  return true;
}

static bool read_length(const struct dates_reader *r, guint at, struct element *e)
{
  int hundredths;
  enum date_unit unit;
  guint end;
  if (!read_amount(r, at, &end, &hundredths, &unit)) return false;
  if (unit != UNIT_MINUTE && unit != UNIT_HOUR && unit != UNIT_DAY) return false;
  e->slots = SLOT_LENGTH;
  e->length_minutes = unit == UNIT_HOUR ? hundredths * 60 / 100 : unit == UNIT_MINUTE ? hundredths / 100 : 0;
  e->length_days = unit == UNIT_DAY ? hundredths / 100 : 0;
  e->end = end;
  const struct phrase_hit *behind = word_at(r, TAG_LENGTH, end);
  if (behind) e->end = behind->end;
  return true;
}

bool read_span(const struct dates_reader *r, guint at, struct element *e)
{
  static element_read_fn *const readers[] = { read_in, read_ago, read_length };
  for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
    *e = (struct element){ .first = at, .which = WHICH_NONE };
    if (readers[i](r, at, e)) return true;
  }
  return false;
}
