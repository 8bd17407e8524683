/* Days and months in words: "12. Mai 2026", "Mai 12", "erster März", "am 7. vierten", "Samstag",
 * "nächsten Montag", "Samstagabend", "übermorgen", "Pfingsten", "Ende August", "erster Mittwoch im Oktober".
 * Called by elements.c at every word of the tables and every figure. */
#include "lib/text/dates/dates_private.h"

#include <string.h>

/* A month's name at a lexeme: 1 to 12; 0: none. Short ones and those that are words too need figures beside
 * them, which the caller has: `has_day`. */
static int month_at(const struct dates_reader *r, guint at, bool has_day, const struct phrase_hit **hit)
{
  *hit = word_at(r, TAG_MONTH, at);
  if (!*hit && has_day) *hit = word_at(r, TAG_MONTH_SHORT, at);
  return *hit ? hit_number(*hit) : 0;
}

/* "Maiwoche", "Maihälfte": period.c reads them. */
static bool is_part_of_month(const struct phrase_hit *hit)
{
  return hit_says(hit, "week") || hit_says(hit, "half");
}

/* "Mai 2026", "Mai '26", "Mai. 2026", "Mai des Jahres 2026", "-2026". */
static void read_year(const struct dates_reader *r, struct element *e)
{
  guint at = e->end, end;
  if (is_joined_mark(r, at, ".") || is_mark(r, at, ",")) at++;
  if (is_joined_mark(r, at, "-") || is_joined_mark(r, at, "/")) at++;
  const struct phrase_hit *word = word_at(r, TAG_YEAR, at);
  if (word) at = word->end;
  int year = year_at(r, over_break(r, at), &end);
  if (!year) return;
  /* "Mai, 2026" and "12. Mai, 1500 Euro" */
  if (is_other_figure(r, end - 1, end)) return;
  e->year = year;
  e->slots |= SLOT_YEAR;
  e->end = end;
}

/* The full stop of "Feb." belongs to the month, if it ends no sentence. */
static void skip_dot(const struct dates_reader *r, struct element *e)
{
  if (is_joined_mark(r, e->end, ".") && !r->at[e->end + 1].begins_sentence && e->end + 1 < r->count) e->end++;
}

/* "12. Mai", "12 Mai", "12.Mai", "12-Mär-2014", "12th of May", "zweiten Februar". */
static bool read_day_month(const struct dates_reader *r, guint at, struct element *e)
{
  guint end = at + 1;
  int day = small_ordinal(r, at, &end);
  if (day <= 0 && is_digits(r, at) && digits_size(r, at) <= 2) {
    day = (int)r->at[at].number;
    end = at + 1;
  }
  if (day < 1 || day > 31) return false;
  end = over_break(r, end);
  if (is_joined_mark(r, end, "-") || is_joined_mark(r, end, "/")) end++;
  const struct phrase_hit *of = word_at(r, TAG_GLUE, end);
  bool is_item = of && is_joined_mark(r, at + 1, ".") && r->at[of->first].is_capital; /* "1. Im Mai" */
  if (of && hit_says(of, "of") && !is_item) end = of->end;
  const struct phrase_hit *hit;
  int month = month_at(r, end, true, &hit);
  if (!month || is_part_of_month(hit)) return false;
  if (!calendar_is_date(2000, month, day)) return false;
  e->slots = SLOT_DAY | SLOT_MONTH;
  e->day = day, e->month = month;
  e->end = hit->end;
  skip_dot(r, e);
  read_year(r, e);
  return true;
}

/* "am siebten vierten", "7. vierter": the month as a number in words. */
static bool read_day_ordinal(const struct dates_reader *r, guint at, struct element *e)
{
  guint end, behind;
  int day = small_ordinal(r, at, &end);
  if (day < 1 || day > 31 || end >= r->count) return false;
  if (!is_word(r, end) && !(is_word(r, at) && is_digits(r, end))) return false;
  int month = small_ordinal(r, end, &behind);
  if (month < 1 || month > 12 || !calendar_is_date(2000, month, day)) return false;
  guint lead;
  if (!(glue_before(r, at, &lead) & (GLUE_ON | GLUE_FROM | GLUE_RANGE)) &&
      !(at > 0 && word_before(r, TAG_WEEKDAY, at)))
    return false;
  if (is_word(r, behind) && r->at[behind].is_capital) return false; /* "am ersten zweiten Tag" */
  e->slots = SLOT_DAY | SLOT_MONTH;
  e->day = day, e->month = month;
  e->end = behind;
  read_year(r, e);
  return true;
}

/* "Mai 12", "March 3rd", "November 19": a day behind the month, where nothing says that it counts things. */
static void read_day_behind(const struct dates_reader *r, struct element *e)
{
  guint at = e->end, end;
  if (is_joined_mark(r, at, ".")) at++;
  if (!is_digits(r, at) || digits_size(r, at) > 2 || is_joined_mark(r, at + 1, ":")) return;
  int day = small_ordinal(r, at, &end);
  if (!day) {
    day = (int)r->at[at].number;
    end = at + 1;
    if (is_word(r, end) && !word_at(r, TAG_GLUE, end) && !year_at(r, end, &at)) return;
    if (is_joined_mark(r, end, ".") && is_digits(r, end + 1)) return;
  }
  if (!calendar_is_date(2000, e->month, day) || is_other_figure(r, at, end)) return;
  e->slots |= SLOT_DAY;
  e->day = day;
  e->end = end;
}

/* A month's name is one beside a day, a year, or behind "im", "bis", "Ende"; in German always. */
static bool stands_as_month(const struct dates_reader *r, guint at, const struct element *e,
                            const struct phrase_hit *hit)
{
  if (e->slots & (SLOT_DAY | SLOT_YEAR)) return true;
  if (hit_says(hit, "beside") || word_at(r, TAG_MONTH_SHORT, at) == hit) {
    guint first;
    return (glue_before(r, at, &first) & ~(unsigned)GLUE_PLAIN) != 0;
  }
  return true;
}

static bool read_month(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit;
  int month = month_at(r, at, true, &hit);
  if (!month) return false;
  e->slots = SLOT_MONTH;
  e->month = month;
  e->end = hit->end;
  if (is_part_of_month(hit)) return false;
  guint dotted = e->end;
  skip_dot(r, e);
  read_day_behind(r, e);
  read_year(r, e);
  if (!(e->slots & (SLOT_DAY | SLOT_YEAR)) && !word_at(r, TAG_MONTH_SHORT, at)) e->end = dotted;
  return stands_as_month(r, at, e, hit);
}

/* "Mo", "so": a weekday only beside figures, other short weekdays, or with its full stop. */
static bool is_short_weekday(const struct dates_reader *r, guint at)
{
  guint next = at + 1;
  if (is_joined_mark(r, next, ".")) next++;
  if (is_mark(r, next, ",")) next++;
  if (is_mark(r, next, "-") || is_mark(r, next, "/") || is_mark(r, next, "&") || is_mark(r, next, "+"))
    next++;
  const struct phrase_hit *glue = word_at(r, TAG_GLUE, next);
  guint first;
  unsigned before = glue_before(r, at, &first);
  bool is_capital = r->at[at].is_capital;
  if (glue && is_capital && (hit_says(glue, "range") || hit_says(glue, "and"))) {
    next = glue->end;
    if (is_joined_mark(r, next, ".")) next++;
  }
  bool is_so = lexeme_is(&r->at[at], "so"); /* the one that is a word wherever it stands */
  if (is_so && is_digits(r, next) && next == at + 1 && !is_joined_mark(r, next + 1, ".")) return false;
  if (is_digits(r, next) && (is_capital || next > at + 1)) return true;
  if (word_at(r, TAG_WEEKDAY_SHORT, next) && is_capital) return true;
  /* "Sa. in 14 Tagen", "Do in zwei Wochen" */
  const struct phrase_hit *in = word_at(r, TAG_IN, next);
  if (in && is_capital && !is_so && (is_digits(r, in->end) || word_at(r, TAG_COUNT, in->end))) return true;
  if (!is_capital) return false;
  if (glue && !is_so && (hit_says(glue, "at") || hit_says(glue, "from"))) return true;
  if (at > 1 && is_mark(r, at - 1, "-") && word_before(r, TAG_WEEKDAY_SHORT, at - 1)) return true;
  /* "an Fr. Müller" */
  bool is_title = is_joined_mark(r, at + 1, ".") && is_word(r, at + 2) && r->at[at + 2].is_capital &&
                  r->hit_of[at + 2] == G_MAXUINT;
  if (is_title) return false;
  if (before & GLUE_ON && (is_joined_mark(r, at + 1, ".") || r->at[at].is_capital))
    return !is_so || next > at + 1;
  return word_at(r, TAG_PART, next) != NULL && !is_so;
}

static bool read_weekday(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_WEEKDAY, at);
  bool is_short = false;
  if (!hit && (hit = word_at(r, TAG_WEEKDAY_SHORT, at))) {
    if (!is_short_weekday(r, at)) return false;
    is_short = true;
  }
  if (!hit) return false;
  e->slots = SLOT_WEEKDAY;
  e->weekday = hit_number(hit);
  e->is_short = is_short;
  e->end = hit->end;
  if (is_short && is_joined_mark(r, e->end, ".")) e->end++;
  const struct phrase_hit *behind = word_at(r, TAG_WHICH, e->end);
  if (behind && hit_says(behind, "behind")) { /* "Mittwoch nach dem nächsten" */
    e->which = hit_number(behind);
    e->end = behind->end;
  }
  const char *part = strchr(hit->value, ' ');
  if (part) {
    e->slots |= SLOT_PART;
    e->part = (int)g_ascii_strtoll(part, NULL, 10);
  }
  return true;
}

/* "morgen" behind "heute", "am", "diesen" or a weekday is the part of the day. */
static bool is_part_of_day(const struct dates_reader *r, guint at)
{
  if (!word_at(r, TAG_PART, at) || at == 0) return false;
  const struct phrase_hit *before = word_at(r, TAG_OFFSET, at - 1);
  if (before && before->end == at && before->first == at - 1) return true;
  if (word_before(r, TAG_WEEKDAY, at) || word_before(r, TAG_WHICH, at) || word_before(r, TAG_EVERY, at))
    return true;
  const struct phrase_hit *glue = word_before(r, TAG_GLUE, at);
  return glue && hit_says(glue, "on");
}

static bool read_offset(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_OFFSET, at);
  if (!hit || (hit->end == at + 1 && is_part_of_day(r, at))) return false;
  if (hit_says(hit, "now")) {
    e->slots = SLOT_NOW;
  } else {
    e->slots = SLOT_OFFSET;
    e->offset = hit_number(hit);
  }
  e->end = hit->end;
  return true;
}

static bool read_part(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_PART, at);
  if (!hit) return false;
  e->slots = SLOT_PART;
  e->part = hit_number(hit);
  e->is_adverb = hit_says(hit, "adverb");
  e->end = hit->end;
  return true;
}

static bool read_holiday(const struct dates_reader *r, guint at, struct element *e)
{
  const struct phrase_hit *hit = word_at(r, TAG_HOLIDAY, at);
  if (!hit) return false;
  e->slots = SLOT_HOLIDAY;
  e->holiday = hit->value;
  e->end = hit->end;
  read_year(r, e);
  return true;
}

bool read_day_words(const struct dates_reader *r, guint at, struct element *e)
{
  if (is_digits(r, at) && word_at(r, TAG_HOLIDAY, at)) return read_holiday(r, at, e);
  if (is_digits(r, at))
    return (read_day_month(r, at, e) || read_day_ordinal(r, at, e)) && !is_other_figure(r, at, e->end);
  static element_read_fn *const readers[] = { read_holiday, read_weekday, read_day_month, read_day_ordinal,
                                              read_offset,  read_part,    read_month };
  for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
    *e = (struct element){ .first = at, .which = WHICH_NONE };
    if (readers[i](r, at, e)) return true;
  }
  return false;
}
