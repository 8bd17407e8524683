/* Clock times as they are spoken: "halb sieben" (6:30), "viertel vor acht", "viertel nach acht", in Berlin
 * "viertel acht" (7:15) and "dreiviertel acht" (7:45), "fünf vor halb acht", "zwanzig nach drei", "3 Minuten
 * nach 8", "Mitternacht"; "half past six" is not "halb sechs". Called by elements.c. */
#include "lib/text/dates/dates_private.h"

#include <string.h>

/* The hour at the end of a spoken time: "acht", "8", "8 Uhr", "half past six". 0 or more; -1: none. */
static int hour_at(const struct dates_reader *r, guint at, guint *end)
{
  int hundredths = small_number(r, at, end);
  if (is_digits(r, at) && *end != at + 1) return -1;
  if (hundredths <= 0 || hundredths % 100 || hundredths > 2400) return -1;
  if (is_joined_mark(r, *end, ",") && is_digits(r, *end + 1) && !r->at[*end + 1].is_spaced) return -1;
  const struct phrase_hit *word = word_at(r, TAG_CLOCK, over_break(r, *end));
  if (word) *end = word->end;
  return hundredths / 100;
}

static bool set_spoken(struct element *e, int hour, int minutes, guint end)
{
  if (hour < 0) return false;
  int total = (hour * 60 + minutes + 24 * 60) % (24 * 60);
  e->slots = SLOT_CLOCK;
  e->hour = total / 60, e->minute = total % 60;
  if (hour == 12 && minutes >= 0) e->hour = 12;
  if (e->hour == 0 && hour <= 1) e->hour = 12; /* "halb eins" */
  e->is_plain = e->hour >= 13;
  e->end = end;
  return true;
}

/* "halb sieben", "viertel acht", "viertel vor acht"; minutes of the table are put to the hour as they are:
 * halb -30, viertel -45, dreiviertel -15 ("x": never so); before "vor" and "nach" the second figure counts.
 */
static bool read_quarters(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_QUARTERS, at);
  if (!hit) return false;
  guint next = over_break(r, hit->end), end;
  const struct phrase_hit *side = word_at(r, TAG_BEFORE_AFTER, next);
  if (!side) {
    int hour = hit->value[0] == 'x' ? -1 : hour_at(r, next, &end);
    return hour >= 0 && set_spoken(e, hour, hit_number(hit), end);
  }
  const char *size = strchr(hit->value, ' ');
  if (!size) return false;
  int minutes = (int)g_ascii_strtoll(size, NULL, 10) * hit_number(side);
  int hour = hour_at(r, side->end, &end);
  return hour >= 0 && set_spoken(e, hour, minutes, end);
}

/* "fünf vor halb acht", "zwanzig nach drei", "3 Minuten nach 8", "kurz vor acht". */
static bool read_beside(const struct dates_reader *r, guint at, struct element *e)
{
  guint end;
  int minutes = small_number(r, at, &end) / 100;
  if (minutes < 1 || minutes > 59) return false;
  const struct phrase_hit *unit = word_at(r, TAG_UNIT, end);
  if (unit && unit_of_word(unit->value) != UNIT_MINUTE) return false;
  if (unit) end = unit->end;
  const struct phrase_hit *side = word_at(r, TAG_BEFORE_AFTER, end);
  if (!side) return false;
  minutes *= hit_number(side);
  const struct phrase_hit *half = word_at(r, TAG_QUARTERS, side->end);
  if (half) minutes += hit_number(half);
  if (is_digits(r, side->end) && is_joined_mark(r, side->end + 1, ".")) return false; /* "zwei vor 3. Mai" */
  int hour = hour_at(r, half ? half->end : side->end, &end);
  bool is_day = !unit && (word_at(r, TAG_MONTH, end) || word_at(r, TAG_MONTH_SHORT, end)); /* "5 to 19 July" */
  return hour >= 0 && !is_day && (unit || half || minutes % 5 == 0) && set_spoken(e, hour, minutes, end);
}

static bool read_named(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_TIME, at);
  if (!hit) return false;
  const char *minutes = strchr(hit->value, ':');
  e->slots = SLOT_CLOCK;
  e->hour = hit_number(hit);
  e->minute = minutes ? (int)g_ascii_strtoll(minutes + 1, NULL, 10) : 0;
  e->is_plain = true;
  e->is_loose = false;
  e->end = hit->end;
  return true;
}

bool read_clock_words(const struct dates_reader *r, guint at, struct element *e)
{
  static element_read_fn *const readers[] = { read_named, read_quarters, read_beside };
  for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
    *e = (struct element){ .first = at, .which = WHICH_NONE };
    if (readers[i](r, at, e)) return true;
  }
  return false;
}
