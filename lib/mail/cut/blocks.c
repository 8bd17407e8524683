/* Which lines are quotes, which announce them, and where the other mail begins: one walk from top to bottom,
 * with a bounded look ahead and a bounded number of look-ups in the tables. Then the decision over the row of
 * classes: what stands behind the last own words goes; a quote above own words stays as their context, unless
 * it is the whole of the other mail with one answer below it. */
#include "lib/mail/cut/cut_private.h"

#include <string.h>

enum { CONTEXT_LINES = 12, GAP_MAX = 6, QUOTED_LINES = 3 };

/* The sender's own words end here: all from `from` on is the other mail, whose own text begins at `body`. */
static void end_at(struct cut *cut, guint from, guint body, bool is_forward)
{
  cut->rest = from;
  cut->rest_body = body;
  cut->is_forward = is_forward;
  cut->has_quote = true;
  for (guint i = from; i < cut->count; i++)
    cut->lines[i].class = (uint8_t)(is_forward ? LINE_FORWARD : LINE_REST);
}

/* Bars and empty lines above belong to the head below them. */
static guint above_head(const struct cut *cut, guint from)
{
  guint at = from;
  while (at > 0 && from - at < 4) {
    const struct line *line = &cut->lines[at - 1];
    if (!line_is_empty(line) && !line_is_bar(line)) break;
    at--;
  }
  return at;
}

/* The next line that is neither empty nor a bar; `from` where that is too far. */
static guint behind_bars(const struct cut *cut, guint from)
{
  guint at = from;
  while (at < cut->count && at - from < GAP_MAX &&
         (line_is_empty(&cut->lines[at]) || line_is_bar(&cut->lines[at])))
    at++;
  return at - from < GAP_MAX ? at : from;
}

/* A bar with words at this line, or the head of the other mail: ends the walk. */
static bool begins_rest(struct cut *cut, guint at)
{
  struct line *line = &cut->lines[at];
  bool is_marked = line->mark == HTML_MARK_REST || line->mark == HTML_MARK_FORWARD;
  guint next = is_marked ? behind_bars(cut, at) : at;
  enum html_mark words = next < cut->count ? separator_at(cut, next) : HTML_MARK_NONE;
  if (words != HTML_MARK_NONE) next = behind_bars(cut, next + 1);
  guint behind = next < cut->count ? head_at(cut, next, cut->count) : 0;
  if (words == HTML_MARK_NONE && !is_marked && !behind) return false;
  end_at(cut, above_head(cut, at), behind ? behind : MIN(next, cut->count),
         words == HTML_MARK_FORWARD || line->mark == HTML_MARK_FORWARD);
  return true;
}

/* Marks lines [first, last] as what announces a quote; `prefix` bytes of the first stay the sender's. A bar
 * right above belongs to it (Yahoo). */
static void announce(struct cut *cut, guint first, guint last, guint prefix)
{
  for (guint i = first; i <= last; i++) cut->lines[i].class = LINE_ATTRIBUTION;
  struct line *line = &cut->lines[first];
  if (prefix == 0 && first > 0 && line_is_bar(&cut->lines[first - 1]))
    cut->lines[first - 1].class = LINE_GONE;
  if (prefix == 0 || line->body + prefix >= line->size) return;
  line->class = LINE_TEXT;
  line->size = line->body + prefix;
  while (line->size > line->body && line->start[line->size - 1] == ' ') line->size--;
}

/* Looks for the announcement of a quote above line `quote`. */
static void announce_above(struct cut *cut, guint quote)
{
  guint last = quote, prefix = 0;
  while (last > 0 && line_is_empty(&cut->lines[last - 1]) && quote - last < GAP_MAX) last--;
  if (last == 0 || cut->lines[last - 1].class != LINE_TEXT) return;
  int first = attribution_ending_at(cut, last - 1, true, &prefix);
  if (first >= 0) announce(cut, (guint)first, last - 1, prefix);
}

/* Whether lines from `at` on, passing over empty ones, are marked as a quote. */
static bool is_quote_next(const struct cut *cut, guint at)
{
  guint next = lines_next(cut->lines, at, MIN(cut->count, at + GAP_MAX));
  return next < cut->count && cut->lines[next].class == LINE_QUOTE;
}

/* An announcement with no quote sign below it: all below is the other mail. */
static bool announces_rest(struct cut *cut, guint at)
{
  guint prefix = 0;
  struct line *line = &cut->lines[at];
  char last = line->start[line->size - 1];
  bool may =
      last == ':' || last == '-' || last == ';' || (line->size > 2 && last == '>' && line->body == 4) ||
      (line->size > 3 && (memcmp(line->start + line->size - 3, "\xEF\xBC\x9A", 3) == 0)) || last == '*';
  may |= line->size > 16 && g_ascii_isdigit(line->start[0]) && memchr("-/.", line->start[4], 3);
  if (!may || is_quote_next(cut, at + 1)) return false;
  int first = attribution_ending_at(cut, at, false, &prefix);
  if (first < 0) return false;
  announce(cut, (guint)first, at, prefix);
  guint begin = (guint)first + (prefix > 0);
  guint body = lines_next(cut->lines, at + 1, cut->count);
  guint behind = body < cut->count ? head_at(cut, body, cut->count) : 0;
  end_at(cut, begin, behind ? behind : body, false);
  return true;
}

/* "> Le 21 mars, Silke a écrit :" in a quote of its own, and the other mail below it without any sign. */
static bool is_announcement_in_quote(struct cut *cut, guint at)
{
  guint end = at, prefix = 0;
  while (end < cut->count && end - at < QUOTED_LINES && cut->lines[end].class == LINE_QUOTE &&
         !line_is_empty(&cut->lines[end]))
    end++;
  if (end == at || at == 0 || is_quote_next(cut, end) ||
      lines_next(cut->lines, end, cut->count) == cut->count)
    return false;
  if (!blocks_have_text(cut, 0, at) || attribution_ending_at(cut, end - 1, false, &prefix) != (int)at)
    return false;
  guint body = lines_next(cut->lines, end, cut->count);
  for (guint i = at; i < end; i++) cut->lines[i].class = LINE_ATTRIBUTION;
  end_at(cut, at, body, false);
  return true;
}

static void lose(struct cut *cut, guint first, guint end)
{
  for (guint i = first; i < end; i++) cut->lines[i].class = LINE_GONE;
}

/* "> Begin forwarded message:" and its head, all in a quote. */
static bool is_forward_in_quote(struct cut *cut, guint at)
{
  if (separator_at(cut, at) != HTML_MARK_FORWARD) return false;
  guint next = lines_next(cut->lines, at + 1, cut->count);
  guint behind = next < cut->count ? head_at(cut, next, cut->count) : 0;
  if (!behind) return false;
  guint end = behind;
  while (end < cut->count && (cut->lines[end].class == LINE_QUOTE || cut->lines[end].class == LINE_EMPTY))
    end++;
  if (lines_next(cut->lines, end, cut->count) == cut->count) {
    end_at(cut, at, behind, true);
    return true;
  }
  if (cut->forward_end > 0) return false;
  cut->forward_body = behind; /* own words below */
  cut->forward_end = end;
  lose(cut, at, end);
  return false;
}

void blocks_classify(struct cut *cut)
{
  bool in_quote = false;
  for (guint i = 0; i < cut->count; i++) {
    struct line *line = &cut->lines[i];
    if (line->class == LINE_QUOTE) {
      cut->has_quote = true;
      if (!in_quote) {
        if (is_forward_in_quote(cut, i) || is_announcement_in_quote(cut, i)) return;
        announce_above(cut, i);
      }
      in_quote = true;
    } else if (line->class != LINE_EMPTY && line->class != LINE_GONE) {
      in_quote = false;
      if (line->mark == HTML_MARK_ATTRIBUTION) {
        line->class = LINE_ATTRIBUTION;
        cut->has_quote = true;
      } else if (line->mark == HTML_MARK_SIGNATURE || line->mark == HTML_MARK_SIGNATURE_HERE) {
        line->class = LINE_SIGNATURE;
      }
      if (begins_rest(cut, i) || announces_rest(cut, i)) return;
    }
  }
}

/* ---- deciding ---- */

bool blocks_have_text(const struct cut *cut, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (cut->lines[i].class == LINE_TEXT) return true;
  return false;
}

/* A run of quoted lines with the empty ones between them. */
struct run {
  guint first, end;
  bool is_announced;
};

static GArray *quote_runs(const struct cut *cut)
{
  GArray *runs = g_array_new(FALSE, FALSE, sizeof(struct run));
  struct run *last = NULL;
  bool was_announced = false;
  for (guint i = 0; i < cut->rest; i++) {
    enum line_class class = (enum line_class)cut->lines[i].class;
    if (class == LINE_QUOTE) {
      if (!last) {
        struct run run = { i, i, was_announced };
        g_array_append_val(runs, run);
        last = &g_array_index(runs, struct run, runs->len - 1);
      }
      last->end = i + 1;
    } else if (class == LINE_ATTRIBUTION) {
      was_announced = true;
      last = NULL;
    } else if (class != LINE_EMPTY) {
      was_announced = false;
      last = NULL;
    }
  }
  return runs;
}

/* Keeps the last lines of a run as context. */
static void keep_context(struct cut *cut, const struct run *run)
{
  guint kept = 0;
  for (guint i = run->end; i > run->first; i--) {
    bool is_filled = !line_is_empty(&cut->lines[i - 1]);
    if (is_filled && ++kept > CONTEXT_LINES) {
      lose(cut, run->first, i);
      return;
    }
  }
}

/* The whole of the other mail first, then one answer. */
static bool is_answer_below(struct cut *cut, const GArray *runs)
{
  const struct run *run = &g_array_index(runs, struct run, 0);
  if (runs->len != 1 || !run->is_announced) return false;
  return !blocks_have_text(cut, 0, run->first) || signature_is_greeting(cut, 0, run->first);
}

void blocks_decide(struct cut *cut)
{
  g_autoptr(GArray) runs = quote_runs(cut);
  if (runs->len == 0) return;
  if (is_answer_below(cut, runs)) {
    const struct run *run = &g_array_index(runs, struct run, 0);
    if (blocks_have_text(cut, run->end, cut->rest)) {
      lose(cut, run->first, run->end);
      return;
    }
  }
  for (guint r = 0; r < runs->len; r++) {
    const struct run *run = &g_array_index(runs, struct run, r);
    if (blocks_have_text(cut, run->end, cut->rest))
      keep_context(cut, run);
    else
      lose(cut, run->first, run->end);
  }
}
