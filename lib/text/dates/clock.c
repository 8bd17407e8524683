/* Clock times in figures: "15 Uhr", "15:30", "15.30 Uhr", "15 Uhr 30", "17h10", "15h", "3pm", "3:30 p.m.",
 * "drei Uhr", "achtzehn Uhr dreißig"; ranges are made by join.c. Called by elements.c. An hour of a clock
 * with twelve is turned to the afternoon in resolve.c, where the day and its parts are known. */
#include "lib/text/dates/dates_private.h"

static bool set_clock(struct element *e, guint hour, guint minute, guint end)
{
  if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return false;
  e->slots = SLOT_CLOCK;
  e->hour = (int)hour, e->minute = (int)minute;
  e->end = end;
  return true;
}

/* "am", "p.m." behind figures: moves the hour. */
static void read_meridiem(const struct dates_reader *r, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_MERIDIEM, e->end);
  if (!hit || e->hour > 12 || e->hour == 0) return;
  e->hour = e->hour % 12 + (hit_says(hit, "pm") ? 12 : 0);
  e->is_of_24 = false;
  e->is_plain = true;
  e->end = hit->end;
  if (is_joined_mark(r, e->end, ".") && is_word(r, e->end - 1) && digits_size(r, e->end - 1) == 1) e->end++;
}

/* "Uhr", "h", "hrs" behind figures. */
static const struct phrase_hit *clock_word(const struct dates_reader *r, guint at)
{
  return word_at(r, TAG_CLOCK, at);
}

/* "15:30", "15:30:00", then perhaps "Uhr". */
static bool read_colon(const struct dates_reader *r, guint at, struct element *e)
{
  if (!is_joined_mark(r, at + 1, ":") || !is_digits(r, at + 2) || r->at[at + 2].is_spaced) return false;
  if (digits_size(r, at + 2) != 2 || !set_clock(e, r->at[at].number, r->at[at + 2].number, at + 3))
    return false;
  if (is_joined_mark(r, e->end, ":") && is_digits(r, e->end + 1) && digits_size(r, e->end + 1) == 2)
    e->end += 2;
  e->is_digital = true;
  e->is_of_24 = e->hour < 10 && digits_size(r, at) == 2;
  if (!r->at[e->end].is_spaced && is_digits(r, e->end)) return false;
  e->is_plain = true;
  const struct phrase_hit *word = clock_word(r, e->end);
  if (word) e->end = word->end;
  return true;
}

/* "15.30 Uhr", "15,30 Uhr". */
static bool read_dotted(const struct dates_reader *r, guint at, struct element *e)
{
  if (!is_joined_mark(r, at + 1, ".") && !is_joined_mark(r, at + 1, ",")) return false;
  if (!is_digits(r, at + 2) || digits_size(r, at + 2) != 2) return false;
  const struct phrase_hit *word = clock_word(r, over_break(r, at + 3));
  guint end = word ? word->end : at + 3;
  if (!set_clock(e, r->at[at].number, r->at[at + 2].number, end)) return false;
  e->is_plain = true;
  e->is_of_24 = e->hour < 10 && digits_size(r, at) == 2;
  if (word) return true;
  guint before = e->end;
  read_meridiem(r, e);
  return e->end > before;
}

/* "18 uhr und 12", "15 Uhr 30", "17h10", "10 h 10 Uhr", "achtzehn Uhr dreißig": minutes behind the word. */
static void read_minutes_behind(const struct dates_reader *r, struct element *e)
{
  guint at = over_break(r, e->end), end;
  const struct phrase_hit *and = word_at(r, TAG_GLUE, at);
  if (and&&hit_says(and, "and")) at = and->end;
  if (at < r->count && r->at[at].kind == LEXEME_BREAK) return;
  int minute = 0;
  if (is_digits(r, at) && digits_size(r, at) == 2 && !is_joined_mark(r, at + 1, ".") &&
      !is_joined_mark(r, at + 1, ":") && !is_mark(r, at + 1, "-") && !clock_word(r, e->end)) {
    minute = (int)r->at[at].number;
    end = at + 1;
    const struct phrase_hit *word = clock_word(r, end);
    if (word)
      end = word->end;
    else if (is_word(r, end) && r->at[end].is_capital && !word_at(r, TAG_GLUE, end) &&
             !word_at(r, TAG_PART, end))
      return; /* "15 Uhr 20 Personen" */
  } else if (is_word(r, at)) {
    minute = small_number(r, at, &end) / 100;
    if (minute < 5 || (is_word(r, end) && r->at[end].is_capital)) return;
  }
  if (minute < 1 || minute > 59 || is_other_figure(r, at, end)) return;
  e->minute = minute;
  e->end = end;
}

/* "15 Uhr", "15h", "3pm", "drei Uhr". A small "2 h" is a duration, which span.c reads. */
static bool read_hour(const struct dates_reader *r, guint at, struct element *e)
{
  guint end, first;
  int hundredths = small_number(r, at, &end);
  if (is_digits(r, at) && (digits_size(r, at) > 2 || end != at + 1)) return false;
  bool is_zero = is_digits(r, at) && r->at[at].number == 0;
  if ((!hundredths && !is_zero) || hundredths % 100) return false;
  if (!set_clock(e, (guint)hundredths / 100, 0, end)) return false;
  const struct phrase_hit *word = clock_word(r, over_break(r, end));
  if (!word) {
    if (!is_digits(r, at)) return false;
    read_meridiem(r, e);
    return e->end > end;
  }
  e->end = word->end;
  if (is_joined_mark(r, e->end, ".") && hit_says(word, "short") && !r->at[e->end + 1].begins_sentence)
    e->end++;
  bool is_glued = is_digits(r, e->end) && !r->at[e->end].is_spaced;
  if (hit_says(word, "short") && !is_glued) {
    unsigned lead = glue_before(r, at, &first);
    bool is_led = lead & (GLUE_AT | GLUE_FROM | GLUE_RANGE | GLUE_BETWEEN | GLUE_DASH);
    bool is_range = at > 0 && is_mark(r, at - 1, "-");
    if ((e->hour < 7 && !is_led && !is_range) || e->hour == 24) return false;
  }
  e->is_plain = is_digits(r, at);
  read_minutes_behind(r, e);
  return true;
}

/* "Uhrzeit 15", "saat 15", "в 15 часов" come as glue; here only "15:30" and words behind figures. */
bool read_clock(const struct dates_reader *r, guint at, struct element *e)
{
  if (is_digits(r, at)) {
    if (digits_size(r, at) > 2) return false;
    if (!read_colon(r, at, e) && !read_dotted(r, at, e) && !read_hour(r, at, e)) return false;
    read_meridiem(r, e);
  } else if (!read_hour(r, at, e)) {
    return false;
  }
  /* Turkish: "15:00'te", "15'e kadar" */
  if (is_joined_mark(r, e->end, "'") || is_joined_mark(r, e->end, "\xe2\x80\x99"))
    if (is_word(r, e->end + 1) && !r->at[e->end + 1].is_spaced) e->end += 2;
  return !is_other_figure(r, at, e->end);
}
