/* HTML in: the text of a mail's HTML part. lib/mail calls this for mails that have no text part, or a poor
 * one.
 *
 * html_bound.c writes a small, balanced document, gumbo parses it (entities, implied elements, tables), and
 * we walk gumbo's tree with a stack of our own; html_flow.c puts the text down. What passes a bound, and what
 * comes out empty though there was text (an unfinished comment or style swallowed it), goes through the
 * scanner alone: tags become line ends. */
#include "lib/text/html/html_in.h"
#include "lib/text/html/html_bound.h"
#include "lib/text/html/html_flow.h"
#include "lib/text/html/html_scan.h"
#include <gumbo.h>
#include <string.h>

/* What an element does to the flow at its edges. Elements without a row do nothing. */
struct tag_effect {
  GumboTag tag;
  const char *name;
  guint breaks; /* at both edges */
};

static const struct tag_effect block_effects[] = {
  { GUMBO_TAG_P, "p", 2 },
  { GUMBO_TAG_DIV, "div", 1 },
  { GUMBO_TAG_H1, "h1", 2 },
  { GUMBO_TAG_H2, "h2", 2 },
  { GUMBO_TAG_H3, "h3", 2 },
  { GUMBO_TAG_H4, "h4", 2 },
  { GUMBO_TAG_H5, "h5", 2 },
  { GUMBO_TAG_H6, "h6", 2 },
  { GUMBO_TAG_TABLE, "table", 1 },
  { GUMBO_TAG_CAPTION, "caption", 1 },
  { GUMBO_TAG_DL, "dl", 2 },
  { GUMBO_TAG_DT, "dt", 1 },
  { GUMBO_TAG_DD, "dd", 1 },
  { GUMBO_TAG_ADDRESS, "address", 1 },
  { GUMBO_TAG_ARTICLE, "article", 1 },
  { GUMBO_TAG_ASIDE, "aside", 1 },
  { GUMBO_TAG_CENTER, "center", 1 },
  { GUMBO_TAG_DETAILS, "details", 1 },
  { GUMBO_TAG_FIELDSET, "fieldset", 1 },
  { GUMBO_TAG_FIGCAPTION, "figcaption", 1 },
  { GUMBO_TAG_FIGURE, "figure", 1 },
  { GUMBO_TAG_FOOTER, "footer", 1 },
  { GUMBO_TAG_HEADER, "header", 1 },
  { GUMBO_TAG_MAIN, "main", 1 },
  { GUMBO_TAG_NAV, "nav", 1 },
  { GUMBO_TAG_SECTION, "section", 1 },
  { GUMBO_TAG_SUMMARY, "summary", 1 },
  { GUMBO_TAG_BLOCKQUOTE, "blockquote", 1 },
  { GUMBO_TAG_LI, "li", 1 },
  { GUMBO_TAG_TR, "tr", 1 },
  { GUMBO_TAG_PRE, "pre", 1 },
  { GUMBO_TAG_UL, "ul", 1 },
  { GUMBO_TAG_OL, "ol", 1 },
};

static guint breaks_of_tag(GumboTag tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS(block_effects); i++)
    if (block_effects[i].tag == tag) return block_effects[i].breaks;
  return 0;
}

/* The breaks at an element's edges: a paragraph without margins is but a line. */
static guint breaks_of(const GumboElement *element)
{
  if (element->tag == GUMBO_TAG_P && gumbo_get_attribute(&element->attributes, "tight") != NULL) return 1;
  return breaks_of_tag(element->tag);
}

static enum html_mark mark_of(const GumboElement *element)
{
  if (element->attributes.length == 0) return HTML_MARK_NONE;
  const GumboAttribute *attribute = gumbo_get_attribute(&element->attributes, "mark");
  int mark = attribute != NULL ? g_ascii_digit_value(attribute->value[0]) : HTML_MARK_NONE;
  return mark > HTML_MARK_NONE && mark < HTML_MARK_COUNT ? (enum html_mark)mark : HTML_MARK_NONE;
}

static void enter_element(struct html_flow *flow, const GumboElement *element)
{
  guint breaks = breaks_of(element);
  enum html_mark mark = mark_of(element);
  if (mark != HTML_MARK_NONE) {
    if (breaks > 0) html_flow_block(flow, 1);
    html_flow_mark(flow, mark, true);
  }
  if (mark == HTML_MARK_INDENT) return;
  switch ((int)element->tag) {
  case GUMBO_TAG_BR: html_flow_break(flow); break;
  case GUMBO_TAG_HR: html_flow_rule(flow); break;
  case GUMBO_TAG_PRE: html_flow_pre(flow, true); break;
  case GUMBO_TAG_BLOCKQUOTE: html_flow_quote(flow, true); break;
  case GUMBO_TAG_UL: html_flow_list(flow, false); break;
  case GUMBO_TAG_OL: html_flow_list(flow, true); break;
  case GUMBO_TAG_LI: html_flow_item(flow); break;
  case GUMBO_TAG_TR: html_flow_row(flow); break;
  case GUMBO_TAG_TD:
  case GUMBO_TAG_TH: html_flow_cell(flow); break;
  case GUMBO_TAG_A: html_flow_link(flow); break;
  default:
    if (breaks > 0) html_flow_block(flow, breaks);
  }
}

static void leave_element(struct html_flow *flow, const GumboElement *element)
{
  const GumboAttribute *href;
  guint breaks = breaks_of(element);
  enum html_mark mark = mark_of(element);
  if (mark != HTML_MARK_NONE) {
    if (breaks > 0) html_flow_block(flow, 1);
    html_flow_mark(flow, mark, false);
  }
  if (mark == HTML_MARK_INDENT) return;
  switch ((int)element->tag) {
  case GUMBO_TAG_PRE: html_flow_pre(flow, false); break;
  case GUMBO_TAG_BLOCKQUOTE: html_flow_quote(flow, false); break;
  case GUMBO_TAG_UL:
  case GUMBO_TAG_OL: html_flow_list_end(flow); break;
  case GUMBO_TAG_TR: html_flow_row(flow); break;
  case GUMBO_TAG_TD:
  case GUMBO_TAG_TH: html_flow_cell_end(flow); break;
  case GUMBO_TAG_A:
    href = gumbo_get_attribute(&element->attributes, "href");
    html_flow_link_end(flow, href != NULL ? href->value : NULL);
    break;
  default:
    if (breaks > 0) html_flow_block(flow, breaks);
  }
}

/* A node on the way from the root, and which child comes next. */
struct step {
  const GumboElement *element;
  guint next;
};

/* Walks the tree without recursion. */
static void walk(struct html_flow *flow, const GumboNode *root)
{
  g_autoptr(GArray) way = g_array_new(FALSE, FALSE, sizeof(struct step));
  struct step first = { &root->v.element, 0 };
  g_array_append_val(way, first);
  while (way->len > 0) {
    struct step *step = &g_array_index(way, struct step, way->len - 1);
    if (step->next == step->element->children.length) {
      leave_element(flow, step->element);
      g_array_set_size(way, way->len - 1);
      continue;
    }
    const GumboNode *node = step->element->children.data[step->next++];
    if (node->type == GUMBO_NODE_ELEMENT) {
      struct step next = { &node->v.element, 0 };
      enter_element(flow, &node->v.element);
      g_array_append_val(way, next);
    } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      html_flow_text(flow, node->v.text.text, strlen(node->v.text.text));
    }
  }
}

/* Through gumbo; NULL when a bound is passed. */
static char *text_by_tree(const char *html, gsize size, html_mark_of *marks)
{
  g_autoptr(GString) document = html_bound(html, size, marks);
  if (document == NULL) return NULL;
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput *output = gumbo_parse_with_options(&options, document->str, document->len);
  struct html_flow *flow = html_flow_new(document->len);
  if (marks != NULL) html_flow_show_marks(flow);
  walk(flow, output->root);
  gumbo_destroy_output(&options, output);
  return html_flow_finish(flow);
}

/* Character references that German and English mails use; numbers are read as such. */
static const struct {
  const char *name, *text;
} references[] = {
  { "amp", "&" },         { "lt", "<" },     { "gt", ">" },     { "quot", "\"" },  { "apos", "'" },
  { "nbsp", "\xC2\xA0" }, { "auml", "ä" },   { "ouml", "ö" },   { "uuml", "ü" },   { "Auml", "Ä" },
  { "Ouml", "Ö" },        { "Uuml", "Ü" },   { "szlig", "ß" },  { "euro", "€" },   { "ndash", "–" },
  { "mdash", "—" },       { "hellip", "…" }, { "bdquo", "„" },  { "ldquo", "“" },  { "rdquo", "”" },
  { "lsquo", "‘" },       { "rsquo", "’" },  { "sbquo", "‚" },  { "laquo", "«" },  { "raquo", "»" },
  { "eacute", "é" },      { "egrave", "è" }, { "agrave", "à" }, { "ccedil", "ç" }, { "sect", "§" },
  { "deg", "°" },         { "middot", "·" }, { "bull", "•" },   { "copy", "©" },   { "shy", "" },
  { "zwnj", "" },
};

/* A number after "&#": its character; 0 where it is none. */
static gunichar read_number(const char *digits, gsize size)
{
  bool is_hex = size > 0 && (*digits == 'x' || *digits == 'X');
  gunichar number = 0;
  for (gsize i = is_hex; i < size && number <= 0x10FFFF; i++) {
    int digit = is_hex ? g_ascii_xdigit_value(digits[i]) : g_ascii_digit_value(digits[i]);
    if (digit < 0) return 0;
    number = number * (is_hex ? 16 : 10) + (gunichar)digit;
  }
  return g_unichar_validate(number) ? number : 0;
}

/* Puts what the reference "&name;" at p means; returns its length, 0 where it is none. */
static gsize put_reference(struct html_flow *flow, const char *p, const char *end)
{
  const char *semicolon = memchr(p, ';', MIN((gsize)(end - p), 12));
  if (semicolon == NULL || semicolon - p < 2) return 0;
  gsize length = (gsize)(semicolon - p) - 1;
  if (p[1] == '#') {
    char utf8[6];
    gunichar number = read_number(p + 2, length - 1);
    if (number == 0) return 0;
    html_flow_text(flow, utf8, (gsize)g_unichar_to_utf8(number, utf8));
    return length + 2;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(references); i++) {
    if (strlen(references[i].name) != length || memcmp(references[i].name, p + 1, length) != 0) continue;
    html_flow_text(flow, references[i].text, strlen(references[i].text));
    return length + 2;
  }
  return 0;
}

/* Text with references, without a parser. */
static void strip_text(struct html_flow *flow, struct html_span text)
{
  for (const char *p = text.at, *end = p + text.size; p < end;) {
    const char *sign = memchr(p, '&', (gsize)(end - p));
    if (sign == NULL) sign = end;
    html_flow_text(flow, p, (gsize)(sign - p));
    p = sign;
    if (p == end) break;
    gsize length = put_reference(flow, p, end);
    if (length == 0) html_flow_text(flow, p, length = 1);
    p += length;
  }
}

/* Drops tags; those of blocks become line ends. */
static char *text_by_stripping(const char *html, gsize size)
{
  struct html_flow *flow = html_flow_new(size);
  struct html_scan scan = { html, html + size, false };
  struct html_token token;
  while (html_scan_next(&scan, &token)) {
    if (token.kind == HTML_TEXT) {
      strip_text(flow, token.text);
    } else if (strcmp(token.name, "br") == 0) {
      html_flow_break(flow);
    } else {
      for (gsize i = 0; *token.name != '\0' && i < G_N_ELEMENTS(block_effects); i++)
        if (strcmp(token.name, block_effects[i].name) == 0) html_flow_block(flow, block_effects[i].breaks);
    }
  }
  return html_flow_finish(flow);
}

/* The last resort, for input that is one unfinished comment, style or tag: all that is not between < and >.
 */
static char *text_between_brackets(const char *html, gsize size)
{
  struct html_flow *flow = html_flow_new(size);
  for (const char *p = html, *end = html + size; p < end;) {
    const char *open = memchr(p, '<', (gsize)(end - p));
    strip_text(flow, (struct html_span){ p, (gsize)((open != NULL ? open : end) - p) });
    if (open == NULL) break;
    const char *close = memchr(open, '>', (gsize)(end - open));
    html_flow_block(flow, 1);
    p = close != NULL ? close + 1 : open + 1;
    if (close == NULL) {
      strip_text(flow, (struct html_span){ p, (gsize)(end - p) });
      break;
    }
  }
  return html_flow_finish(flow);
}

/* True where something unfinished swallowed all text there may be. */
static bool is_swallowed(const char *html, gsize size)
{
  struct html_scan scan = { html, html + size, false };
  struct html_token token;
  while (html_scan_next(&scan, &token))
    for (gsize i = 0; token.kind == HTML_TEXT && i < token.text.size; i++)
      if (!g_ascii_isspace(token.text.at[i])) return false;
  return scan.is_unfinished;
}

char *html_to_text(const char *html, gsize size)
{
  char *text = text_by_tree(html, size, NULL);
  if (text == NULL) text = text_by_stripping(html, size);
  if (*text != '\0' || !is_swallowed(html, size)) return text;
  g_free(text);
  return text_between_brackets(html, size);
}

/* Whether any element is marked: cheaper than parsing, and most mails of machines have none. */
static bool has_mark(const char *html, gsize size, html_mark_of *marks)
{
  struct html_scan scan = { html, html + size, false };
  struct html_token token;
  guint tags = 0;
  while (tags < HTML_MAX_TAGS && html_scan_next(&scan, &token)) {
    if (token.kind != HTML_START_TAG) continue;
    if (marks(&token) != HTML_MARK_NONE) return true;
    tags++;
  }
  return false;
}

char *html_to_marked_text(const char *html, gsize size, html_mark_of *marks)
{
  return has_mark(html, size, marks) ? text_by_tree(html, size, marks) : NULL;
}
