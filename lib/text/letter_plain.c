/* Plain text from a letter's tree. cmark has a renderer for that, but it escapes what could be read as
 * Markdown again, and a letter with "1\." or "\_" in it looks broken to whoever reads it.
 *
 * A block's text is collected in one line and wrapped when the block ends: words are counted in display
 * columns (wide East Asian characters take two, combining ones none), a word longer than a line (a URL)
 * stands alone, a no-break space does not break. Each open quote or list item adds its prefix to every line.
 * Links are "text: URL", or the URL alone where the text says it. */
#include "lib/text/letter_plain.h"
#include <glib.h>
#include <stdbool.h>
#include <string.h>

struct plain {
  GString *out;
  GString *prefix;  /* before each line: "> " of quotes, spaces of items */
  char marker[16];  /* takes the place of the prefix's last characters in an item's first line; "" for none */
  GString *text;    /* of the block under way; LF is a hard line break */
  gsize link_start; /* where the text of the link under way begins */
  bool wants_gap;   /* a blank line before the next block */
};

/* Columns that a stretch of text takes. */
static int columns_of(const char *text, gsize size)
{
  int columns = 0;
  for (const char *p = text; p < text + size; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    columns += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
  }
  return columns;
}

/* Begins a line: prefix, or prefix and marker. Returns the columns taken. */
static int begin_line(struct plain *plain)
{
  gsize marker = strlen(plain->marker);
  gsize keep = plain->prefix->len > marker ? plain->prefix->len - marker : 0;
  g_string_append_len(plain->out, plain->prefix->str, (gssize)keep);
  g_string_append(plain->out, *plain->marker != '\0' ? plain->marker : plain->prefix->str + keep);
  plain->marker[0] = '\0';
  return columns_of(plain->prefix->str, plain->prefix->len);
}

/* Ends a line, without spaces at its end. */
static void end_line(struct plain *plain)
{
  while (plain->out->len > 0 && plain->out->str[plain->out->len - 1] == ' ')
    g_string_truncate(plain->out, plain->out->len - 1);
  g_string_append_c(plain->out, '\n');
}

/* A blank line before a block, where one is owed. */
static void put_gap(struct plain *plain)
{
  char marker[sizeof plain->marker];
  if (plain->wants_gap && plain->out->len > 0) {
    memcpy(marker, plain->marker, sizeof marker);
    plain->marker[0] = '\0';
    if (*marker != '\0') g_string_truncate(plain->prefix, plain->prefix->len - strlen(marker));
    begin_line(plain);
    end_line(plain);
    for (gsize i = 0; i < strlen(marker); i++) g_string_append_c(plain->prefix, ' ');
    memcpy(plain->marker, marker, sizeof marker);
  }
  plain->wants_gap = false;
}

/* Writes one line of the source's own making, wrapped at spaces. */
static void put_wrapped(struct plain *plain, const char *line, gsize size)
{
  int column = begin_line(plain);
  bool is_first = true;
  for (const char *p = line, *end = line + size; p < end;) {
    const char *space = memchr(p, ' ', (gsize)(end - p));
    gsize length = (gsize)((space != NULL ? space : end) - p);
    int columns = columns_of(p, length);
    if (!is_first && length > 0 && column + 1 + columns > LETTER_COLUMNS) {
      end_line(plain);
      column = begin_line(plain);
      is_first = true;
    }
    if (!is_first && length > 0) {
      g_string_append_c(plain->out, ' ');
      column++;
    }
    g_string_append_len(plain->out, p, (gssize)length);
    column += columns;
    is_first = is_first && length == 0;
    p += length + (space != NULL);
  }
  end_line(plain);
}

/* Writes the block's text, line by line. */
static void flush_text(struct plain *plain)
{
  g_auto(GStrv) lines = g_strsplit(g_strstrip(plain->text->str), "\n", -1);
  put_gap(plain);
  for (char **line = lines; *line != NULL; line++) put_wrapped(plain, *line, strlen(*line));
  g_string_truncate(plain->text, 0);
  plain->wants_gap = true;
}

/* A heading: underlined where it is a letter's main one. */
static void flush_heading(struct plain *plain, int level)
{
  int columns = MIN(columns_of(plain->text->str, plain->text->len), LETTER_COLUMNS);
  flush_text(plain);
  if (level > 1) return;
  begin_line(plain);
  for (int i = 0; i < columns; i++) g_string_append_c(plain->out, '=');
  end_line(plain);
}

/* A code block: its lines as they are. */
static void put_code(struct plain *plain, const char *code)
{
  g_autofree char *copy = g_strdup(code);
  g_auto(GStrv) lines = g_strsplit(g_strchomp(copy), "\n", -1);
  put_gap(plain);
  for (char **line = lines; *line != NULL; line++) {
    begin_line(plain);
    g_string_append(plain->out, *line);
    end_line(plain);
  }
  plain->wants_gap = true;
}

/* An item's start: bullet or number, and as many spaces in the lines below. */
static void enter_item(struct plain *plain, cmark_node *item)
{
  cmark_node *list = cmark_node_parent(item);
  int number = cmark_node_get_list_start(list);
  for (cmark_node *before = item; (before = cmark_node_previous(before)) != NULL;) number++;
  if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST)
    g_snprintf(plain->marker, sizeof plain->marker, "%d. ", number);
  else
    g_strlcpy(plain->marker, "* ", sizeof plain->marker);
  for (gsize i = 0; i < strlen(plain->marker); i++) g_string_append_c(plain->prefix, ' ');
}

/* The width of an item's marker, known again from its place. */
static gsize marker_width(cmark_node *item)
{
  struct plain scratch = { .prefix = g_string_new(NULL) };
  enter_item(&scratch, item);
  gsize width = scratch.prefix->len;
  g_string_free(scratch.prefix, TRUE);
  return width;
}

/* True for what stands in an item of a list without blank lines. */
static bool is_in_tight_list(cmark_node *node)
{
  cmark_node *item = cmark_node_parent(node);
  return (int)cmark_node_get_type(item) == CMARK_NODE_ITEM &&
         cmark_node_get_list_tight(cmark_node_parent(item));
}

static void leave_item(struct plain *plain, cmark_node *item)
{
  g_string_truncate(plain->prefix, plain->prefix->len - marker_width(item));
  plain->marker[0] = '\0';
  if (cmark_node_get_list_tight(cmark_node_parent(item))) plain->wants_gap = false;
}

/* The address of a mailto: URL that holds nothing else; NULL for other URLs. Caller frees. */
static char *mail_address_of(const char *url)
{
  if (!g_str_has_prefix(url, "mailto:") || strchr(url, '?') != NULL) return NULL;
  char *address = g_uri_unescape_string(url + strlen("mailto:"), NULL);
  for (const char *p = address; p != NULL && *p != '\0'; p++) {
    if ((unsigned char)*p > ' ') continue;
    g_free(address);
    return NULL;
  }
  return address;
}

/* A link's end: its URL, unless the text says it. */
static void put_url_of(struct plain *plain, cmark_node *link)
{
  const char *url = cmark_node_get_url(link), *text = plain->text->str + plain->link_start;
  g_autofree char *address = mail_address_of(url);
  const char *shown = address != NULL ? address : url;
  if (strcmp(text, url) == 0 || strcmp(text, shown) == 0) return;
  g_string_append_printf(plain->text, "%s%s", *text != '\0' ? ": " : "", shown);
}

/* Inline text: in a block's line, each run of white space is one space but for hard breaks. */
static void put_inline(struct plain *plain, const char *text)
{
  if (text != NULL) g_string_append(plain->text, text);
}

static void enter(struct plain *plain, cmark_node *node)
{
  switch ((int)cmark_node_get_type(node)) {
  case CMARK_NODE_BLOCK_QUOTE:
    put_gap(plain);
    g_string_append(plain->prefix, "> ");
    break;
  case CMARK_NODE_LIST:
    if (is_in_tight_list(node)) plain->wants_gap = false;
    break;
  case CMARK_NODE_ITEM: enter_item(plain, node); break;
  case CMARK_NODE_CODE_BLOCK: put_code(plain, cmark_node_get_literal(node)); break;
  case CMARK_NODE_THEMATIC_BREAK:
    put_inline(plain, "* * *");
    flush_text(plain);
    break;
  case CMARK_NODE_TEXT:
  case CMARK_NODE_CODE: put_inline(plain, cmark_node_get_literal(node)); break;
  case CMARK_NODE_SOFTBREAK: put_inline(plain, " "); break;
  case CMARK_NODE_LINEBREAK: put_inline(plain, "\n"); break;
  case CMARK_NODE_LINK: plain->link_start = plain->text->len; break;
  default: break;
  }
}

static void leave(struct plain *plain, cmark_node *node)
{
  switch ((int)cmark_node_get_type(node)) {
  case CMARK_NODE_BLOCK_QUOTE: g_string_truncate(plain->prefix, plain->prefix->len - strlen("> ")); break;
  case CMARK_NODE_ITEM: leave_item(plain, node); break;
  case CMARK_NODE_LIST: plain->wants_gap = true; break;
  case CMARK_NODE_PARAGRAPH: flush_text(plain); break;
  case CMARK_NODE_HEADING: flush_heading(plain, cmark_node_get_heading_level(node)); break;
  case CMARK_NODE_LINK: put_url_of(plain, node); break;
  default: break;
  }
}

char *letter_plain(cmark_node *document)
{
  struct plain plain = { .out = g_string_new(NULL),
                         .prefix = g_string_new(NULL),
                         .text = g_string_new(NULL) };
  cmark_iter *iter = cmark_iter_new(document);
  cmark_event_type event;
  while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
    if (event == CMARK_EVENT_ENTER)
      enter(&plain, cmark_iter_get_node(iter));
    else
      leave(&plain, cmark_iter_get_node(iter));
  }
  cmark_iter_free(iter);
  g_string_free(plain.prefix, TRUE);
  g_string_free(plain.text, TRUE);
  return g_string_free(plain.out, FALSE);
}
