/* Text flowing out of HTML. Line ends are not written when they are asked for but before the next visible
 * character, so that edges of blocks that meet become one; the same holds for spaces, cells' tabs, bullets
 * and quote marks.
 *
 * Surprises: a bullet and the first cell of a row swallow the block edges that follow them, or Outlook's
 * `<td><p>` would never stand in one line. "-- " alone in a line keeps its space: it starts a signature.
 * Depths are bounded where they are written, so that output stays within a small multiple of the input. */
#include "lib/text/html/html_flow.h"
#include "lib/text/utf8.h"
#include <string.h>

enum { MAX_BREAKS = 3, MAX_TABS = 8, MAX_QUOTES = 12, MAX_LISTS = 8, MAX_CELLS = 256, MAX_URL = 2000 };

struct list_level {
  bool is_ordered;
  guint items;
};

struct html_flow {
  GString *out;
  guint breaks;              /* line ends owed */
  guint tabs;                /* cells' edges owed */
  bool has_space;            /* a collapsed space is owed */
  bool is_fresh;             /* after a bullet's or cell's start: block edges do not count */
  guint pre;                 /* depth of <pre> */
  guint quotes, line_quotes; /* now, and in the last line written */
  struct list_level lists[MAX_LISTS];
  guint list_depth;
  char marker[16];        /* bullet owed, "" for none */
  gsize cells[MAX_CELLS]; /* by depth: number of the line that a cell's text started in, 0: none yet */
  guint cell_depth;
  gsize lines;      /* lines begun */
  gsize line_start; /* where the last line begins in out */
  bool shows_marks;
  guint marks[HTML_MARK_COUNT]; /* how many of each are open */
  bool awaits_link;             /* a link's first character is still to come */
  gsize link_start;
};

struct html_flow *html_flow_new(gsize size_hint)
{
  struct html_flow *flow = g_new0(struct html_flow, 1);
  flow->out = g_string_sized_new(size_hint / 2 + 64);
  return flow;
}

void html_flow_show_marks(struct html_flow *flow)
{
  flow->shows_marks = true;
}

void html_flow_mark(struct html_flow *flow, enum html_mark mark, bool is_start)
{
  bool stays = mark == HTML_MARK_REST || mark == HTML_MARK_FORWARD || mark == HTML_MARK_SIGNATURE_HERE;
  if (is_start)
    flow->marks[mark]++;
  else if (!stays)
    flow->marks[mark]--;
}

/* The byte of what the next line stands in. */
static void put_mark(struct html_flow *flow)
{
  for (guint mark = HTML_MARK_NONE + 1; mark < HTML_MARK_INDENT; mark++) {
    if (flow->marks[mark] == 0) continue;
    g_string_append_c(flow->out, HTML_MARK_BYTE(mark));
    flow->line_start = flow->out->len;
    return;
  }
}

/* True where the last line, up to `end`, is "--" alone, or quoted. */
static bool is_signature_mark(const struct html_flow *flow, gsize end)
{
  if (end < flow->line_start + 2 || memcmp(flow->out->str + end - 2, "--", 2) != 0) return false;
  return strspn(flow->out->str + flow->line_start, "> ") >= end - 2 - flow->line_start;
}

/* Removes spaces, and joiners that join nothing, at the end of the last line, but for the space of a
 * signature's "-- ". */
static void trim_line(struct html_flow *flow)
{
  gsize end = flow->out->len;
  for (;;) {
    const char *tail = flow->out->str + end;
    if (end > flow->line_start && strchr(" \t", tail[-1]) != NULL)
      end--;
    else if (end >= flow->line_start + 3 &&
             (memcmp(tail - 3, "\xE2\x80\x8C", 3) == 0 || memcmp(tail - 3, "\xE2\x80\x8D", 3) == 0))
      end -= 3;
    else
      break;
  }
  bool is_signature = end < flow->out->len && is_signature_mark(flow, end);
  g_string_truncate(flow->out, end);
  if (is_signature) g_string_append_c(flow->out, ' ');
}

/* Drops the space that is owed, unless it belongs to a signature's mark. */
static void settle_space(struct html_flow *flow)
{
  if (flow->has_space && flow->breaks == 0 && is_signature_mark(flow, flow->out->len))
    g_string_append_c(flow->out, ' ');
  flow->has_space = false;
}

static void put_quote_marks(struct html_flow *flow, guint depth)
{
  for (guint i = 0; i < MIN(depth, MAX_QUOTES); i++) g_string_append_c(flow->out, '>');
}

/* Writes the line ends that are owed; blank lines between two lines of a quote belong to it. */
static void end_lines(struct html_flow *flow)
{
  trim_line(flow);
  for (guint i = 0; i < flow->breaks; i++) {
    g_string_append_c(flow->out, '\n');
    if (i + 1 < flow->breaks) put_quote_marks(flow, MIN(flow->quotes, flow->line_quotes));
  }
  flow->line_start = flow->out->len;
}

/* Begins a line: quote marks, then bullet or the indentation of its item. */
static void begin_line(struct html_flow *flow)
{
  if (flow->out->len > 0) end_lines(flow);
  flow->lines++;
  flow->line_quotes = flow->quotes;
  if (flow->shows_marks) put_mark(flow);
  if (flow->quotes > 0) {
    put_quote_marks(flow, flow->quotes);
    g_string_append_c(flow->out, ' ');
  }
  bool has_marker = *flow->marker != '\0';
  for (guint i = has_marker ? 1 : 0; i < flow->list_depth; i++) g_string_append(flow->out, "  ");
  g_string_append(flow->out, flow->marker);
}

/* Everything that is owed before a visible character. */
static void prepare(struct html_flow *flow)
{
  bool is_new_line = flow->breaks > 0 || flow->out->len == 0;
  if (is_new_line) {
    begin_line(flow);
  } else if (flow->tabs > 0) {
    for (guint i = 0; i < MIN(flow->tabs, MAX_TABS); i++) g_string_append_c(flow->out, '\t');
  } else if (flow->has_space) {
    g_string_append_c(flow->out, ' ');
  }
  flow->breaks = flow->tabs = 0;
  flow->has_space = flow->is_fresh = false;
  flow->marker[0] = '\0';
  if (flow->cell_depth > 0 && flow->cells[flow->cell_depth - 1] == 0)
    flow->cells[flow->cell_depth - 1] = flow->lines;
  if (flow->awaits_link) flow->link_start = flow->out->len;
  flow->awaits_link = false;
}

static void put_run(struct html_flow *flow, const char *run, gsize size)
{
  if (size == 0) return;
  prepare(flow);
  g_string_append_len(flow->out, run, (gssize)size);
}

enum character { VISIBLE, SPACE, LINE_FEED, HARD_SPACE, NOTHING, JOINER, BROKEN };

static enum character classify(gunichar c)
{
  if (c == ' ' || c == '\t' || c == '\r' || c == '\f') return SPACE;
  if (c == '\n') return LINE_FEED;
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return NOTHING;
  if (c == 0xA0 || c == 0x202F || c == 0x2007) return HARD_SPACE;
  if (c == 0x200C || c == 0x200D) return JOINER;
  if (c == 0xAD || c == 0x34F || c == 0x200B || c == 0x2060 || c == 0xFEFF) return NOTHING;
  return VISIBLE;
}

/* White space: kept in <pre>, else one space is owed. */
static void put_space(struct html_flow *flow, char c, enum character kind)
{
  if (flow->pre == 0)
    flow->has_space = flow->breaks == 0 && flow->out->len > 0;
  else if (kind == LINE_FEED)
    html_flow_break(flow);
  else if (c != '\r')
    put_run(flow, &c, 1);
}

/* A character that does not stand for itself. */
static void put_special(struct html_flow *flow, const char *p, gsize length, enum character kind)
{
  bool in_word = !flow->has_space && flow->breaks == 0 && flow->out->len > 0 &&
                 flow->out->str[flow->out->len - 1] != ' ';
  switch (kind) {
  case SPACE:
  case LINE_FEED: put_space(flow, *p, kind); break;
  case HARD_SPACE: put_run(flow, " ", 1); break;
  case BROKEN: put_run(flow, UTF8_REPLACEMENT, 3); break;
  case JOINER:
    if (in_word) put_run(flow, p, length);
    break;
  case VISIBLE:
  case NOTHING: break;
  }
}

void html_flow_text(struct html_flow *flow, const char *text, gsize size)
{
  const char *run = text, *end = text + size;
  for (const char *p = text; p < end;) {
    gunichar c = 0;
    gsize length = utf8_read(p, end, &c);
    enum character kind = length == 0 ? BROKEN : classify(c);
    if (length == 0) length = utf8_broken_length(p, end);
    if (kind != VISIBLE) {
      put_run(flow, run, (gsize)(p - run));
      put_special(flow, p, length, kind);
      run = p + length;
    }
    p += length;
  }
  put_run(flow, run, (gsize)(end - run));
}

void html_flow_break(struct html_flow *flow)
{
  settle_space(flow);
  if (flow->out->len > 0 && flow->breaks < MAX_BREAKS) flow->breaks++;
}

void html_flow_block(struct html_flow *flow, guint breaks)
{
  settle_space(flow);
  if (flow->is_fresh || flow->out->len == 0) return;
  flow->breaks = MAX(flow->breaks, breaks);
}

void html_flow_rule(struct html_flow *flow)
{
  html_flow_block(flow, 1);
  put_run(flow, "________________________________", 32);
  html_flow_block(flow, 1);
}

void html_flow_pre(struct html_flow *flow, bool is_pre)
{
  html_flow_block(flow, 1);
  flow->pre += is_pre ? 1 : -1U;
}

void html_flow_quote(struct html_flow *flow, bool is_quote)
{
  flow->is_fresh = false;
  html_flow_block(flow, 1);
  flow->quotes += is_quote ? 1 : -1U;
}

void html_flow_list(struct html_flow *flow, bool is_ordered)
{
  html_flow_block(flow, flow->list_depth == 0 ? 2 : 1);
  if (flow->list_depth < MAX_LISTS) flow->lists[flow->list_depth] = (struct list_level){ is_ordered, 0 };
  flow->list_depth++;
}

void html_flow_list_end(struct html_flow *flow)
{
  flow->list_depth--;
  flow->is_fresh = false;
  flow->marker[0] = '\0';
  html_flow_block(flow, flow->list_depth == 0 ? 2 : 1);
}

void html_flow_item(struct html_flow *flow)
{
  flow->is_fresh = false;
  html_flow_block(flow, 1);
  struct list_level *level = flow->list_depth > 0 ? &flow->lists[MIN(flow->list_depth, MAX_LISTS) - 1] : NULL;
  if (level != NULL && level->is_ordered)
    g_snprintf(flow->marker, sizeof flow->marker, "%u. ", ++level->items);
  else
    g_strlcpy(flow->marker, "* ", sizeof flow->marker);
  flow->is_fresh = true;
}

void html_flow_row(struct html_flow *flow)
{
  html_flow_block(flow, 1);
  flow->tabs = 0;
}

void html_flow_cell(struct html_flow *flow)
{
  if (flow->breaks == 0 && flow->out->len > 0 && !flow->is_fresh) flow->tabs++;
  flow->has_space = false;
  flow->is_fresh = true;
  g_assert(flow->cell_depth < MAX_CELLS); /* html_bound.c sees to that */
  flow->cells[flow->cell_depth++] = 0;
}

void html_flow_cell_end(struct html_flow *flow)
{
  gsize first = flow->cells[--flow->cell_depth];
  if (flow->cell_depth > 0 && flow->cells[flow->cell_depth - 1] == 0)
    flow->cells[flow->cell_depth - 1] = first;
  if (first != 0 && first == flow->lines) flow->breaks = 0;
  flow->has_space = false;
  flow->is_fresh = false;
}

void html_flow_link(struct html_flow *flow)
{
  flow->awaits_link = true;
}

/* The part of a URL that people write: without scheme, "www." and a slash at the end. */
static void strip_url(const char **start, gsize *size)
{
  static const char *const heads[] = { "mailto:", "https://", "http://", "www." };
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
    gsize length = strlen(heads[i]);
    if (*size < length || g_ascii_strncasecmp(*start, heads[i], length) != 0) continue;
    *start += length;
    *size -= length;
  }
  while (*size > 0 && ((*start)[*size - 1] == '/' || (*start)[*size - 1] == ' ')) (*size)--;
}

/* True where the text of a link already says its URL. */
static bool says_the_same(const char *text, gsize text_size, const char *url)
{
  gsize url_size = strlen(url);
  strip_url(&text, &text_size);
  strip_url(&url, &url_size);
  return text_size == url_size && g_ascii_strncasecmp(text, url, url_size) == 0;
}

/* True for a URL that a reader can use outside of the page. */
static bool is_worth_showing(const char *url)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:", "ftp://" };
  if (strlen(url) > MAX_URL) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++)
    if (g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0) return url[strlen(schemes[i])] != '\0';
  return false;
}

void html_flow_link_end(struct html_flow *flow, const char *url)
{
  bool has_text = !flow->awaits_link;
  flow->awaits_link = false;
  if (url == NULL || !has_text) return;
  g_autoptr(GString) clean = g_string_new(NULL);
  for (const char *p = url; *p != '\0'; p++) {
    if (*p == ' ' || *p == '<' || *p == '>')
      g_string_append_printf(clean, "%%%02X", (unsigned)*p);
    else if ((unsigned char)*p > 0x20 && *p != 0x7F)
      g_string_append_c(clean, *p);
  }
  if (!is_worth_showing(clean->str)) return;
  if (says_the_same(flow->out->str + flow->link_start, flow->out->len - flow->link_start, clean->str)) return;
  guint breaks = flow->breaks;
  flow->breaks = 0;
  g_string_append_printf(flow->out, " <%s>", clean->str);
  flow->breaks = breaks;
}

char *html_flow_finish(struct html_flow *flow)
{
  trim_line(flow);
  while (flow->out->len > 0 && strchr("\n", flow->out->str[flow->out->len - 1]) != NULL)
    g_string_truncate(flow->out, flow->out->len - 1);
  char *text = g_string_free(flow->out, FALSE);
  g_free(flow);
  return text;
}
