/* Comparing with the mail that is answered, which we usually hold: lines that stand there are quote, in
 * whatever language and however the client announced them, or did not.
 *
 * Clients wrap anew and indent, so words are compared (alike.c), not lines. A word counts as the parent's
 * when three in a row stand there; a line when four fifths of its words do. People also repeat a line to say
 * what they mean ("1. Bank, 279 Euro"), so a stretch must be long, or most of the parent.
 */
#include "lib/mail/cut/alike.h"
#include "lib/mail/cut/cut_private.h"

#include <string.h>

enum {
  PARENT_WORDS = 40000,
  OWN_WORDS = 60000,
  STRETCH_WORDS = 25, /* enough, however long the parent is */
  STRETCH_SHARE = 60, /* or so many percent of it */
  STRETCH_LEAST = 3,
  MIDDLE_WORDS = 6,
  ANSWERS_MAX = 50,
  CONTEXT_BYTES = 300,
  TEXT_BYTES = 256 * 1024, /* longer texts are no answers that a person wrote; they are not compared */
};

/* ---- words ---- */

struct word {
  uint32_t hash, line;
};

static GArray *read_words(const char *text, guint limit)
{
  GArray *words = g_array_new(FALSE, FALSE, sizeof(struct word));
  uint32_t line = 0;
  for (const char *p = text; *p && words->len < limit;) {
    if (alike_is_blank(p)) {
      line += *p == '\n';
      p++;
      continue;
    }
    const char *first = p;
    while (*p && !alike_is_blank(p)) p++;
    struct word word = { alike_hash(first, p), line };
    if (word.hash) g_array_append_val(words, word);
  }
  return words;
}

#define word_at(words, i) (&g_array_index((words), struct word, (i)))

/* ---- a set of numbers ---- */

struct set {
  uint64_t *slots;
  gsize mask;
};

static void set_init(struct set *set, guint count)
{
  gsize size = 64;
  while (size < (gsize)count * 4) size *= 2;
  set->slots = g_new0(uint64_t, size);
  set->mask = size - 1;
}

/* Where a number is, or would be. */
static uint64_t *set_slot(const struct set *set, uint64_t number)
{
  gsize at = (gsize)(number * 0x9E3779B97F4A7C15u >> 20) & set->mask;
  while (set->slots[at] && set->slots[at] != number) at = (at + 1) & set->mask;
  return &set->slots[at];
}

static uint64_t row_of_three(const GArray *words, guint at)
{
  uint64_t a = word_at(words, at)->hash, b = word_at(words, at + 1)->hash, c = word_at(words, at + 2)->hash;
  return ((a * 0x100000001B3u ^ b) * 0x100000001B3u ^ c) | 1;
}

/* A whole line of one or two words. */
static uint64_t row_of_line(const GArray *words, guint first, guint end)
{
  uint64_t hash = 77;
  for (guint i = first; i < end; i++) hash = hash * 0x100000001B3u ^ word_at(words, i)->hash;
  return hash | 1;
}

static guint line_end(const GArray *words, guint first)
{
  guint end = first + 1;
  while (end < words->len && word_at(words, end)->line == word_at(words, first)->line) end++;
  return end;
}

/* Rows of the parent: every three words, and its short lines. */
static void learn(struct set *set, const GArray *words)
{
  for (guint i = 0; i + 2 < words->len; i++) {
    uint64_t row = row_of_three(words, i);
    *set_slot(set, row) = row;
  }
  for (guint i = 0, end; i < words->len; i = end) {
    end = line_end(words, i);
    if (end - i > 2) continue;
    uint64_t row = row_of_line(words, i, end);
    *set_slot(set, row) = row;
  }
}

/* ---- lines ---- */

struct known_line {
  guint words, known;
};

static bool is_parents(const struct known_line *line)
{
  return line->words > 0 && line->known * 5 >= line->words * 4;
}

/* For each line of a text how many words it has and how many of them are the parent's. */
static struct known_line *know_lines(const char *text, guint count, const struct set *set)
{
  g_autoptr(GArray) words = read_words(text, OWN_WORDS);
  g_autofree bool *is_known = g_new0(bool, words->len + 1);
  struct known_line *known = g_new0(struct known_line, count + 1);
  for (guint i = 0; i + 2 < words->len; i++)
    if (*set_slot(set, row_of_three(words, i))) is_known[i] = is_known[i + 1] = is_known[i + 2] = true;
  for (guint i = 0, end; i < words->len; i = end) {
    end = line_end(words, i);
    if (end - i <= 2 && *set_slot(set, row_of_line(words, i, end)))
      for (guint k = i; k < end; k++) is_known[k] = true;
  }
  for (guint i = 0; i < words->len; i++) {
    struct known_line *line = &known[MIN(word_at(words, i)->line, count)];
    line->words++;
    line->known += is_known[i];
  }
  return known;
}

struct compared {
  struct line *lines;
  struct known_line *known;
  guint count, least; /* words that a stretch must have */
};

static bool has_words(const struct compared *c, guint i)
{
  return c->known[i].words > 0;
}

static guint words_of(const struct compared *c, guint first, guint end)
{
  guint words = 0;
  for (guint i = first; i < end; i++) words += c->known[i].known;
  return words;
}

/* The line from which on all is the parent's; count: none. A line above that ends with a colon goes too.
 * `least`: how many words of it there must be. */
static guint find_tail(const struct compared *c, guint least)
{
  guint from = c->count;
  while (from > 0 && (!has_words(c, from - 1) || is_parents(&c->known[from - 1]))) from--;
  if (words_of(c, from, c->count) < least) return c->count;
  if (from > 0 && c->lines[from - 1].size > 0 &&
      c->lines[from - 1].start[c->lines[from - 1].size - 1] == ':' && c->known[from - 1].words <= 16 &&
      lines_next(c->lines, 0, from - 1) < from - 1)
    from--;
  return from;
}

/* The line behind the parent's words at the beginning; 0: none. */
static guint find_head(const struct compared *c, guint end)
{
  guint from = lines_next(c->lines, 0, end), at = from;
  for (guint k = 0; k < 3 && at < end && !is_parents(&c->known[at]); k++) {
    bool announces = c->lines[at].size > 0 && c->lines[at].start[c->lines[at].size - 1] == ':';
    at++;
    if (announces) break;
    if (k == 2) return 0;
  }
  guint first = lines_next(c->lines, at, end), stop = first;
  if (first > from && (at == from || c->lines[at - 1].start[MAX(c->lines[at - 1].size, 1) - 1] != ':'))
    return 0;
  while (stop < end && (!has_words(c, stop) || is_parents(&c->known[stop]))) stop++;
  return stop < end && words_of(c, first, stop) >= c->least ? stop : 0;
}

static void put_text(GString *out, const struct line *line, const char *prefix)
{
  g_string_append(out, prefix);
  g_string_append_len(out, line->start, line->size);
  g_string_append_c(out, '\n');
}

/* Whether own words at line `from` stand right under a line of the parent and more of the parent follows:
 * then they answer that line. */
static bool is_among(const struct compared *c, guint from, guint end)
{
  if (!has_words(c, from - 1) || c->lines[from - 1].depth > 0) return false;
  for (guint i = from + 1; i < end; i++)
    if (is_parents(&c->known[i])) return true;
  return false;
}

/* Lines [from, end); a stretch of the parent's between own ones is shown as what it is. *is_new: something
 * was. */
static char *write_between(const struct compared *c, guint from, guint end, bool *is_new)
{
  GString *out = g_string_new(NULL);
  guint least = from > 0 ? STRETCH_LEAST : MAX(c->least, MIDDLE_WORDS); /* the parent has begun already */
  if (from > 0 && from < end && is_among(c, from, end)) put_text(out, &c->lines[from - 1], "> ");
  for (guint i = from; i < end;) {
    guint stop = i;
    while (stop < end && (!has_words(c, stop) || is_parents(&c->known[stop]))) stop++;
    bool is_quote = words_of(c, i, stop) >= least && stop > i;
    for (; i < stop; i++) {
      bool shows = is_quote && has_words(c, i) && c->lines[i].depth == 0;
      *is_new |= shows;
      put_text(out, &c->lines[i], shows ? "> " : "");
    }
    if (i < end) put_text(out, &c->lines[i++], "");
  }
  return g_strstrip(g_string_free(out, FALSE));
}

/* ---- answers between unmarked lines of the parent ---- */

/* Whether a line is the sender's, between the parent's. */
static bool is_answer(const struct compared *c, guint i, const char *text_new)
{
  const struct line *line = &c->lines[i];
  if (!has_words(c, i) || line->depth > 0 || c->known[i].known * 5 > c->known[i].words) return false;
  g_autofree char *copy = g_strndup(line->start + line->body, line->size - line->body);
  return !strstr(text_new, copy);
}

/* The last of the parent's lines above, as context. */
static void put_context(GString *out, const struct compared *c, guint at)
{
  while (at > 0 && !is_parents(&c->known[at - 1])) at--;
  if (at == 0) return;
  const struct line *line = &c->lines[at - 1];
  gsize size = MIN(line->size - line->body, CONTEXT_BYTES);
  while (size > 0 && (line->start[line->body + size] & 0xC0) == 0x80) size--;
  g_string_append_printf(out, "\n> %.*s\n", (int)size, line->start + line->body);
}

/* What stands between the parent's lines, with the line above each; "" if nothing. */
static char *find_answers(const struct compared *c, const char *text_new)
{
  GString *out = g_string_new(NULL);
  guint first = 0, last = c->count, words = 0, answers = 0;
  while (first < last && !is_parents(&c->known[first])) first++;
  while (last > first && !is_parents(&c->known[last - 1])) last--;
  bool was_answer = false;
  if (words_of(c, first, last) < MAX(c->least, MIDDLE_WORDS)) last = first;
  for (guint i = first; i < last && answers < ANSWERS_MAX; i++) {
    if (!has_words(c, i)) continue;
    bool is_it = is_answer(c, i, text_new);
    if (is_it && !was_answer) put_context(out, c, i);
    if (is_it) {
      g_string_append_len(out, c->lines[i].start + c->lines[i].body, c->lines[i].size - c->lines[i].body);
      g_string_append_c(out, '\n');
      words += c->known[i].words;
      answers++;
    }
    was_answer = is_it;
  }
  if (words < 2) g_string_truncate(out, 0);
  return g_string_free(out, FALSE);
}

/* ---- the whole ---- */

static void compare(struct compared *c, const char *text, const struct set *set, guint parent_words)
{
  c->lines = lines_split(text, &c->count);
  c->known = know_lines(text, c->count, set);
  c->least = MAX(STRETCH_LEAST, MIN(STRETCH_WORDS, parent_words * STRETCH_SHARE / 100));
}

static void compared_clear(struct compared *c)
{
  g_free(c->lines);
  g_free(c->known);
}

/* What stands between lines that the parent itself said; "" if nothing. A farewell that both have ("Von
 * meinem iPhone gesendet") is no quote between whose lines answers stand. Caller frees. */
static char *answers_between(const char *text, const char *text_new, const GArray *parent)
{
  struct set said;
  struct compared between = { 0 };
  set_init(&said, parent->len);
  learn(&said, parent);
  compare(&between, text, &said, parent->len);
  char *answers = find_answers(&between, text_new);
  compared_clear(&between);
  g_free(said.slots);
  return answers;
}

/* Whether a text is but the head that a client puts above a quote. */
static bool is_head_only(const char *text)
{
  struct cut_text cut;
  cut_text(text, &(struct cut_hints){ .subject = "Re:" }, &cut);
  bool is_head = cut.only_quotes;
  cut_text_clear(&cut);
  return is_head;
}

/* All was the parent's: the own words are what was taken for its signature, or stand behind it. */
static char *own_behind(const char *text, const struct set *set, guint parent_words, bool *is_new)
{
  struct compared whole = { 0 };
  compare(&whole, text, set, parent_words);
  guint last = find_tail(&whole, whole.least);
  char *own = write_between(&whole, find_head(&whole, last), last, is_new);
  compared_clear(&whole);
  if (is_head_only(own)) *own = '\0';
  return own;
}

static bool is_marked(const struct compared *c, guint i)
{
  return c->lines[i].depth > 0 && is_parents(&c->known[i]);
}

/* The line behind marked lines of the parent at the beginning, which the cut has left as what is answered; 0:
 * there are none. *goes_on: others follow further down. */
static guint marked_head(const struct compared *c, bool *goes_on)
{
  guint head = 0;
  while (head < c->count && (!has_words(c, head) || is_marked(c, head))) head++;
  for (guint i = head; i < c->count; i++) *goes_on |= is_marked(c, i);
  return lines_next(c->lines, 0, head) < head ? head : 0;
}

/* Whether a text quotes, line by line, nearly all that the parent said: then what stands below answers all of
 * it, and not the last line. */
static bool quotes_all(const char *text, const struct set *set, guint parent_words)
{
  struct compared whole = { 0 };
  compare(&whole, text, set, parent_words);
  guint words = 0;
  for (guint i = 0; i < whole.count; i++)
    if (whole.lines[i].depth > 0) words += whole.known[i].known;
  compared_clear(&whole);
  return words * 5 >= parent_words * 4;
}

/* The own words without what stands in the parent at their end, or before them. */
static char *without_parent(const char *text_new, const char *text, const struct set *set, guint parent_words,
                            bool *is_new)
{
  struct compared own = { 0 };
  compare(&own, text_new, set, parent_words);
  bool goes_on = false;
  guint tail = find_tail(&own, own.least), head = find_head(&own, tail), marked = marked_head(&own, &goes_on);
  if (marked > 0) head = !goes_on && quotes_all(text, set, parent_words) ? marked : 0;
  if (head > 0) tail = find_tail(&own, STRETCH_LEAST);
  *is_new = tail < own.count || head > 0;
  char *left = write_between(&own, head, tail, is_new);
  compared_clear(&own);
  return left;
}

char *cut_by_parent(const char *text_new, const char *text, const char *parent_text, const char *parent_whole,
                    bool *has_quote)
{
  if (strnlen(text_new, TEXT_BYTES) == TEXT_BYTES || strnlen(text, TEXT_BYTES) == TEXT_BYTES) return NULL;
  g_autoptr(GArray) parent = read_words(parent_text, PARENT_WORDS);
  if (parent->len < STRETCH_LEAST) return NULL;
  g_autoptr(GArray) whole_parent = read_words(parent_whole ? parent_whole : "", PARENT_WORDS);
  struct set set;
  set_init(&set, parent->len + whole_parent->len);
  learn(&set, parent);
  learn(&set, whole_parent);
  bool is_new = false;
  g_autofree char *own = without_parent(text_new, text, &set, parent->len, &is_new);
  g_autofree char *answers = *has_quote || is_new ? answers_between(text, text_new, parent) : g_strdup("");
  char *result = g_strstrip(g_strconcat(own, *own && *answers ? "\n" : "", answers, NULL));
  if (!*result) {
    g_free(result);
    result = own_behind(text, &set, parent->len, &is_new);
  }
  g_free(set.slots);
  if ((!is_new && !*answers) || !*result) {
    g_free(result);
    return NULL;
  }
  *has_quote = true;
  return result;
}
