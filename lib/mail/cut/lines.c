/* Lines of a mail's text and what can be said of each by looking at its first characters: empty, quoted, in
 * an element that its client marked. Everything that needs tables of words is said in other files, and of few
 * lines only. */
#include "lib/mail/cut/cut_private.h"

#include <string.h>

enum { LINES_MAX = 100000 }; /* what is below is one line more */

/* How many bytes of blank stand at p: no-break and zero-width ones count, as mail programs leave them. */
static guint blank_size(const char *p, const char *end)
{
  static const char *const blanks[] = { "\xC2\xA0",     "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xE2\x80\x8C",
                                        "\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAF" };
  if (p >= end) return 0;
  if (*p == ' ' || *p == '\t' || *p == '\r') return 1;
  if ((guchar)*p < 0xC2) return 0;
  for (gsize i = 0; i < G_N_ELEMENTS(blanks); i++) {
    gsize size = strlen(blanks[i]);
    if ((gsize)(end - p) >= size && memcmp(p, blanks[i], size) == 0) return (guint)size;
  }
  return 0;
}

/* GroupWise begins the line above what it quotes with ">>>" and ends it so too. */
static bool is_groupwise_head(const struct line *line)
{
  return line->size > 8 && memcmp(line->start, ">>> ", 4) == 0 &&
         memcmp(line->start + line->size - 4, " >>>", 4) == 0;
}

/* "CK> ": some put initials before the sign. Their size; 0: none. */
static gsize initials_before_sign(const char *p, const char *end)
{
  gsize size = 0;
  if (p >= end || !g_ascii_isupper(*p)) return 0;
  while (p + size < end && g_ascii_isupper(p[size]) && size < 3) size++;
  bool is_sign = p + size < end && p[size] == '>' && (p + size + 1 == end || p[size + 1] == ' ');
  return is_sign ? size : 0;
}

/* ">:" alone is the end of an announcement that was wrapped over lines, and no quote. */
static bool is_wrapped_colon(const struct line *line)
{
  const char *p = line->start;
  return line->size >= 2 && line->size <= 4 && p[0] == '>' && p[line->size - 1] == ':' &&
         strspn(p + 1, " ") == line->size - 2;
}

/* Reads the quote signs: up to three blanks before each ">". */
static void read_depth(struct line *line)
{
  const char *p = line->start, *end = p + line->size;
  if (is_groupwise_head(line)) {
    line->body = 4;
    return;
  }
  if (is_wrapped_colon(line)) return;
  p += initials_before_sign(p, end);
  for (;;) {
    const char *at = p;
    guint blanks = 0;
    for (guint size; blanks < 4 && (size = blank_size(at, end)) > 0; blanks++) at += size;
    if (at >= end || *at != '>' || (blanks > 3 && line->depth == 0)) break;
    if (line->depth < UINT8_MAX) line->depth++;
    p = at + 1;
  }
  for (guint size; (size = blank_size(p, end)) > 0;) p += size;
  line->body = (uint32_t)(p - line->start);
}

static enum line_class first_class(const struct line *line)
{
  if (line->mark == HTML_MARK_QUOTE) return line_is_empty(line) && line->depth == 0 ? LINE_EMPTY : LINE_QUOTE;
  if (line->depth > 0) return LINE_QUOTE;
  return line_is_empty(line) ? LINE_EMPTY : LINE_TEXT;
}

static const char *read_line(const char *p, bool is_last, struct line *line)
{
  const char *end = is_last ? NULL : strchr(p, '\n');
  const char *next = end ? end + 1 : NULL;
  if (!end) end = p + strlen(p);
  memset(line, 0, sizeof *line);
  if (p<end && * p> HTML_MARK_BYTE(HTML_MARK_NONE) && *p < HTML_MARK_BYTE(HTML_MARK_COUNT))
    line->mark = (uint8_t)(*p++ - HTML_MARK_BYTE(HTML_MARK_NONE));
  line->start = p;
  while (end > p && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) end--;
  while (end - p >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0) end -= 2;
  line->size = (uint32_t)(end - p);
  read_depth(line);
  line->class = (uint8_t)first_class(line);
  return next;
}

struct line *lines_split(const char *marked, guint *count)
{
  guint number = 1;
  for (const char *p = marked; number < LINES_MAX && (p = strchr(p, '\n')); p++) number++;
  struct line *lines = g_new(struct line, number);
  *count = 0;
  for (const char *p = marked; p; ++*count) p = read_line(p, *count + 1 == LINES_MAX, &lines[*count]);
  return lines;
}

guint lines_next(const struct line *lines, guint from, guint end)
{
  while (from < end && line_is_empty(&lines[from])) from++;
  return from;
}

/* The dash, bar or star at p and its size in bytes; 0: none. */
static guint bar_size(const char *p, const char *end)
{
  if (p < end && strchr("-_=*~", *p) && *p) return 1;
  if (end - p >= 3 && memcmp(p, "\xE2\x80", 2) == 0 && (guchar)p[2] >= 0x90 && (guchar)p[2] <= 0x95) return 3;
  if (end - p >= 3 && memcmp(p, "\xE2\x94\x80", 3) == 0) return 3;
  return 0;
}

bool line_is_bar(const struct line *line)
{
  const char *p = line->start + line->body, *end = line->start + line->size;
  guint signs = 0;
  for (guint size; p < end; signs++) {
    if (*p == ' ')
      size = 1;
    else
      size = bar_size(p, end);
    if (size == 0) return false;
    p += size;
  }
  return signs >= 5;
}

bool line_is_barred(const struct line *line, guint least)
{
  const char *p = line->start + line->body, *end = line->start + line->size;
  guint signs = 0;
  for (guint size; (size = bar_size(p, end)) > 0; signs++) p += size;
  return signs >= least && p < end;
}
