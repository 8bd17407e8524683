/* Small numbers beside units and dates: "3", "1,5", "zwei", "anderthalb", "ersten", "3.", "3ten", and years.
 * Number words are a short table (date.count, date.ordinal): those that people put before weeks and days.
 * Also the question whether a figure is something else: a house number, a price, a version. */
#include "lib/text/dates/dates_private.h"

/* "1,5", "1/2": hundredths. */
static int figures_number(const struct dates_reader *r, guint at, guint *end)
{
  int value = 100 * (int)r->at[at].number;
  *end = at + 1;
  if (!is_digits(r, at + 2) || r->at[at + 2].is_spaced) return value;
  int second = (int)r->at[at + 2].number;
  if ((is_joined_mark(r, at + 1, ",") || is_joined_mark(r, at + 1, ".")) && digits_size(r, at + 2) == 1) {
    *end = at + 3;
    return value + 10 * second;
  }
  if (is_joined_mark(r, at + 1, "/") && value < 400 && (second == 2 || second == 4)) {
    *end = at + 3;
    return value / second;
  }
  return value;
}

int small_number(const struct dates_reader *r, guint at, guint *end)
{
  if (is_digits(r, at)) return digits_size(r, at) <= 3 ? figures_number(r, at, end) : 0;
  const struct phrase_hit *hit = word_at(r, TAG_COUNT, at);
  if (!hit) return 0;
  *end = hit->end;
  return (int)(g_ascii_strtod(hit->value, NULL) * 100 + 0.5);
}

/* "ten", "ter", "te", "st", "nd", "rd", "th" glued to figures. */
static bool is_ordinal_ending(const struct dates_reader *r, guint at)
{
  static const char *const endings[] = { "te",   "ten", "ter", "tes", "tem", "ste", "sten",
                                         "ster", "st",  "nd",  "rd",  "th",  "go",  "e" };
  if (!is_word(r, at) || r->at[at].is_spaced) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
    if (g_str_equal(endings[i], r->at[at].folded)) return true;
  return false;
}

int small_ordinal(const struct dates_reader *r, guint at, guint *end)
{
  if (is_digits(r, at) && digits_size(r, at) <= 2) {
    *end = at + 2;
    if (is_joined_mark(r, at + 1, ".")) return (int)r->at[at].number;
    if (is_ordinal_ending(r, at + 1)) return (int)r->at[at].number;
    return 0;
  }
  const struct phrase_hit *hit = word_at(r, TAG_ORDINAL, at);
  if (!hit) return 0;
  *end = hit->end;
  return hit_number(hit);
}

/* Two figures: within the thirty years ahead, else the nearest before. */
int full_year(const struct dates_reader *r, guint year, guint size)
{
  if (size == 4) return (int)year;
  int century = r->now.year / 100 * 100, full = century + (int)year;
  return full > r->now.year + 30 ? full - 100 : full;
}

int year_at(const struct dates_reader *r, guint at, guint *end)
{
  if (is_mark(r, at, "'") && is_digits(r, at + 1) && !r->at[at + 1].is_spaced &&
      digits_size(r, at + 1) == 2) {
    *end = at + 2;
    return full_year(r, r->at[at + 1].number, 2);
  }
  if (!is_digits(r, at) || digits_size(r, at) != 4) return 0;
  guint year = r->at[at].number;
  if (year < 1900 || year > 2100) return 0;
  *end = at + 1;
  return (int)year;
}

/* Marks that make a figure a price, a share, a degree, a part of an address or formula. */
static bool is_figure_mark(const struct lexeme *it)
{
  static const char *const marks[] = { "+", "#",      "$",      "=",      "_",     "@",
                                       "%", "\u20ac", "\u00a3", "\u00b0", "\u00a7" };
  enum { ONLY_JOINED = 6 }; /* the first so many count only without a blank: "9. + 10. Mai" */
  if (it->kind != LEXEME_MARK) return false;
  for (gsize i = it->is_spaced ? ONLY_JOINED : 0; i < G_N_ELEMENTS(marks); i++)
    if (g_str_equal(marks[i], it->folded)) return true;
  return false;
}

bool is_other_figure(const struct dates_reader *r, guint first, guint end)
{
  if (first > 0 && !r->at[first].is_spaced) {
    const struct lexeme *before = &r->at[first - 1];
    if (before->kind == LEXEME_DIGITS || is_figure_mark(before)) return true;
    if ((is_mark(r, first - 1, ".") || is_mark(r, first - 1, ",")) && first > 1 && is_digits(r, first - 2))
      return true;
  }
  guint before = first;
  if (before > 0 && (is_mark(r, before - 1, ".") || is_mark(r, before - 1, ":"))) before--;
  if (word_before(r, TAG_NOT_BEFORE, before) || word_before(r, TAG_NOT_BEFORE, first)) return true;
  if (end >= r->count) return false;
  const struct lexeme *next = &r->at[end];
  if (word_at(r, TAG_NOT_BEHIND, end) || is_figure_mark(next)) return true;
  if (next->is_spaced) return false;
  return next->kind == LEXEME_DIGITS ||
         (is_mark(r, end, ",") && is_digits(r, end + 1) && !r->at[end + 1].is_spaced);
}
