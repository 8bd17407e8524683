/* The line above a quote: "Am 21.03.26 um 17:40 schrieb Silke Franz:", in whatever language and over as many
 * as four lines. Called for lines that end with a colon, and for those above a quote.
 *
 * What mail programs write holds a word for writing (quotes.wrote), a date with a time, an address; people
 * write "Das Amt schrieb mir am 12. März:" and go on in their own words. So two of the three are asked for
 * where no quote sign follows, and one where it does. A first line that begins like such lines do
 * (quotes.opening: "Am", "On", "Le") and has a date is where they begin. */
#include "lib/mail/cut/cut_private.h"

#include "lib/text/phrases.h"

#include <string.h>

enum { LINES_MAX = 4, BYTES_MAX = 600, LINE_BYTES = 240, WORDS_LONG = 42, WORDS_SHORT = 10, OPENING_GAP = 3 };

/* What a window of lines says. */
struct evidence {
  bool has_verb, has_date, has_time, has_address, has_opening;
  bool begins_with_date, has_zone, is_long, is_short;
  guint opening; /* byte in the window where the first opening with a date stands */
};

static guint tags[4];
enum { TAG_WROTE, TAG_OPENING, TAG_MONTH, TAG_CLOCK };

static void find_tags(void)
{
  if (tags[TAG_WROTE]) return;
  tags[TAG_WROTE] = phrases_tag("quotes.wrote");
  tags[TAG_OPENING] = phrases_tag("quotes.opening");
  tags[TAG_MONTH] = phrases_tag("quotes.month");
  tags[TAG_CLOCK] = phrases_tag("quotes.clock");
}

static bool is_mark(const struct lexeme *it, char sign)
{
  return it->kind == LEXEME_MARK && it->folded[0] == sign;
}

/* "17:40", "17.40 Uhr", "5:40pm". */
static bool is_time(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  if (it[0].kind != LEXEME_DIGITS || it[0].number > 24 || it[1].kind != LEXEME_MARK ||
      it[2].kind != LEXEME_DIGITS || it[2].number > 59 || it[2].end - it[2].start != 2)
    return false;
  if (is_mark(&it[1], ':')) return true;
  bool behind = passage_at(passage, tags[TAG_CLOCK], at + 3) != NULL;
  bool before = at > 0 && passage_at(passage, tags[TAG_CLOCK], at - 1) != NULL;
  return is_mark(&it[1], '.') && (behind || before);
}

/* "21.03.2026", "2026-03-21", "3/21/26", "21. März", "March 21", "2026年". */
static bool is_date(const struct passage *passage, guint at)
{
  const struct lexeme *it = &passage->lexemes->at[at];
  if (it[0].kind == LEXEME_WORD) return passage_at(passage, tags[TAG_MONTH], at) != NULL;
  if (it[0].kind != LEXEME_DIGITS) return false;
  if (it[0].number >= 1990 && it[0].number < 2100 && it[0].end - it[0].start == 4) return true;
  if (it[0].number == 0 || it[0].number > 31) return false;
  if (passage_at(passage, tags[TAG_MONTH], is_mark(&it[1], '.') ? at + 2 : at + 1)) return true;
  if (it[1].kind != LEXEME_MARK || it[2].kind != LEXEME_DIGITS) return false;
  bool is_sign = is_mark(&it[1], '.') || is_mark(&it[1], '/') || is_mark(&it[1], '-');
  return is_sign && it[2].number >= 1 && it[2].number <= 31 && it[3].kind == LEXEME_MARK &&
         it[3].folded[0] == it[1].folded[0];
}

static void read_evidence(const char *window, struct evidence *evidence)
{
  g_autoptr(passage_t) passage = passage_new_about(window, PHRASES_QUOTES, NULL, BYTES_MAX);
  const struct lexemes *l = passage->lexemes;
  guint opening = 0, opening_at = 0, words = 0;
  bool was_opening = false;
  for (guint at = 0; at < l->count; at++) {
    const struct lexeme *it = &l->at[at];
    words += it->kind == LEXEME_WORD;
    if (is_mark(it, '@') && at > 0 && l->at[at + 1].kind == LEXEME_WORD) evidence->has_address = true;
    if (passage_at(passage, tags[TAG_WROTE], at)) evidence->has_verb = true;
    if (passage_at(passage, tags[TAG_OPENING], at) && !evidence->has_date && !evidence->has_verb &&
        !evidence->has_address && (at == 0 || it->is_capital)) {
      if (!was_opening || at - opening_at > OPENING_GAP) opening = it->start; /* "On Wed, Apr 4": one */
      opening_at = at;
      was_opening = true;
    }
    if (l->count - at >= 3 && is_time(passage, at)) evidence->has_time = true;
    if (!evidence->has_date && is_date(passage, at)) {
      evidence->has_date = true;
      evidence->begins_with_date = at == 0 && it->kind == LEXEME_DIGITS;
      if (was_opening) evidence->opening = opening;
      evidence->has_opening = was_opening;
    }
    evidence->has_zone |= lexeme_is(it, "gmt") || lexeme_is(it, "utc");
  }
  evidence->is_long = words > WORDS_LONG;
  evidence->is_short = words <= WORDS_SHORT;
}

/* Enough for what stands above a quote sign, or above nothing that is marked. */
static bool is_enough(const struct evidence *e, bool is_before_quote, bool has_colon)
{
  bool has_moment = e->has_date && e->has_time;
  int count = e->has_verb + e->has_address + has_moment;
  if (e->is_long) return false;
  if (!has_colon && e->begins_with_date && e->is_short &&
      (is_before_quote ? e->has_address || e->has_time : e->has_time && e->has_zone))
    return true;
  if (is_before_quote) return count >= (has_colon ? 1 : 2);
  return has_colon && count >= 2;
}

static bool ends_with(const struct line *line, const char *tail)
{
  gsize size = strlen(tail);
  return line->size >= size && memcmp(line->start + line->size - size, tail, size) == 0;
}

/* "Am ... schrieb:", also "wrote-----", "написал(а)：" and GroupWise's ">>> ... >>>". */
static bool has_colon(const struct line *line)
{
  static const char *const tails[] = { ":",   "\xEF\xBC\x9A", ":*", ":_", "----", "\xE2\x80\x94",
                                       ">>>", ":</b>",        ";" };
  for (gsize i = 0; i < G_N_ELEMENTS(tails); i++)
    if (ends_with(line, tails[i])) return true;
  return false;
}

/* Joins lines [first, last] by blanks, without quote signs. */
static char *join(const struct cut *cut, guint first, guint last)
{
  GString *out = g_string_new(NULL);
  for (guint i = first; i <= last && out->len < BYTES_MAX; i++) {
    const struct line *line = &cut->lines[i];
    if (i > first) g_string_append_c(out, ' ');
    g_string_append_len(out, line->start + line->body, line->size - line->body);
  }
  return g_string_free(out, FALSE);
}

/* Whether a line may be one that such lines are wrapped over. */
static bool may_hold(const struct line *line, uint8_t depth, const struct line *last)
{
  return !line_is_empty(line) && line->depth == depth && line->size <= LINE_BYTES && line->mark == last->mark;
}

static guint weight(const struct evidence *e)
{
  return (guint)e->has_verb + e->has_date + e->has_time + e->has_address;
}

/* Whether a line may be the first of several: it begins like one, or holds a name with an address. */
static bool may_begin(const struct line *line, const struct evidence *e)
{
  const char *p = line->start + line->body;
  return (e->has_opening && e->opening == 0) || e->begins_with_date || e->has_verb ||
         memchr(p, '<', line->size - line->body) || memchr(p, '"', line->size - line->body) ||
         memchr(p, '@', line->size - line->body);
}

/* Words before the opening are the sender's own, unless they are but dashes. */
static guint own_prefix(const struct line *line, const struct evidence *e)
{
  if (!e->has_opening || !e->has_verb) return 0;
  for (guint i = 0; i < e->opening && line->body + i < line->size; i++)
    if (g_ascii_isalnum(line->start[line->body + i]) || (guchar)line->start[line->body + i] >= 0xC3)
      return e->opening;
  return 0;
}

/* Digits or an address: without any of them a line says neither when nor who. */
static bool has_sign(const struct line *line)
{
  for (gsize i = line->body; i < line->size; i++)
    if (g_ascii_isdigit(line->start[i]) || line->start[i] == '@') return true;
  return false;
}

int attribution_ending_at(struct cut *cut, guint last, bool is_before_quote, guint *prefix)
{
  const struct line *end = &cut->lines[last];
  bool is_closed = has_colon(end), has_signs = is_closed && is_before_quote; /* there a verb alone will do */
  bool was_opened = false;
  int found = -1;
  guint best = 0;
  *prefix = 0;
  find_tags();
  if (line_is_empty(end) || end->size > LINE_BYTES || cut->budget == 0) return -1;
  if (end->depth == 0 && end->body == 4 && ends_with(end, ">>>")) return (int)last;
  for (guint n = 0; n < LINES_MAX && n <= last; n++) {
    guint first = last - n;
    const struct line *line = &cut->lines[first];
    struct evidence evidence = { 0 };
    if (!may_hold(line, end->depth, end) || cut->budget == 0) break;
    if (n > 0 && has_colon(line) && !ends_with(line, ">>>")) break;
    cut->budget--;
    has_signs = has_signs || has_sign(line);
    if (!has_signs) continue;
    g_autofree char *window = join(cut, first, last);
    read_evidence(window, &evidence);
    if (evidence.is_long) break;
    if (!is_enough(&evidence, is_before_quote, is_closed)) continue;
    bool is_opened = evidence.has_opening && evidence.opening == 0;
    bool is_better = weight(&evidence) > best || (weight(&evidence) == best && is_opened && !was_opened);
    if (found >= 0 && !(is_better && may_begin(line, &evidence))) continue;
    was_opened = is_opened;
    found = (int)first;
    best = weight(&evidence);
    *prefix = own_prefix(line, &evidence);
  }
  return found;
}
