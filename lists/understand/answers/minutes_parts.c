/* One segment of minutes at a time: amounts, votes, outcomes and heads counted are taken out, what is left is
 * the proposal's name.
 *
 * A segment ends at a line's end (unless the line was only wrapped), at the end of a sentence, at a comma or
 * semicolon outside brackets, and at an "und" with something decided on both sides. Votes are pairs of a
 * number and a word; whether the number stands before or behind its word is decided once a segment, by which
 * way more pairs fit. "(20/3/2)" are yes, no, abstentions. */
#include "lists/understand/answers/minutes_parts.h"

#include "lib/text/facts/numbers.h"
#include "lists/understand/answers/clauses.h"

#include <string.h>

enum { NAME_WORDS_MAX = 10, HEADING_WORDS = 8, SEGMENT_MAX = 150, SUM_RATHER = 60 };

enum use { USE_NONE, USE_DATA, USE_MARK, USE_FILLER };

struct part_reader {
  const struct reading_room *room;
  const struct passage *passage;
  const struct lexemes *l;
  GArray *sums; /* struct money, bare ones too */
  guint8 *use;  /* enum use of each lexeme */
  guint first, end;
  struct minutes_part *part;
};

static const struct phrase_hit *at_tag(const struct part_reader *r, const char *tag, guint at)
{
  return at < r->l->count ? passage_at(r->passage, phrases_tag(tag), at) : NULL;
}

static bool is_mark(const struct part_reader *r, guint at, const char *marks)
{
  const struct lexeme *it = &r->l->at[at];
  return it->kind == LEXEME_MARK && it->folded[0] && !it->folded[1] && strchr(marks, it->folded[0]);
}

static void use_up(struct part_reader *r, guint first, guint end, enum use use)
{
  for (guint at = first; at < MIN(end, r->l->count); at++) r->use[at] = (guint8)use;
}

/* The hit of a tag in the segment that is not used up; NULL: none. */
static const struct phrase_hit *find_free(const struct part_reader *r, const char *tag)
{
  for (guint at = r->first; at < r->end; at++) {
    const struct phrase_hit *hit = r->use[at] == USE_NONE ? at_tag(r, tag, at) : NULL;
    if (hit && hit->end <= r->end) return hit;
  }
  return NULL;
}

/* The index of the first sum at or behind a lexeme, by halving. */
static guint first_sum(const struct part_reader *r, guint lexeme)
{
  guint low = 0, high = r->sums->len;
  while (low < high) {
    guint middle = (low + high) / 2;
    if (g_array_index(r->sums, struct money, middle).first < lexeme)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* ---- heads ---- */

/* A whole number, digits or words, that begins at a lexeme; -1: none. */
static int count_at(const struct part_reader *r, guint at, guint *end)
{
  const struct lexeme *it = &r->l->at[at];
  *end = at + 1;
  if (it->kind == LEXEME_DIGITS) return it->number < 10000 ? (int)it->number : -1;
  if (it->kind != LEXEME_WORD) return -1;
  if (at_tag(r, "minutes.none", at)) return 0;
  if (at_tag(r, "minutes.single", at)) return 1;
  struct number number;
  if (!number_at(r->passage, at, &number) || number.is_ordinal || number.value < 0 || number.value > 9999)
    return -1;
  *end = number.end;
  return (int)number.value;
}

/* "31 Anwesende", "26 Leute", "dreißig Nachbarn". */
static bool read_heads_before(struct part_reader *r, guint at)
{
  guint end;
  int count = count_at(r, at, &end);
  const struct phrase_hit *people = count > 1 ? at_tag(r, "minutes.people", end) : NULL;
  if (!people && count > 1) people = at_tag(r, "minutes.there", end);
  if (!people && count > 1 && end < r->end && r->l->at[end].kind == LEXEME_WORD &&
      !at_tag(r, "minutes.filler", end))
    people = at_tag(r, "minutes.people", end + 1);
  if (!people) return false;
  if (r->part->present < 0) r->part->present = count;
  use_up(r, at, people->end, USE_MARK);
  return true;
}

/* "zu siebzehnt", "zu zwanzigst": the number without its ending; -1: none. */
static int count_together(const struct part_reader *r, guint at, guint *end)
{
  if (!lexeme_is(&r->l->at[at], "zu") || at + 1 >= r->end || r->l->at[at + 1].kind != LEXEME_WORD) return -1;
  *end = at + 2;
  const struct phrase_hit *few = at_tag(r, "minutes.together", at + 1);
  if (few) return (int)g_ascii_strtoull(few->value, NULL, 10);
  g_autofree char *word = g_strdup(r->l->at[at + 1].folded);
  gsize length = strlen(word);
  if (length < 4 || word[length - 1] != 't') return -1;
  word[length - 1] = '\0';
  if (g_str_has_suffix(word, "zigs") || g_str_has_suffix(word, "ssigs")) word[length - 2] = '\0';
  g_autoptr(passage_t) alone = passage_new(word, NULL, 0);
  struct number number;
  bool is_number = number_at(alone, 0, &number) && number.end == alone->lexemes->count && !number.is_ordinal;
  return is_number && number.value >= 2 && number.value <= 99 ? (int)number.value : -1;
}

/* "Anwesend: 31", "wir waren 24", "wir waren zu siebzehnt". */
static bool read_heads_behind(struct part_reader *r, guint at)
{
  const struct phrase_hit *hit = at_tag(r, "minutes.present", at);
  guint behind = hit ? hit->end : 0, end;
  if (!hit) return false;
  while (behind < r->end && (is_mark(r, behind, ":=(") || lexeme_is(&r->l->at[behind], "wir") ||
                             lexeme_is(&r->l->at[behind], "waren") || lexeme_is(&r->l->at[behind], "ca") ||
                             is_mark(r, behind, ".") || lexeme_is(&r->l->at[behind], "etwa") ||
                             lexeme_is(&r->l->at[behind], "rund")))
    behind++;
  int count = behind < r->end ? count_together(r, behind, &end) : -1;
  if (count < 0 && behind < r->end) count = count_at(r, behind, &end);
  if (count < 2 || at_tag(r, "minutes.yes", end) || is_mark(r, end, "€") || at_tag(r, "money.unit", end))
    return false;
  if (r->part->present < 0) r->part->present = count;
  use_up(r, at, end, USE_MARK);
  return true;
}

static void read_heads(struct part_reader *r)
{
  for (guint at = r->first; at < r->end; at++)
    if (!r->use[at] && !read_heads_before(r, at)) read_heads_behind(r, at);
}

/* ---- votes ---- */

static int *votes_at(struct part_reader *r, guint at, guint *end)
{
  static const char *const tags[] = { "minutes.yes", "minutes.no", "minutes.abstain" };
  int *counts[] = { &r->part->yes, &r->part->no, &r->part->abstain };
  int *best = NULL;
  *end = at;
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
    const struct phrase_hit *hit = at_tag(r, tags[i], at);
    if (!hit || hit->end <= *end) continue;
    best = counts[i];
    *end = hit->end;
  }
  return best;
}

/* The number before a word of votes: "18 ja", "9 x nein", "20 Stimmen dafür". -1: none. */
static int count_before(const struct part_reader *r, guint at, guint *first)
{
  guint back = at, end;
  for (guint steps = 0; steps < 3 && back > r->first; steps++) {
    back--;
    int count = count_at(r, back, &end);
    if (count >= 0 && r->use[back] == USE_NONE) {
      *first = back;
      return count;
    }
    bool skips = is_mark(r, back, "-") || lexeme_is(&r->l->at[back], "stimmen") ||
                 lexeme_is(&r->l->at[back], "x") || lexeme_is(&r->l->at[back], "mal") ||
                 lexeme_is(&r->l->at[back], "stimme");
    if (!skips) return -1;
  }
  return -1;
}

/* The number behind one: "ja: 18", "Nein 9". -1: none. */
static int count_behind(const struct part_reader *r, guint at, guint *end)
{
  while (at < r->end && (is_mark(r, at, ":=-.") || lexeme_is(&r->l->at[at], "stimmen"))) at++;
  return at < r->end && r->use[at] == USE_NONE ? count_at(r, at, end) : -1;
}

/* Whether numbers stand behind their words, by which way more pairs fit; a draw goes to before. */
static bool are_behind(struct part_reader *r)
{
  guint before = 0, behind = 0, first, end, next;
  for (guint at = r->first; at < r->end; at++) {
    if (!votes_at(r, at, &next)) continue;
    before += count_before(r, at, &first) >= 0;
    behind += count_behind(r, next, &end) >= 0;
    at = next - 1;
  }
  return behind > before;
}

/* "Hochbeete 240 ja", "Hochbeete ja 240": one word of votes and a number no assembly has hands for is a sum
 * and an outcome. */
static bool is_sum_rather(struct part_reader *r)
{
  guint words = 0, first = 0, next, end;
  int count = -1;
  for (guint at = r->first; at < r->end; at++) {
    if (!votes_at(r, at, &next)) continue;
    words++;
    count = count_before(r, at, &first);
    if (count < 0) count = count_behind(r, next, &end);
    at = next - 1;
  }
  return words == 1 && count >= SUM_RATHER;
}

static void read_pairs(struct part_reader *r)
{
  if (is_sum_rather(r)) return;
  bool behind = are_behind(r);
  for (guint at = r->first; at < r->end; at++) {
    guint next, first = at, end;
    int *votes = r->use[at] ? NULL : votes_at(r, at, &next);
    if (!votes) continue;
    end = next;
    int count = behind ? count_behind(r, next, &end) : count_before(r, at, &first);
    if (count < 0) continue;
    if (*votes < 0) *votes = count;
    use_up(r, first, MAX(end, next), USE_DATA);
    at = MAX(end, next) - 1;
  }
}

/* "4:12" alone, or beside what was decided and abstentions: votes and no time of day. */
static bool is_pair(const struct part_reader *r, guint first, guint end)
{
  const struct lexeme *l = r->l->at;
  if (end != first + 3 || !is_mark(r, first + 1, ":") || l[first + 2].number > 999) return false;
  if (at_tag(r, "minutes.clock", first + 3)) return false;
  if (first > 0 && at_tag(r, "minutes.clock", first - 1)) return false;
  const struct lexeme *next = &l[first + 3];
  bool is_closed = next->kind == LEXEME_END || next->kind == LEXEME_BREAK || is_mark(r, first + 3, ",.;)");
  return (is_closed && (first == 0 || l[first - 1].kind == LEXEME_MARK || l[first - 1].kind == LEXEME_BREAK ||
                        !l[first - 1].is_capital)) ||
         at_tag(r, "minutes.filler", first + 3) || at_tag(r, "minutes.granted", first + 3) ||
         at_tag(r, "minutes.rejected", first + 3);
}

/* "(20/3/2)", "18:9:4", "18 zu 9": numbers with one kind of mark between. */
static void read_triple(struct part_reader *r)
{
  for (guint at = r->first; at + 2 < r->end && r->part->yes < 0; at++) {
    int numbers[3] = { -1, -1, -1 };
    guint count = 0, next = at;
    while (count < 3 && next < r->end && r->l->at[next].kind == LEXEME_DIGITS && !r->use[next] &&
           r->l->at[next].number < 1000) {
      numbers[count++] = (int)r->l->at[next].number;
      bool goes_on =
          next + 2 < r->end && (is_mark(r, next + 1, "/:-") || lexeme_is(&r->l->at[next + 1], "zu"));
      next += goes_on ? 2 : 1;
      if (!goes_on) break;
    }
    bool is_bracketed = at > 0 && is_mark(r, at - 1, "(") && is_mark(r, next, ")");
    bool is_spoken = count == 2 && (lexeme_is(&r->l->at[at + 1], "zu") ||
                                    (is_mark(r, at + 1, ":") && is_pair(r, at, next)));
    if (count < 2 || (count == 2 && !is_bracketed && !is_spoken)) continue;
    r->part->yes = numbers[0];
    r->part->no = numbers[1];
    if (numbers[2] >= 0) r->part->abstain = numbers[2];
    use_up(r, at, next, USE_DATA);
  }
}

/* "mit 18 gegen 9 Stimmen". */
static void read_against(struct part_reader *r)
{
  for (guint at = r->first; at + 2 < r->end && r->part->yes < 0; at++) {
    const struct lexeme *a = &r->l->at[at], *b = &r->l->at[at + 2];
    if (a->kind != LEXEME_DIGITS || !lexeme_is(&r->l->at[at + 1], "gegen") || b->kind != LEXEME_DIGITS)
      continue;
    r->part->yes = (int)MIN(a->number, 9999);
    r->part->no = (int)MIN(b->number, 9999);
    use_up(r, at, at + 3, USE_DATA);
  }
}

/* ---- outcomes ---- */

static bool take(struct part_reader *r, const char *tag, bool *flag)
{
  const struct phrase_hit *hit = find_free(r, tag);
  if (!hit) return false;
  *flag = true;
  use_up(r, hit->first, hit->end, USE_DATA);
  return true;
}

/* "Hochbeete ja, Lastenrad nein": a word of votes that ends its segment, and no number. */
static void read_bare_vote(struct part_reader *r)
{
  struct minutes_part *part = r->part;
  guint last = r->end;
  while (last > r->first && r->l->at[last - 1].kind == LEXEME_MARK) last--;
  if (part->yes >= 0 || last <= r->first + 1 || r->use[last - 1]) return;
  guint end;
  int *votes = votes_at(r, last - 1, &end);
  if (!votes || votes == &part->abstain) return;
  if (votes == &part->yes)
    part->is_granted = true;
  else
    part->is_rejected = true;
  use_up(r, last - 1, last, USE_DATA);
}

static void read_outcome(struct part_reader *r)
{
  struct minutes_part *part = r->part;
  part->is_full = find_free(r, "minutes.full") != NULL;
  take(r, "minutes.open", &part->is_open);
  while (take(r, "minutes.rejected", &part->is_rejected)) continue;
  const struct phrase_hit *partly = find_free(r, "minutes.partly");
  if (partly) part->is_partly = true;
  if (partly && r->l->at[partly->end - 1].kind == LEXEME_WORD)
    use_up(r, partly->first, partly->end, USE_DATA);
  while (take(r, "minutes.granted", &part->is_granted)) continue;
  if (part->is_rejected) part->is_granted = false;
  read_bare_vote(r);
}

/* ---- sums ---- */

/* "1 bewilligt", "3 abgelehnt": a number alone at a line's begin, and what was decided right behind it. */
static bool is_bare_number(const struct part_reader *r, guint at)
{
  static const char *const tags[] = { "minutes.granted", "minutes.rejected", "minutes.partly",
                                      "minutes.full",    "minutes.open",     "minutes.filler" };
  if (lexeme_is(&r->l->at[at + 1], "nicht") && at + 2 == r->end) return true;
  if (at + 1 >= r->end || r->l->at[at + 1].kind != LEXEME_WORD) return false;
  static const char *const counted[] = { "minutes.yes", "minutes.no", "minutes.abstain", "minutes.people",
                                         "minutes.there" };
  for (gsize i = 0; i < G_N_ELEMENTS(counted); i++)
    if (at_tag(r, counted[i], at + 1)) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
    if (at_tag(r, tags[i], at + 1)) return r->part->begins_line || i + 1 < G_N_ELEMENTS(tags);
  return false;
}

/* "Vorschlag 1 und 3", "Nr. 1, 2 & 4": the numbers behind the first one. */
static void read_further_numbers(struct part_reader *r, guint at)
{
  while (at + 1 < r->end && (lexeme_is(&r->l->at[at], "und") || is_mark(r, at, "+&/") ||
                             lexeme_is(&r->l->at[at], "sowie") || lexeme_is(&r->l->at[at], "and"))) {
    const struct lexeme *it = &r->l->at[at + 1];
    if (it->kind != LEXEME_DIGITS || it->number < 1 || it->number > 63) return;
    if (r->l->at[at + 2].is_capital || at_tag(r, "money.unit", at + 2)) return;
    r->part->numbers |= UINT64_C(1) << it->number;
    use_up(r, at, at + 2, USE_MARK);
    at += 2;
  }
}

/* A numbering at the segment's begin: "1. Hochbeete", "3) Hoffest", "TOP 2: …". */
static void skip_numbering(struct part_reader *r)
{
  guint at = r->first;
  while (at < r->end && is_mark(r, at, "-*+(")) at++;
  const struct phrase_hit *word = at_tag(r, "minutes.number", at);
  if (word) at = word->end;
  if (at < r->end && is_mark(r, at, ".")) at++;
  bool is_number = at < r->end && r->l->at[at].kind == LEXEME_DIGITS && r->l->at[at].number < 100;
  bool is_letter =
      at < r->end && r->l->at[at].kind == LEXEME_WORD && r->l->at[at].end - r->l->at[at].start == 1;
  bool is_marked = at + 1 < r->end && is_mark(r, at + 1, ".):") && !r->l->at[at + 1].is_spaced;
  bool begins = r->part->begins_line || r->part->follows_comma;
  bool is_bare = is_number && !word && begins && is_bare_number(r, at);
  bool is_sub =
      is_marked && at + 2 < r->end && r->l->at[at + 2].kind == LEXEME_DIGITS && !r->l->at[at + 2].is_spaced;
  if (is_sub && is_mark(r, at + 1, ".") && r->l->at[at + 2].number < 20 && r->l->at[at + 3].is_spaced) {
    use_up(r, r->first, at + 3, USE_MARK);
  } else if ((is_number && (is_marked || word || is_bare) && !is_sub) ||
             (is_letter && (is_marked || r->l->at[at].is_capital))) {
    r->part->number = is_number ? (int)r->l->at[at].number : r->l->at[at].folded[0] - 'a' + 1;
    use_up(r, r->first, at + 1 + is_marked, USE_MARK);
    if (is_number) read_further_numbers(r, at + 1);
  } else if (word && word->end < r->end && is_mark(r, word->end, ":")) {
    use_up(r, r->first, word->end + 1, USE_MARK);
  }
}

static bool is_asked(const struct part_reader *r, guint first, guint end)
{
  for (guint back = 1; back <= 3 && first >= r->first + back; back++) {
    const struct lexeme *it = &r->l->at[first - back];
    if (at_tag(r, "minutes.asked", first - back)) return true;
    if (it->kind == LEXEME_DIGITS || is_mark(r, first - back, ",)")) break;
    if (r->use[first - back] == USE_DATA) break;
  }
  return end < r->end && at_tag(r, "minutes.asked-behind", end) != NULL;
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
  use_up(r, first, end, USE_DATA);
}

/* Sums; where there is none, a bare number is one. */
static void read_sums(struct part_reader *r)
{
  for (guint i = first_sum(r, r->first); i < r->sums->len; i++) {
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
    bool goes_on = at + 2 < r->end && is_mark(r, at + 1, ".,:/-") && r->l->at[at + 2].kind == LEXEME_DIGITS &&
                   !r->l->at[at + 2].is_spaced;
    bool is_ordinal = is_mark(r, at + 1, ".") && at + 2 < r->end;
    bool is_after_noun = at > r->first && r->l->at[at - 1].is_capital;
    bool is_before_asked = r->part->granted < 0 && at_tag(r, "minutes.asked", at + 1);
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
  if (first + 4 >= r->l->count || !is_mark(r, first + 1, ":/") || !is_mark(r, first + 3, ":/")) return false;
  for (guint at = first; at <= first + 4; at += 2)
    if (l[at].kind != LEXEME_DIGITS || l[at].number > 999) return false;
  return l[first + 1].folded[0] == l[first + 3].folded[0] && l[first + 4].end - l[first + 4].start < 4;
}

/* "(5:14:1)" is no time of day here. */
static bool is_triple(const struct part_reader *r, guint first)
{
  if (is_bare_triple(r, first)) return true;
  if (first == 0 || !is_mark(r, first - 1, "(")) return false;
  bool is_first = r->l->at[first].kind == LEXEME_DIGITS && is_mark(r, first + 1, ":/-");
  guint second = first + 2;
  if (!is_first || second >= r->l->count || r->l->at[second].kind != LEXEME_DIGITS) return false;
  return is_mark(r, second + 1, ":/-)");
}

/* Dates are no sums. */
static void skip_dates(struct part_reader *r)
{
  for (guint i = 0; i < r->room->dates->len; i++) {
    const struct date_found *date = &g_array_index(r->room->dates, struct date_found, i);
    bool has_word = false;
    guint digits = 0;
    for (guint at = date->first; at < date->end && at < r->l->count; at++) {
      has_word |= r->l->at[at].kind == LEXEME_WORD && r->l->at[at].end - r->l->at[at].start > 2;
      digits += r->l->at[at].kind == LEXEME_DIGITS;
    }
    bool is_vote = is_triple(r, date->first) || is_pair(r, date->first, date->end);
    if (has_word || (digits >= 2 && !is_vote)) use_up(r, date->first, date->end, USE_MARK);
  }
}

/* ---- the name ---- */

static bool is_in_name(const struct part_reader *r, guint at)
{
  const struct lexeme *it = &r->l->at[at];
  if (r->use[at]) return false;
  if (it->kind == LEXEME_WORD || it->kind == LEXEME_DIGITS) return true;
  if (it->kind == LEXEME_BREAK) return r->l->at[at + 1].kind != LEXEME_BREAK;
  return it->kind == LEXEME_MARK && !is_mark(r, at, "(),:;|=") && !(is_mark(r, at, "-") && it->is_spaced);
}

static bool is_filler(const struct part_reader *r, guint at)
{
  if (r->l->at[at].kind != LEXEME_WORD) return true;
  return at_tag(r, "minutes.filler", at) || at_tag(r, "minutes.asked", at);
}

/* The words left of a run once fillers at both ends are off; false: none that could name anything. */
static bool trim(const struct part_reader *r, guint *first, guint *end)
{
  while (*first < *end && is_filler(r, *first)) (*first)++;
  while (*end > *first && is_filler(r, *end - 1) && r->l->at[*end - 1].kind != LEXEME_DIGITS) (*end)--;
  guint letters = 0;
  for (guint at = *first; at < *end; at++)
    if (r->l->at[at].kind == LEXEME_WORD) letters = MAX(letters, r->l->at[at].end - r->l->at[at].start);
  return letters > 2;
}

/* The name: of the runs before the first thing said, the first one behind the last colon that has one behind
 * it; else the first run of all. Names without a capital count only where no run has one. */
static char *name_of(const struct part_reader *r)
{
  guint best_first = 0, best_end = 0;
  bool has_capital = false, has_said = false, is_fresh = true;
  for (guint at = r->first; at < r->end;) {
    if (is_mark(r, at, ":") && !has_said) is_fresh = true;
    if (r->use[at] == USE_DATA) has_said = true;
    if (!is_in_name(r, at)) {
      at++;
      continue;
    }
    guint first = at, end = at;
    while (end < r->end && is_in_name(r, end)) end++;
    at = end;
    if (!trim(r, &first, &end)) continue;
    bool is_capital = false;
    for (guint k = first; k < end; k++) is_capital |= r->l->at[k].is_capital && !is_filler(r, k);
    bool is_better =
        best_end == 0 || (is_capital && !has_capital) || (is_fresh && !has_said && is_capital >= has_capital);
    if (is_better) {
      best_first = first;
      best_end = end;
      has_capital = is_capital;
    }
    is_fresh = false;
  }
  if (best_end == 0 || best_end - best_first > 2 * NAME_WORDS_MAX) return NULL;
  if (at_tag(r, "minutes.no-proposal", best_first)) return NULL;
  return passage_text(r->passage, best_first, best_end);
}

/* ---- what is left ---- */

/* "Es bleiben 100 Euro übrig", "Rest 60". True: the segment speaks of that. */
static bool read_remainder(struct part_reader *r)
{
  if (span_find(r->passage, "minutes.rest-none", r->first, r->end)) {
    r->part->remainder = 0;
    return true;
  }
  const struct phrase_hit *rest = find_free(r, "minutes.rest");
  if (!rest) return false;
  int64_t said = r->part->granted >= 0 ? r->part->granted : r->part->asked;
  if (said < 0) return false;
  r->part->remainder = said;
  return true;
}

/* ---- segments ---- */

static void read_segment(struct part_reader *r, GPtrArray *out)
{
  struct minutes_part *part = r->part = g_new0(struct minutes_part, 1);
  *part = (struct minutes_part){
    .granted = -1, .asked = -1, .remainder = -1, .yes = -1, .no = -1, .abstain = -1, .present = -1
  };
  g_ptr_array_add(out, part);
  part->begins_line = r->first == 0 || r->l->at[r->first - 1].kind == LEXEME_BREAK;
  part->follows_comma = r->first > 0 && is_mark(r, r->first - 1, ",");
  skip_numbering(r);
  read_heads(r);
  read_pairs(r);
  read_triple(r);
  read_against(r);
  read_outcome(r);
  read_sums(r);
  if (read_remainder(r)) return;
  bool has_votes = part->yes >= 0 || part->no >= 0 || part->abstain >= 0;
  bool has_outcome = part->is_granted || part->is_rejected || part->is_partly || part->is_open;
  part->is_total = !has_votes && !has_outcome && find_free(r, "minutes.total") != NULL;
  part->has_data = has_votes || has_outcome || part->granted >= 0 || part->asked >= 0;
  part->name = part->present >= 0 && !part->has_data ? NULL : name_of(r);
  guint words = 0;
  for (guint at = r->first; at < r->end; at++) words += r->l->at[at].kind == LEXEME_WORD;
  bool is_closed = r->end < r->l->count && is_mark(r, r->end, ".!?");
  part->is_short = words <= HEADING_WORDS && !is_closed;
  part->is_everything = span_find(r->passage, "minutes.everything", r->first, r->end) != NULL;
}

/* Whether the line that begins here has a heading: "Adventsmarkt: bewilligt …". */
static bool begins_with_heading(const struct part_reader *r, guint at)
{
  for (guint i = at; i < at + HEADING_WORDS && i < r->l->count && r->l->at[i].kind == LEXEME_WORD; i++)
    if (is_mark(r, i + 1, ":")) return r->l->at[at].is_capital;
  return false;
}

/* Whether a line's end here is more than a wrapped line: what follows begins anew. */
static bool ends_line(const struct part_reader *r, guint at)
{
  const struct lexeme *next = &r->l->at[at + 1];
  if (next->kind == LEXEME_END || next->kind == LEXEME_BREAK || next->begins_sentence) return true;
  if (is_mark(r, at + 1, "-*|") || lexeme_is(next, "\u2022")) return true;
  if (begins_with_heading(r, at + 1)) return true;
  return next->kind == LEXEME_DIGITS && at + 2 < r->l->count && is_mark(r, at + 2, ".)") &&
         r->l->at[at + 3].is_spaced && r->l->at[at + 3].kind == LEXEME_WORD;
}

/* Something decided: a sum, an outcome, votes. */
static bool says_something(const struct part_reader *r, guint first, guint end)
{
  guint i = first_sum(r, first);
  if (i < r->sums->len && g_array_index(r->sums, struct money, i).first < end) return true;
  return span_find(r->passage, "minutes.granted", first, end) ||
         span_find(r->passage, "minutes.rejected", first, end) ||
         span_find(r->passage, "minutes.open", first, end);
}

/* Whether an "und" parts two decisions. */
static bool is_parting(const struct part_reader *r, guint first, guint at)
{
  const struct lexeme *it = &r->l->at[at];
  if (!lexeme_is(it, "und") && !lexeme_is(it, "sowie")) return false;
  guint end = at + 1;
  bool has_noun = false;
  while (end < r->l->count && end < at + 25 && r->l->at[end].kind != LEXEME_BREAK &&
         !is_mark(r, end, ",;.")) {
    has_noun |= r->l->at[end].is_capital && !is_filler(r, end) && !at_tag(r, "money.unit", end);
    end++;
  }
  return has_noun && at - first < 60 && says_something(r, first, at) && says_something(r, at, end);
}

/* "Kino 450. 2550 sind noch übrig": no ordinal, but two sums. */
static bool ends_with_sum(const struct part_reader *r, guint at)
{
  const struct lexeme *before = at > 0 ? &r->l->at[at - 1] : NULL, *next = &r->l->at[at + 1];
  return before && before->kind == LEXEME_DIGITS && before->end - before->start >= 2 &&
         next->kind == LEXEME_DIGITS && next->is_spaced && next->end - next->start >= 3;
}

static bool is_border(const struct part_reader *r, guint first, guint at, int depth)
{
  const struct lexeme *it = &r->l->at[at];
  if (it->kind == LEXEME_BREAK) return ends_line(r, at);
  if (at - first > SEGMENT_MAX) return true;
  if (depth > 0) return false;
  if (is_mark(r, at, ",;")) {
    bool is_number = at > 0 && r->l->at[at - 1].kind == LEXEME_DIGITS && !r->l->at[at + 1].is_spaced;
    return !is_number;
  }
  if (is_mark(r, at, ".") && ends_with_sum(r, at)) return true;
  if (is_mark(r, at, ".!?"))
    return r->l->at[at + 1].begins_sentence || r->l->at[at + 1].kind == LEXEME_BREAK ||
           (r->l->at[at + 1].is_capital && r->l->at[at + 1].is_spaced && at > first + 1);
  return is_parting(r, first, at);
}

static void part_free(gpointer data)
{
  struct minutes_part *part = data;
  g_free(part->name);
  g_free(part);
}

GPtrArray *minutes_parts(const struct reading_room *room)
{
  GPtrArray *out = g_ptr_array_new_with_free_func(part_free);
  g_autofree guint8 *use = g_new0(guint8, room->passage->lexemes->count + 2);
  g_autoptr(GArray) sums = money_find(room->passage, MONEY_BARE);
  struct part_reader r = {
    .room = room, .passage = room->passage, .l = room->passage->lexemes, .sums = sums, .use = use
  };
  skip_dates(&r);
  guint first = 0;
  int depth = 0;
  for (guint at = 0; at <= r.l->count; at++) {
    if (at < r.l->count) {
      if (is_mark(&r, at, "(")) depth = 1;
      if (is_mark(&r, at, ")") || (r.l->at[at].kind == LEXEME_BREAK && r.l->at[at + 1].begins_sentence))
        depth = 0;
      if (!is_border(&r, first, at, depth)) continue;
    }
    r.first = first;
    r.end = at;
    if (at > first) read_segment(&r, out);
    first = at < r.l->count && r.l->at[at].kind == LEXEME_WORD ? at : at + 1;
  }
  return out;
}
