/* Cutting a mail's text: lines, their classes, the decision, and what is written down of it. lib/mail/body.c
 * calls it once a mail.
 *
 * The promise that matters most: a mail that had text never comes out empty. So what was taken for a
 * signature becomes text again where nothing else is there ("LG Doris" is a whole mail), then what is
 * forwarded, then the quote. */
#include "lib/mail/cut/cut_private.h"

#include "lib/text/subject.h"

#include <string.h>

enum { SEGMENTS_MAX = 6, EMPTIES_MAX = 2 };

/* Cuts signatures of the last stretch of own words, and of those below it that are nothing else. */
static void classify_signatures(struct cut *cut)
{
  guint end = cut->rest;
  for (guint n = 0; n < SEGMENTS_MAX && end > 0; n++) {
    guint first = end;
    while (first > 0 && cut->lines[first - 1].class != LINE_QUOTE &&
           cut->lines[first - 1].class != LINE_ATTRIBUTION)
      first--;
    signature_classify(cut, first, end);
    if (blocks_have_text(cut, first, end)) return;
    end = first;
    while (end > 0 && (cut->lines[end - 1].class == LINE_QUOTE || cut->lines[end - 1].class == LINE_EMPTY ||
                       cut->lines[end - 1].class == LINE_ATTRIBUTION))
      end--;
  }
}

/* Makes lines of one class another one's. */
static bool turn(struct cut *cut, enum line_class from, enum line_class to)
{
  bool is_any = false;
  for (guint i = 0; i < cut->rest; i++)
    if (cut->lines[i].class == from) {
      cut->lines[i].class = (uint8_t)to;
      is_any = true;
    }
  return is_any;
}

/* ---- writing ---- */

struct writer {
  GString *out;
  guint empties;
  bool is_gap; /* a line was left out */
};

static void put_line(struct writer *w, const struct line *line, const char *prefix, gsize skip)
{
  if (w->out->len > 0)
    for (guint i = 0; i <= MIN(w->empties, w->is_gap ? 1 : EMPTIES_MAX); i++) g_string_append_c(w->out, '\n');
  g_string_append(w->out, prefix);
  g_string_append_len(w->out, line->start + skip, (gssize)(line->size - skip));
  w->empties = 0;
  w->is_gap = false;
}

static bool is_kept(const struct line *line)
{
  return line->class == LINE_TEXT || line->class == LINE_QUOTE;
}

/* Own words with the context that stayed. */
static char *write_own(const struct cut *cut)
{
  struct writer w = { .out = g_string_new(NULL) };
  for (guint i = 0; i < cut->rest; i++) {
    const struct line *line = &cut->lines[i];
    if (is_kept(line) && (!line_is_empty(line) || line->depth > 0))
      put_line(&w, line, line->class == LINE_QUOTE && line->depth == 0 ? "> " : "", 0);
    else if (line_is_empty(line))
      w.empties++;
    else
      w.is_gap = true;
  }
  return g_string_free(w.out, FALSE);
}

static char *write_signature(const struct cut *cut)
{
  struct writer w = { .out = g_string_new(NULL) };
  for (guint i = 0; i < cut->rest; i++) {
    const struct line *line = &cut->lines[i];
    if (line->class == LINE_SIGNATURE || line->class == LINE_FOREIGN)
      put_line(&w, line, "", 0);
    else if (line->class == LINE_EMPTY)
      w.empties = 1;
  }
  return g_string_free(w.out, FALSE);
}

/* The other mail's own text: as it stands, one level of ">" less where all of it is quoted. */
static char *write_other(const struct cut *cut, guint first, guint end, bool is_quoted)
{
  struct writer w = { .out = g_string_new(NULL) };
  for (guint i = first; i < end; i++) {
    const struct line *line = &cut->lines[i];
    if (line_is_empty(line)) {
      w.empties++;
      continue;
    }
    gsize skip = 0;
    if (is_quoted && line->depth > 0) {
      while (line->start[skip] != '>') skip++;
      skip++;
      skip += line->start[skip] == ' ';
    }
    put_line(&w, line, "", MIN(skip, line->size));
  }
  return g_string_free(w.out, FALSE);
}

static char *write_rest(const struct cut *cut)
{
  bool is_quoted = cut->rest_body < cut->count && cut->lines[cut->rest].depth > 0;
  return write_other(cut, cut->rest_body, cut->count, is_quoted);
}

/* ---- the whole ---- */

/* Quoted lines that were left out, as they stood. */
static char *write_quotes(struct cut *cut)
{
  turn(cut, LINE_GONE, LINE_QUOTE);
  return write_own(cut);
}

/* No own words: the next best thing becomes them. */
static char *write_something(struct cut *cut, const char *forwarded, bool *only_quotes)
{
  bool is_signed = !forwarded && turn(cut, LINE_SIGNATURE, LINE_TEXT);
  if (is_signed) return write_own(cut);
  g_autofree char *rest = cut->rest < cut->count ? write_rest(cut) : NULL;
  *only_quotes = !forwarded && cut->has_quote;
  if (rest && *rest) return g_steal_pointer(&rest);
  if (turn(cut, LINE_SIGNATURE, LINE_TEXT)) {
    *only_quotes = false;
    return write_own(cut);
  }
  g_autofree char *quotes = write_quotes(cut);
  if (*quotes) return g_steal_pointer(&quotes);
  if (turn(cut, LINE_FOREIGN, LINE_TEXT) || turn(cut, LINE_ATTRIBUTION, LINE_TEXT)) return write_own(cut);
  cut->rest_body = cut->rest;
  return write_rest(cut);
}

void cut_text(const char *marked, const struct cut_hints *hints, struct cut_text *out)
{
  struct cut cut = { .hints = hints, .budget = CUT_BUDGET };
  cut.lines = lines_split(marked, &cut.count);
  cut.rest = cut.rest_body = cut.count;
  *out = (struct cut_text){ 0 };
  blocks_classify(&cut);
  classify_signatures(&cut);
  blocks_decide(&cut);
  bool has_own = blocks_have_text(&cut, 0, cut.rest);
  const char *subject = hints->subject ? hints->subject : "";
  bool is_forward = cut.is_forward || subject_is_forward(subject) || (!has_own && !subject_is_reply(subject));
  if (cut.rest < cut.count && is_forward) out->forwarded = write_rest(&cut);
  if (cut.forward_end > 0 && !out->forwarded)
    out->forwarded = write_other(&cut, cut.forward_body, cut.forward_end, true);
  out->text_new = has_own ? write_own(&cut) : write_something(&cut, out->forwarded, &out->only_quotes);
  out->signature = write_signature(&cut);
  out->has_quote = cut.has_quote;
  g_free(cut.lines);
  if (!hints->parent_text || !*hints->parent_text) return;
  char *without =
      cut_by_parent(out->text_new, marked, hints->parent_text, hints->parent_whole, &out->has_quote);
  if (!without) return;
  g_free(out->text_new);
  out->text_new = without;
  out->only_quotes = false;
}

void cut_text_clear(struct cut_text *cut)
{
  g_free(cut->text_new);
  g_free(cut->signature);
  g_free(cut->forwarded);
  *cut = (struct cut_text){ 0 };
}
