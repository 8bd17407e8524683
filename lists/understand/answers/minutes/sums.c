/* What a segment of minutes grants and what was asked for, and numbers that are none of both. */
#include "lists/understand/answers/minutes/reader.h"

/* "Antrag Nistkästen (95 Euro)": before brackets only the very word before them speaks of their sum. */
static bool is_asked(const struct part_reader *r, guint first, guint end)
{
  guint far = first > r->first && part_mark(r, first - 1, "(") ? 2 : 3;
  for (guint back = 1; back <= far && first >= r->first + back; back++) {
    const struct lexeme *it = &r->l->at[first - back];
    if (part_tag(r, "minutes.asked", first - back)) return true;
    if (it->kind == LEXEME_DIGITS || part_mark(r, first - back, ",)")) break;
    if (r->use[first - back] == USE_DATA) break;
  }
  return end < r->end && part_tag(r, "minutes.asked-behind", end) != NULL;
}

static bool is_free(const struct part_reader *r, guint first, guint end)
{
  for (guint at = first; at < end; at++)
    if (r->use[at]) return false;
  return true;
}

static void take_sum(struct part_reader *r, guint first, guint end, int64_t cents)
{
  if (is_asked(r, first, end)) {
    if (r->part->asked < 0) r->part->asked = cents;
  } else if (r->part->granted < 0) {
    r->part->granted = cents;
  } else if (r->part->asked < 0 && cents > r->part->granted) {
    r->part->asked = cents;
  }
  part_use_up(r, first, end, USE_DATA);
}

void part_read_sums(struct part_reader *r)
{
  for (guint i = part_sum(r, r->first); i < r->sums->len; i++) {
    const struct money *sum = &g_array_index(r->sums, struct money, i);
    if (sum->first >= r->end) break;
    if (sum->end <= r->end && is_free(r, sum->first, sum->end)) take_sum(r, sum->first, sum->end, sum->cents);
  }
  bool has_sum = r->part->granted >= 0 || r->part->asked >= 0;
  for (guint at = r->first; at < r->end; at++) {
    const struct lexeme *it = &r->l->at[at];
    bool is_sum = it->kind == LEXEME_DIGITS && !r->use[at] && (it->number >= 10 || it->number == 0) &&
                  it->number < 100000 && it->is_spaced;
    bool is_year = it->number >= 2000 && it->number < 2100;
    bool goes_on = at + 2 < r->end && part_mark(r, at + 1, ".,:/-") &&
                   r->l->at[at + 2].kind == LEXEME_DIGITS && !r->l->at[at + 2].is_spaced;
    bool is_ordinal = part_mark(r, at + 1, ".") && at + 2 < r->end;
    bool is_after_noun = at > r->first && r->l->at[at - 1].is_capital;
    bool is_before_asked = r->part->granted < 0 && part_tag(r, "minutes.asked", at + 1);
    bool is_likely = has_sum ? is_before_asked || (is_asked(r, at, at + 1) && r->part->asked < 0)
                             : is_after_noun || it->number >= 50 || it->number == 0;
    if (is_sum && !is_year && !goes_on && !is_ordinal && is_likely)
      take_sum(r, at, at + 1, (int64_t)it->number * 100);
  }
}

/* "5:28:4": three numbers with one kind of mark are votes and no time of day. */
static bool is_bare_triple(const struct part_reader *r, guint first)
{
  const struct lexeme *l = r->l->at;
  if (first + 4 >= r->l->count || !part_mark(r, first + 1, ":/") || !part_mark(r, first + 3, ":/"))
    return false;
  for (guint at = first; at <= first + 4; at += 2)
    if (l[at].kind != LEXEME_DIGITS || l[at].number > 999) return false;
  return l[first + 1].folded[0] == l[first + 3].folded[0] && l[first + 4].end - l[first + 4].start < 4;
}

/* "(5:14:1)" is no time of day here. */
static bool is_triple(const struct part_reader *r, guint first)
{
  if (is_bare_triple(r, first)) return true;
  if (first == 0 || !part_mark(r, first - 1, "(")) return false;
  bool is_first = r->l->at[first].kind == LEXEME_DIGITS && part_mark(r, first + 1, ":/-");
  guint second = first + 2;
  if (!is_first || second >= r->l->count || r->l->at[second].kind != LEXEME_DIGITS) return false;
  return part_mark(r, second + 1, ":/-)");
}

void part_skip_dates(struct part_reader *r)
{
  for (guint i = 0; i < r->room->dates->len; i++) {
    const struct date_found *date = &g_array_index(r->room->dates, struct date_found, i);
    bool has_word = false;
    guint digits = 0;
    for (guint at = date->first; at < date->end && at < r->l->count; at++) {
      has_word |= r->l->at[at].kind == LEXEME_WORD && r->l->at[at].end - r->l->at[at].start > 2;
      digits += r->l->at[at].kind == LEXEME_DIGITS;
    }
    bool is_vote = is_triple(r, date->first) || part_is_pair(r, date->first, date->end);
    if (has_word || (digits >= 2 && !is_vote)) part_use_up(r, date->first, date->end, USE_MARK);
  }
}
