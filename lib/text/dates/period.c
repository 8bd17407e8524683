/* Stretches of time that have a name: "nächste Woche", "die letzten drei Tage", "34. KW", "II. Quartal",
 * "2. Halbjahr", "Ende August", "Anfang nächster Woche", "erste Woche im Oktober", "im Sommer", "2027"; also
 * what "nächsten" makes of a weekday or month. Called by elements.c; fills SLOT_PERIOD with a unit and either
 * a number (the 34th week) or a distance from now (which). */
#include "lib/text/dates/dates_private.h"

#include <string.h>

static void set_period(struct element *e, enum date_unit unit, int which, int number)
{
  e->slots |= SLOT_PERIOD;
  e->unit = unit, e->which = which, e->number = number;
}

/* " 2026", "/2026", " im Jahr 2026" behind a period. */
static void read_year_behind(const struct dates_reader *r, struct element *e)
{
  guint at = over_break(r, e->end), end;
  if (is_mark(r, at, "/") || is_mark(r, at, ",") || is_joined_mark(r, at, "-")) at++;
  const struct phrase_hit *word = word_at(r, TAG_YEAR, at);
  if (word) at = word->end;
  int year = year_at(r, at, &end);
  if (!year || is_other_figure(r, end - 1, end)) return;
  e->year = year;
  e->slots |= SLOT_YEAR;
  e->end = end;
}

static enum date_unit unit_at(const struct dates_reader *r, guint at, guint *end)
{
  const struct phrase_hit *hit = word_at(r, TAG_UNIT, at);
  if (!hit) return UNIT_NONE;
  *end = hit->end;
  return unit_of_word(hit->value);
}

/* ---- which ---- */

/* "nächste Woche", "nächsten drei Wochen". */
static bool read_which_unit(const struct dates_reader *r, guint at, int which, struct element *e)
{
  guint end = at;
  int amount = small_number(r, at, &end) / 100;
  enum date_unit unit = unit_at(r, amount ? over_break(r, end) : at, &end);
  if (!unit || (unit == UNIT_MINUTE && !amount)) return false;
  if (unit == UNIT_DAY && which == 0 && !amount) return false; /* "an diesem Tag": the one named before */
  set_period(e, unit, which, 0);
  e->amount = amount;
  e->end = end;
  if (is_joined_mark(r, end, ".") && !r->at[end + 1].begins_sentence) e->end++;
  return true;
}

static bool read_which(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_WHICH, at);
  if (!hit) return false;
  int which = hit_number(hit);
  at = over_break(r, hit->end);
  if (is_joined_mark(r, at, ".")) at++;
  if (read_which_unit(r, at, which, e)) {
    read_year_behind(r, e);
    return true;
  }
  const struct phrase_hit *season = word_at(r, TAG_SEASON, at);
  if (season) {
    set_period(e, UNIT_SEASON, which, hit_number(season));
    e->end = season->end;
    return true;
  }
  const struct phrase_hit *part = word_at(r, TAG_PART, at);
  if (part && (which == 0 || which == -1) && !hit_says(part, "adverb")) {
    e->slots = SLOT_OFFSET | SLOT_PART;
    e->offset = which;
    e->part = hit_number(part);
    e->end = part->end;
    return true;
  }
  guint first = e->first;
  if (!read_day_words(r, at, e)) return false;
  e->first = first;
  e->which = which;
  return (e->slots & (SLOT_WEEKDAY | SLOT_MONTH | SLOT_HOLIDAY)) != 0;
}

/* ---- numbered ---- */

static bool is_roman_at(const struct dates_reader *r, guint at, int *number)
{
  const struct phrase_hit *hit = word_at(r, TAG_ROMAN, at);
  *number = hit && r->at[at].is_shouted | r->at[at].is_capital ? hit_number(hit) : 0;
  return *number > 0;
}

/* "34. KW", "KW 34", "KW34", "34.KW 2026". */
static bool read_week(const struct dates_reader *r, guint at, struct element *e)
{
  guint end = at;
  int number = 0;
  const struct phrase_hit *week = word_at(r, TAG_WEEK, at);
  if (week) {
    end = week->end;
    if (is_joined_mark(r, end, ".")) end++;
    if (is_mark(r, end, ":")) end++;
    if (!is_digits(r, end) || digits_size(r, end) > 2) return false;
    number = (int)r->at[end].number;
    end++;
    if (end + 1 < r->count && is_joined_mark(r, end, ".") && !r->at[end + 1].begins_sentence) end++;
  } else {
    number = small_ordinal(r, at, &end);
    if (!number && is_digits(r, at) && digits_size(r, at) <= 2) number = (int)r->at[end++].number;
    end = over_break(r, end);
    if (!(week = word_at(r, TAG_WEEK, end))) return false;
    end = week->end;
    if (end + 1 < r->count && is_joined_mark(r, end, ".") && !r->at[end + 1].begins_sentence) end++;
  }
  if (number < 1 || number > 53) return false;
  set_period(e, UNIT_WEEK, WHICH_NONE, number);
  e->end = end;
  read_year_behind(r, e);
  return true;
}

/* "II. Quartal", "2. Quartal 2026", "zweites Halbjahr", "Q2/2026". */
static bool read_part_of_year(const struct dates_reader *r, guint at, struct element *e)
{
  guint end = at;
  int number;
  if (is_roman_at(r, at, &number)) {
    end = at + 1;
    if (is_joined_mark(r, end, ".")) end++;
  } else if (is_word(r, at) && lexeme_is(&r->at[at], "q") && is_digits(r, at + 1) &&
             !r->at[at + 1].is_spaced) {
    number = (int)r->at[at + 1].number;
    if (number < 1 || number > 4 || digits_size(r, at + 1) != 1) return false;
    set_period(e, UNIT_QUARTER, WHICH_NONE, number);
    e->end = at + 2;
    read_year_behind(r, e);
    return true;
  } else {
    number = small_ordinal(r, at, &end);
  }
  enum date_unit unit = unit_at(r, over_break(r, end), &end);
  if (unit != UNIT_QUARTER && unit != UNIT_HALF) return false;
  if (number == -1) number = unit == UNIT_QUARTER ? 4 : 2;
  if (number < 1 || number > (unit == UNIT_QUARTER ? 4 : 2)) return false;
  set_period(e, unit, WHICH_NONE, number);
  e->end = end;
  read_year_behind(r, e);
  return true;
}

/* ---- the nth of a month ---- */

/* "im Oktober 2014", "des Monats" is left to every.c. */
static bool read_of_month(const struct dates_reader *r, struct element *e)
{
  guint at = over_break(r, e->end);
  const struct phrase_hit *glue = word_at(r, TAG_GLUE, at);
  if (glue) at = glue->end;
  struct element month = { .first = at, .which = WHICH_NONE };
  if (word_at(r, TAG_MONTH, at) || word_at(r, TAG_MONTH_SHORT, at)) {
    const struct phrase_hit *hit = word_at(r, TAG_MONTH, at);
    if (!hit) hit = word_at(r, TAG_MONTH_SHORT, at);
    if (hit_says(hit, "week") || hit_says(hit, "half")) return false;
    e->slots |= SLOT_MONTH;
    e->month = hit_number(hit);
    e->end = hit->end;
    read_year_behind(r, e);
    return true;
  }
  if (!glue || !read_which(r, at, &month) || month.unit != UNIT_MONTH || month.amount) return false;
  e->slots |= SLOT_PERIOD;
  e->which = month.which;
  e->end = month.end;
  return true;
}

/* "erster Mittwoch im Oktober", "letzter Tag im Mai", "erste Woche im Oktober", "letzte Maiwoche". */
static bool read_nth(const struct dates_reader *r, guint at, struct element *e)
{
  guint end;
  int nth = small_ordinal(r, at, &end);
  if (nth < -1 || nth == 0 || nth > 5) {
    if (!(nth > 5 && nth < 32 && word_at(r, TAG_UNIT, end))) return false;
  }
  end = over_break(r, end);
  e->nth = nth;
  const struct phrase_hit *month = word_at(r, TAG_MONTH, end);
  if (month && hit_says(month, "week")) {
    e->slots = SLOT_NTH | SLOT_MONTH;
    e->month = hit_number(month);
    e->unit = UNIT_WEEK;
    e->end = month->end;
    read_year_behind(r, e);
    return true;
  }
  if (month && hit_says(month, "half") && (nth == 1 || nth == 2)) {
    e->slots = SLOT_MONTH;
    e->month = hit_number(month);
    e->section = nth + 3;
    e->end = month->end;
    read_year_behind(r, e);
    return true;
  }
  const struct phrase_hit *day = word_at(r, TAG_WEEKDAY, end);
  e->unit = day ? UNIT_DAY : unit_at(r, end, &e->end);
  if (day) {
    e->weekday = hit_number(day);
    e->end = day->end;
  } else if (e->unit != UNIT_DAY && e->unit != UNIT_WEEK && e->unit != UNIT_WEEKEND) {
    return false;
  }
  e->slots = SLOT_NTH;
  return read_of_month(r, e);
}

/* ---- beginning, middle, end ---- */

static bool read_section_of(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *glue = word_at(r, TAG_GLUE, at);
  bool is_of = glue && hit_says(glue, "of");
  if (is_of) at = glue->end;
  guint end;
  enum date_unit unit = unit_at(r, at, &end);
  if (unit >= UNIT_DAY && is_of) {
    set_period(e, unit, 0, 0);
    e->end = end;
    return true;
  }
  int year = year_at(r, at, &end);
  if (year) {
    e->slots = SLOT_YEAR;
    e->year = year;
    e->end = end;
    return true;
  }
  if (read_which(r, at, e) && e->slots & SLOT_PERIOD) return true;
  *e = (struct element){ .first = e->first, .which = WHICH_NONE };
  if (read_week(r, at, e) || read_part_of_year(r, at, e)) return true;
  const struct phrase_hit *season = word_at(r, TAG_SEASON, at);
  if (season) {
    set_period(e, UNIT_SEASON, WHICH_NONE, hit_number(season));
    e->end = season->end;
    read_year_behind(r, e);
    return true;
  }
  const struct phrase_hit *month = word_at(r, TAG_MONTH, at);
  if (!month) month = word_at(r, TAG_MONTH_SHORT, at);
  if (!month) return false;
  e->slots = SLOT_MONTH;
  e->month = hit_number(month);
  e->end = month->end;
  read_year_behind(r, e);
  return true;
}

static bool read_section(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_SECTION, at);
  if (!hit) return false;
  const char *unit = strchr(hit->value, ' ');
  int section = hit_number(hit);
  if (unit) {
    set_period(e, unit_of_word(unit + 1), 0, 0);
    e->end = hit->end;
    e->section = section;
    read_year_behind(r, e);
    return true;
  }
  at = over_break(r, hit->end);
  /* "Mitte/Ende August", "Anfang bis Mitte Juli": the later one */
  guint second = at;
  if (is_mark(r, at, "/") || is_mark(r, at, "-"))
    second = at + 1;
  else if (word_at(r, TAG_GLUE, at) && hit_says(word_at(r, TAG_GLUE, at), "range"))
    second = word_at(r, TAG_GLUE, at)->end;
  const struct phrase_hit *later = second > at ? word_at(r, TAG_SECTION, second) : NULL;
  if (later) {
    section = hit_number(later);
    at = later->end;
  }
  if (!read_section_of(r, at, e)) return false;
  e->first = hit->first;
  e->section = section;
  return true;
}

/* ---- bare ---- */

/* "im Sommer", "Sommer 2026"; "Frühjahrsputz" is no season, being another word. */
static bool read_season(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_SEASON, at);
  if (!hit) return false;
  set_period(e, UNIT_SEASON, WHICH_NONE, hit_number(hit));
  e->end = hit->end;
  read_year_behind(r, e);
  guint first;
  return e->slots & SLOT_YEAR || glue_before(r, at, &first);
}

/* "im Jahr 2027", "seit 2019", "bis 2030": a year by itself needs a word before it. */
static bool read_bare_year(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *word = word_at(r, TAG_YEAR, at);
  guint end, first, figures = word ? word->end : at;
  int year = year_at(r, figures, &end);
  if (!year || is_other_figure(r, figures, end)) return false;
  if (!word) {
    unsigned lead = glue_before(r, at, &first);
    bool is_led = lead & (GLUE_FROM | GLUE_RANGE | GLUE_SINCE | GLUE_LATEST | GLUE_ON);
    if (!is_led || (is_word(r, end) && r->at[end].is_capital && !word_at(r, TAG_GLUE, end))) return false;
  }
  e->slots = SLOT_YEAR;
  e->year = year;
  e->end = end;
  return true;
}

/* "am Wochenende", "übers Wochenende", "unter der Woche". */
static bool read_weekend(const struct dates_reader *r, guint at, struct element *e)
{
  guint end, first;
  enum date_unit unit = unit_at(r, at, &end);
  if (unit != UNIT_WEEKEND && unit != UNIT_WORKWEEK) return false;
  if (unit == UNIT_WEEKEND && !glue_before(r, at, &first)) return false;
  set_period(e, unit, 0, 0);
  e->end = end;
  return true;
}

bool read_period(const struct dates_reader *r, guint at, struct element *e)
{
  static element_read_fn *const readers[] = { read_nth,          read_which,  read_section,   read_week,
                                              read_part_of_year, read_season, read_bare_year, read_weekend };
  for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
    *e = (struct element){ .first = at, .which = WHICH_NONE };
    if (readers[i](r, at, e)) return true;
  }
  return false;
}
