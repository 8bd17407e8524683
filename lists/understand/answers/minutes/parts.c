/* One segment of minutes at a time: amounts, votes, outcomes and heads counted are taken out (reader.h), what
 * is left is the proposal's name.
 *
 * A segment ends at a line's end (unless the line was only wrapped), at the end of a sentence, at a comma or
 * semicolon outside brackets, and at an "und" with something decided on both sides. */
#include "lists/understand/answers/minutes/reader.h"

#include "lists/understand/answers/clauses.h"

enum { HEADING_WORDS = 8, SEGMENT_MAX = 150 };

/* ---- outcomes ---- */

static bool take(struct part_reader *r, const char *tag, bool *flag)
{
  const struct phrase_hit *hit = part_find(r, tag);
  if (!hit) return false;
  *flag = true;
  part_use_up(r, hit->first, hit->end, USE_DATA);
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
  int *votes = part_votes(r, last - 1, &end);
  if (!votes || votes == &part->abstain) return;
  if (votes == &part->yes)
    part->is_granted = true;
  else
    part->is_rejected = true;
  part_use_up(r, last - 1, last, USE_DATA);
}

static void read_outcome(struct part_reader *r)
{
  struct minutes_part *part = r->part;
  part->is_full = part_find(r, "minutes.full") != NULL;
  take(r, "minutes.open", &part->is_open);
  while (take(r, "minutes.rejected", &part->is_rejected)) continue;
  const struct phrase_hit *partly = part_find(r, "minutes.partly");
  if (partly) part->is_partly = true;
  if (partly && r->l->at[partly->end - 1].kind == LEXEME_WORD)
    part_use_up(r, partly->first, partly->end, USE_DATA);
  while (take(r, "minutes.granted", &part->is_granted)) continue;
  if (part->is_rejected) part->is_granted = false;
  read_bare_vote(r);
}

/* ---- what is left ---- */

/* "Es bleiben 100 Euro übrig", "Rest 60". True: the segment speaks of that. */
static bool read_remainder(struct part_reader *r)
{
  if (span_find(r->passage, "minutes.rest-none", r->first, r->end)) {
    r->part->remainder = 0;
    return true;
  }
  const struct phrase_hit *rest = part_find(r, "minutes.rest");
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
  part->follows_comma = r->first > 0 && part_mark(r, r->first - 1, ",");
  part_skip_numbering(r);
  part_read_heads(r);
  part_read_votes(r);
  read_outcome(r);
  part_read_sums(r);
  if (read_remainder(r)) return;
  bool has_votes = part->yes >= 0 || part->no >= 0 || part->abstain >= 0;
  bool has_outcome = part->is_granted || part->is_rejected || part->is_partly || part->is_open;
  part->is_total = !has_votes && !has_outcome && part_find(r, "minutes.total") != NULL;
  part->has_data = has_votes || has_outcome || part->granted >= 0 || part->asked >= 0;
  part->name = part->present >= 0 && !part->has_data ? NULL : part_name(r);
  guint words = 0;
  for (guint at = r->first; at < r->end; at++) words += r->l->at[at].kind == LEXEME_WORD;
  bool is_closed = r->end < r->l->count && part_mark(r, r->end, ".!?");
  part->is_short = words <= HEADING_WORDS && !is_closed;
  part->is_everything = span_find(r->passage, "minutes.everything", r->first, r->end) != NULL;
}

/* Whether the line that begins here has a heading: "Adventsmarkt: bewilligt …", "Malkurs 150 €: …". */
static bool begins_with_heading(const struct part_reader *r, guint at)
{
  if (at >= r->l->count || r->l->at[at].kind != LEXEME_WORD || part_tag(r, "money.unit", at)) return false;
  for (guint i = at; i < at + HEADING_WORDS && i < r->l->count; i++) {
    enum lexeme_kind kind = r->l->at[i].kind;
    if (kind != LEXEME_WORD && kind != LEXEME_DIGITS && !lexeme_is(&r->l->at[i], "€")) return false;
    if (part_mark(r, i + 1, ":")) return r->l->at[at].is_capital;
  }
  return false;
}

/* "TOP 2 …", "Antrag 3": a numbering with its word. */
static bool begins_with_number(const struct part_reader *r, guint at)
{
  const struct phrase_hit *word = part_tag(r, "minutes.number", at);
  guint number = word ? word->end : 0;
  if (word && part_mark(r, number, ".")) number++;
  return word && number < r->l->count && r->l->at[number].kind == LEXEME_DIGITS;
}

/* Whether a sum, an outcome or votes end right before a lexeme. */
static bool said_until(const struct part_reader *r, guint end)
{
  static const char *const tags[] = { "minutes.granted", "minutes.rejected", "minutes.open",
                                      "minutes.yes",     "minutes.no",       "minutes.abstain" };
  guint first = end > 6 ? end - 6 : 0;
  for (guint i = part_sum(r, first); i < r->sums->len; i++) {
    const struct money *sum = &g_array_index(r->sums, struct money, i);
    if (sum->first >= end) break;
    if (sum->end == end) return true;
  }
  for (guint at = first; at < end; at++)
    for (gsize i = 0; i < G_N_ELEMENTS(tags); i++) {
      const struct phrase_hit *hit = part_tag(r, tags[i], at);
      if (hit && hit->end == end) return true;
    }
  return false;
}

/* Whether a lexeme may begin the next proposal: "TOP 2", or a capital word that is neither filler nor goes on
 * with what was decided ("9\nNein-Stimmen"). */
static bool begins_proposal(const struct part_reader *r, guint at)
{
  static const char *const tags[] = { "minutes.granted", "minutes.rejected", "minutes.open", "minutes.yes",
                                      "minutes.no",      "minutes.abstain",  "money.unit" };
  if (part_tag(r, "minutes.number", at) && r->l->at[at + 1].kind == LEXEME_DIGITS) return true;
  for (gsize i = 0; i < G_N_ELEMENTS(tags); i++)
    if (part_tag(r, tags[i], at)) return false;
  return r->l->at[at].kind == LEXEME_WORD && r->l->at[at].is_capital && !part_is_filler(r, at);
}

/* Whether a line's end here is more than a wrapped line: what follows begins anew. */
static bool ends_line(const struct part_reader *r, guint at)
{
  const struct lexeme *next = &r->l->at[at + 1];
  if (next->kind == LEXEME_END || next->kind == LEXEME_BREAK || next->begins_sentence) return true;
  if (part_mark(r, at + 1, "-*|") || lexeme_is(next, "\u2022")) return true;
  if (begins_with_heading(r, at + 1) || begins_with_number(r, at + 1)) return true;
  if (said_until(r, at) && begins_proposal(r, at + 1)) return true;
  return next->kind == LEXEME_DIGITS && at + 2 < r->l->count && part_mark(r, at + 2, ".)") &&
         r->l->at[at + 3].is_spaced && r->l->at[at + 3].kind == LEXEME_WORD;
}

/* Something decided: a sum, an outcome, votes. */
static bool says_something(const struct part_reader *r, guint first, guint end)
{
  guint i = part_sum(r, first);
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
         !part_mark(r, end, ",;.")) {
    has_noun |= r->l->at[end].is_capital && !part_is_filler(r, end) && !part_tag(r, "money.unit", end);
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
  if (part_mark(r, at, ",;")) {
    bool is_number = at > 0 && r->l->at[at - 1].kind == LEXEME_DIGITS && !r->l->at[at + 1].is_spaced;
    return !is_number;
  }
  if (part_mark(r, at, ".") && ends_with_sum(r, at)) return true;
  if (part_mark(r, at, ".!?"))
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
  part_skip_dates(&r);
  guint first = 0;
  int depth = 0;
  for (guint at = 0; at <= r.l->count; at++) {
    if (at < r.l->count) {
      if (part_mark(&r, at, "(")) depth = 1;
      if (part_mark(&r, at, ")") || (r.l->at[at].kind == LEXEME_BREAK && r.l->at[at + 1].begins_sentence))
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
