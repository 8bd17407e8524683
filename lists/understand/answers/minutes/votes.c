/* Votes of one segment of minutes: pairs of a number and a word; whether the number stands before or behind
 * its word is decided once a segment, by which way more pairs fit. "(20/3/2)" are yes, no, abstentions. */
#include "lists/understand/answers/minutes/reader.h"

enum { SUM_RATHER = 60 };

int *part_votes(struct part_reader *r, guint at, guint *end)
{
  static const char *const tags[] = { "minutes.yes", "minutes.no", "minutes.abstain" };
  int *counts[] = { &r->part->yes, &r->part->no, &r->part->abstain };
  int *best = NULL;
  *end = at;
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
    const struct phrase_hit *hit = part_tag(r, tags[i], at);
    if (!hit || hit->end <= *end) continue;
    best = counts[i];
    *end = hit->end;
  }
  return best;
}

/* The number before a word of votes: "18 ja", "9 x nein", "20 Stimmen dafür", "eine Person enthielt sich".
 * -1: none. */
static int count_before(const struct part_reader *r, guint at, guint *first)
{
  guint back = at, end;
  for (guint steps = 0; steps < 3 && back > r->first; steps++) {
    back--;
    int count = part_count(r, back, &end);
    if (count >= 0 && r->use[back] == USE_NONE) {
      *first = back;
      return count;
    }
    bool skips = part_mark(r, back, "-") || lexeme_is(&r->l->at[back], "stimmen") ||
                 lexeme_is(&r->l->at[back], "x") || lexeme_is(&r->l->at[back], "mal") ||
                 lexeme_is(&r->l->at[back], "stimme") || part_tag(r, "minutes.people", back) ||
                 part_tag(r, "minutes.person", back);
    if (!skips) return -1;
  }
  return -1;
}

/* The number behind one: "ja: 18", "Nein 9". -1: none. */
static int count_behind(const struct part_reader *r, guint at, guint *end)
{
  while (at < r->end && (part_mark(r, at, ":=-.") || lexeme_is(&r->l->at[at], "stimmen"))) at++;
  return at < r->end && r->use[at] == USE_NONE ? part_count(r, at, end) : -1;
}

/* Whether numbers stand behind their words, by which way more pairs fit; a draw goes to before. */
static bool are_behind(struct part_reader *r)
{
  guint before = 0, behind = 0, first, end, next;
  for (guint at = r->first; at < r->end; at++) {
    if (!part_votes(r, at, &next)) continue;
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
    if (!part_votes(r, at, &next)) continue;
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
    int *votes = r->use[at] ? NULL : part_votes(r, at, &next);
    if (!votes) continue;
    end = next;
    int count = behind ? count_behind(r, next, &end) : count_before(r, at, &first);
    if (count < 0) continue;
    if (*votes < 0) *votes = count;
    part_use_up(r, first, MAX(end, next), USE_DATA);
    at = MAX(end, next) - 1;
  }
}

bool part_is_pair(const struct part_reader *r, guint first, guint end)
{
  const struct lexeme *l = r->l->at;
  if (end != first + 3 || !part_mark(r, first + 1, ":") || l[first + 2].number > 999) return false;
  if (part_tag(r, "minutes.clock", first + 3)) return false;
  if (first > 0 && part_tag(r, "minutes.clock", first - 1)) return false;
  const struct lexeme *next = &l[first + 3];
  bool is_closed = next->kind == LEXEME_END || next->kind == LEXEME_BREAK || part_mark(r, first + 3, ",.;)");
  return (is_closed && (first == 0 || l[first - 1].kind == LEXEME_MARK || l[first - 1].kind == LEXEME_BREAK ||
                        !l[first - 1].is_capital)) ||
         part_tag(r, "minutes.filler", first + 3) || part_tag(r, "minutes.granted", first + 3) ||
         part_tag(r, "minutes.rejected", first + 3);
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
          next + 2 < r->end && (part_mark(r, next + 1, "/:-") || lexeme_is(&r->l->at[next + 1], "zu"));
      next += goes_on ? 2 : 1;
      if (!goes_on) break;
    }
    bool is_bracketed = at > 0 && part_mark(r, at - 1, "(") && part_mark(r, next, ")");
    bool is_spoken = count == 2 && (lexeme_is(&r->l->at[at + 1], "zu") ||
                                    (part_mark(r, at + 1, ":") && part_is_pair(r, at, next)));
    if (count < 2 || (count == 2 && !is_bracketed && !is_spoken)) continue;
    r->part->yes = numbers[0];
    r->part->no = numbers[1];
    if (numbers[2] >= 0) r->part->abstain = numbers[2];
    part_use_up(r, at, next, USE_DATA);
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
    part_use_up(r, at, at + 3, USE_DATA);
  }
}

/* "Für die Sitzbank stimmten 10", "gegen das Kino stimmten neun Leute": the number ends its segment, and the
 * preposition begins it. */
static void read_voting(struct part_reader *r)
{
  bool is_for = lexeme_is(&r->l->at[r->first], "fuer");
  if (!is_for && !lexeme_is(&r->l->at[r->first], "gegen")) return;
  int *votes = is_for ? &r->part->yes : &r->part->no;
  for (guint at = r->first + 1; at + 1 < r->end && *votes < 0; at++) {
    if (!lexeme_is(&r->l->at[at], "stimmten") && !lexeme_is(&r->l->at[at], "votierten")) continue;
    guint end;
    int count = part_count(r, at + 1, &end);
    const struct phrase_hit *people = count < 0 ? NULL : part_tag(r, "minutes.people", end);
    guint last = people ? people->end : end;
    if (count < 0 || last < r->end) continue;
    *votes = count;
    part_use_up(r, at, last, USE_DATA);
    part_use_up(r, r->first, r->first + 1, USE_FILLER);
  }
}

void part_read_votes(struct part_reader *r)
{
  read_voting(r);
  read_pairs(r);
  read_triple(r);
  read_against(r);
}
