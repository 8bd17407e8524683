/* The head of another mail inside a text: "Von: ... Gesendet: ... An: ... Betreff: ...", in any order and
 * language, bold with stars, with a colon behind a blank, wrapped, all in one line, below a bar or not. And
 * the bars with words above it: "-----Ursprüngliche Nachricht-----", "Anfang der weitergeleiteten
 * Nachricht:".
 *
 * People write "Von: Gerda, An: alle" themselves, so a head has three kinds of lines; two do where one of
 * them is the sender with an address, or a bar stands above. */
#include "lib/mail/cut/cut_private.h"

#include "lib/text/phrases.h"

#include <string.h>

enum { NAME_BYTES = 36, WRAPPED_MAX = 3, HEAD_LINES_MAX = 40, SEPARATOR_MAX = 120, LINE_READ = 400 };

enum head_kind { HEAD_NONE, HEAD_FROM = 1, HEAD_SENT = 2, HEAD_TO = 4, HEAD_SUBJECT = 8, HEAD_OTHER = 16 };

static guint tag_head, tag_forward, tag_original;

static void find_tags(void)
{
  if (tag_head) return;
  tag_head = phrases_tag("quotes.head");
  tag_forward = phrases_tag("quotes.forward");
  tag_original = phrases_tag("quotes.original");
}

static enum head_kind kind_of_value(const char *value)
{
  static const struct {
    const char *word;
    enum head_kind kind;
  } kinds[] = {
    { "from", HEAD_FROM }, { "sent", HEAD_SENT }, { "to", HEAD_TO }, { "subject", HEAD_SUBJECT }
  };
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
    if (g_str_equal(kinds[i].word, value)) return kinds[i].kind;
  return HEAD_OTHER;
}

/* Looks up a name before a colon; it must be nothing but a head's name. */
static enum head_kind kind_of_name(struct cut *cut, const char *name, gsize size)
{
  if (cut->budget == 0) return HEAD_NONE;
  cut->budget--;
  g_autofree char *copy = g_strndup(name, size);
  g_autoptr(passage_t) passage = passage_new_about(copy, PHRASES_QUOTES, NULL, 0);
  guint first = 0, end = passage->lexemes->count;
  while (first < end && passage->lexemes->at[first].kind == LEXEME_MARK) first++;
  while (end > first && passage->lexemes->at[end - 1].kind == LEXEME_MARK) end--;
  const struct phrase_hit *hit = passage_at(passage, tag_head, first);
  return hit && hit->end == end ? kind_of_value(hit->value) : HEAD_NONE;
}

/* Whether what stands before a colon may be a name: one to four short words. */
static bool may_be_name(const char *name, gsize size)
{
  guint blanks = 0;
  for (gsize i = 0; i < size; i++) {
    if (g_ascii_isdigit(name[i]) || (strchr("<@/.,;!?()\"", name[i]) && name[i])) return false;
    blanks += name[i] == ' ' && i > 0 && i + 1 < size && name[i + 1] != ' ' && name[i + 1] != '*';
  }
  return size > 0 && blanks <= 3;
}

/* The kind of head line that a line is; *value: where the value begins. */
static enum head_kind kind_of_line(struct cut *cut, const struct line *line, const char **value)
{
  const char *p = line->start + line->body, *end = line->start + line->size;
  const char *colon = p < end ? memchr(p, ':', MIN((gsize)(end - p), NAME_BYTES)) : NULL;
  if (!colon) return HEAD_NONE;
  gsize size = (gsize)(colon - p);
  if (!may_be_name(p, size)) return HEAD_NONE;
  *value = colon + 1;
  return kind_of_name(cut, p, size);
}

static bool holds(const char *from, const char *to, char sign)
{
  return from < to && memchr(from, sign, (gsize)(to - from)) != NULL;
}

/* A head in one line, as some webmails make it: further names with colons inside. */
static guint kinds_within(struct cut *cut, const struct line *line, const char *from)
{
  const char *end = line->start + MIN(line->size, LINE_READ);
  guint kinds = 0, tries = 0;
  for (const char *p = from; p < end && tries < 8; tries++) {
    const char *colon = memchr(p, ':', (gsize)(end - p));
    if (!colon) break;
    const char *name = colon;
    while (name > p && name[-1] == ' ') name--;
    while (name > p && name[-1] != ' ' && name[-1] != '>') name--;
    if (colon > name && may_be_name(name, (gsize)(colon - name)))
      kinds |= kind_of_name(cut, name, (gsize)(colon - name));
    p = colon + 1;
  }
  return kinds;
}

static guint count_kinds(guint kinds)
{
  guint count = 0;
  for (guint bit = HEAD_FROM; bit <= HEAD_SUBJECT; bit <<= 1) count += (kinds & bit) != 0;
  return count;
}

guint head_at(struct cut *cut, guint first, guint end)
{
  const char *value = NULL;
  find_tags();
  enum head_kind kind = kind_of_line(cut, &cut->lines[first], &value);
  if (kind == HEAD_NONE) return 0;
  guint kinds = 0, last = first, wrapped = 0, empties = 0;
  bool has_address = false;
  uint8_t depth = cut->lines[first].depth;
  for (guint i = first; i < end && i - first < HEAD_LINES_MAX; i++) {
    const struct line *line = &cut->lines[i];
    if (line_is_empty(line)) {
      if (++empties > 1) break;
      continue;
    }
    enum head_kind this = line->depth == depth ? kind_of_line(cut, line, &value) : HEAD_NONE;
    if (this == HEAD_NONE) {
      if (empties > 0 || ++wrapped > WRAPPED_MAX) break;
      if (i == last + 1 && count_kinds(kinds) >= 3 && !(kinds & HEAD_SUBJECT) && cut->budget > 0) continue;
      continue;
    }
    if (kinds & this & (HEAD_FROM | HEAD_SUBJECT)) break; /* the next mail's */
    const char *line_end = line->start + line->size;
    kinds |= this;
    if (this == HEAD_FROM) has_address = holds(value, line_end, '@') || holds(value, line_end, '<');
    kinds |= kinds_within(cut, line, value);
    last = i;
    wrapped = empties = 0;
  }
  guint count = count_kinds(kinds);
  bool is_head = count >= 3 || (count == 2 && (kinds & HEAD_FROM) && has_address);
  return is_head && (kinds & (HEAD_FROM | HEAD_TO)) ? last + 1 : 0;
}

/* Whether a line's words are one of the tables' and at most few beside. */
static enum html_mark words_of_separator(const struct passage *passage, guint spare)
{
  static const struct {
    guint *tag;
    enum html_mark mark;
  } rows[] = { { &tag_forward, HTML_MARK_FORWARD }, { &tag_original, HTML_MARK_REST } };
  guint words = passage_words(passage, 0, passage->lexemes->count), covered = 0;
  for (gsize r = 0; r < G_N_ELEMENTS(rows); r++) {
    const struct phrase_hit *hit = passage_find(passage, *rows[r].tag, 0);
    if (!hit) continue;
    covered = 0;
    for (guint i = hit->first; i < hit->end; i++) covered += passage->lexemes->at[i].kind == LEXEME_WORD;
    if (words - covered <= spare) return rows[r].mark;
  }
  return HTML_MARK_NONE;
}

enum html_mark separator_at(struct cut *cut, guint number)
{
  const struct line *line = &cut->lines[number];
  find_tags();
  if (line_is_empty(line) || line->size > SEPARATOR_MAX || cut->budget == 0) return HTML_MARK_NONE;
  bool is_barred = line_is_barred(line, 2);
  bool has_colon = line->start[line->size - 1] == ':';
  if (!is_barred && !has_colon) return HTML_MARK_NONE;
  cut->budget--;
  g_autofree char *copy = g_strndup(line->start + line->body, line->size - line->body);
  g_autoptr(passage_t) passage = passage_new_about(copy, PHRASES_QUOTES, NULL, 0);
  return words_of_separator(passage, is_barred ? 8 : 0);
}
