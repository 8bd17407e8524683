/* Bounding HTML: gumbo is quadratic in the depth of open elements, in the attributes of one tag, and in
 * formatting elements that it reopens in every paragraph (<b 1><b 2>… then <p><p><p>…). So it never sees a
 * mail's HTML, only what this file writes from it: every element is closed in order, so that gumbo's stack
 * cannot grow beyond ours; only elements that shape text are kept, and no formatting but <a>, which is always
 * closed before its parent; attributes are at most three.
 *
 * Where end tags are missing or cross each other we close as the HTML standard does in the common cases: a
 * block ends a paragraph, <li> ends <li>, <td> ends <td>, and nothing inside a table's cell closes what is
 * outside of it. Content of crossing elements may come to stand outside rather than inside; its order never
 * changes. */
#include "lib/text/html/html_bound.h"
#include "lib/text/html/html_scan.h"
#include "lib/text/utf8.h"
#include <stdlib.h>
#include <string.h>

enum element_trait {
  ENDS_PARAGRAPH = 1, /* its start tag closes an open <p> */
  IS_VOID = 2,        /* has no content */
  IS_SCOPE = 4,       /* what is inside does not close what is outside */
  IS_DROPPED = 8,     /* tag without effect on text: not written */
  IS_OF_TABLE = 16,   /* ends what is open in a cell, but not beyond its table */
};

struct element {
  const char *name;
  unsigned traits;
  const char *closes; /* names, separated by spaces, of which a new one closes an open one; NULL: none */
  const char *until;  /* … searched up to the nearest of these */
};

/* Sorted by name. What is not here is unknown: its tags are dropped, its content stays. */
static const struct element elements[] = {
  { "a", 0, "a", "" },
  { "address", ENDS_PARAGRAPH, NULL, NULL },
  { "area", IS_VOID | IS_DROPPED, NULL, NULL },
  { "article", ENDS_PARAGRAPH, NULL, NULL },
  { "aside", ENDS_PARAGRAPH, NULL, NULL },
  { "base", IS_VOID | IS_DROPPED, NULL, NULL },
  { "blockquote", ENDS_PARAGRAPH, NULL, NULL },
  { "br", IS_VOID, NULL, NULL },
  { "caption", IS_SCOPE | IS_OF_TABLE, NULL, NULL },
  { "center", ENDS_PARAGRAPH, NULL, NULL },
  { "col", IS_VOID | IS_DROPPED, NULL, NULL },
  { "dd", ENDS_PARAGRAPH, "dd dt", "dl" },
  { "details", ENDS_PARAGRAPH, NULL, NULL },
  { "div", ENDS_PARAGRAPH, NULL, NULL },
  { "dl", ENDS_PARAGRAPH, NULL, NULL },
  { "dt", ENDS_PARAGRAPH, "dd dt", "dl" },
  { "embed", IS_VOID | IS_DROPPED, NULL, NULL },
  { "fieldset", ENDS_PARAGRAPH, NULL, NULL },
  { "figcaption", ENDS_PARAGRAPH, NULL, NULL },
  { "figure", ENDS_PARAGRAPH, NULL, NULL },
  { "footer", ENDS_PARAGRAPH, NULL, NULL },
  { "h1", ENDS_PARAGRAPH, NULL, NULL },
  { "h2", ENDS_PARAGRAPH, NULL, NULL },
  { "h3", ENDS_PARAGRAPH, NULL, NULL },
  { "h4", ENDS_PARAGRAPH, NULL, NULL },
  { "h5", ENDS_PARAGRAPH, NULL, NULL },
  { "h6", ENDS_PARAGRAPH, NULL, NULL },
  { "header", ENDS_PARAGRAPH, NULL, NULL },
  { "hr", ENDS_PARAGRAPH | IS_VOID, NULL, NULL },
  { "img", IS_VOID | IS_DROPPED, NULL, NULL },
  { "input", IS_VOID | IS_DROPPED, NULL, NULL },
  { "li", ENDS_PARAGRAPH, "li", "ul ol" },
  { "link", IS_VOID | IS_DROPPED, NULL, NULL },
  { "main", ENDS_PARAGRAPH, NULL, NULL },
  { "meta", IS_VOID | IS_DROPPED, NULL, NULL },
  { "nav", ENDS_PARAGRAPH, NULL, NULL },
  { "ol", ENDS_PARAGRAPH, NULL, NULL },
  { "p", ENDS_PARAGRAPH, NULL, NULL },
  { "param", IS_VOID | IS_DROPPED, NULL, NULL },
  { "pre", ENDS_PARAGRAPH, NULL, NULL },
  { "section", ENDS_PARAGRAPH, NULL, NULL },
  { "source", IS_VOID | IS_DROPPED, NULL, NULL },
  { "summary", ENDS_PARAGRAPH, NULL, NULL },
  { "table", ENDS_PARAGRAPH | IS_SCOPE | IS_OF_TABLE, NULL, NULL },
  { "tbody", IS_OF_TABLE, "tbody thead tfoot", "table" },
  { "td", IS_SCOPE | IS_OF_TABLE, "td th", "tr table" },
  { "tfoot", IS_OF_TABLE, "tbody thead tfoot", "table" },
  { "th", IS_SCOPE | IS_OF_TABLE, "td th", "tr table" },
  { "thead", IS_OF_TABLE, "tbody thead tfoot", "table" },
  { "tr", IS_OF_TABLE, "tr", "table tbody thead tfoot" },
  { "track", IS_VOID | IS_DROPPED, NULL, NULL },
  { "ul", ENDS_PARAGRAPH, NULL, NULL },
  { "wbr", IS_VOID | IS_DROPPED, NULL, NULL },
};

static const struct element unknown_element = { "", IS_DROPPED, NULL, NULL };

struct open_element {
  const struct element *element;
  char name[HTML_NAME_MAX + 1];
};

struct bound {
  GString *out;
  struct open_element stack[HTML_MAX_OPEN];
  guint depth;
  guint hidden_from; /* depth at which a hidden element was opened, counted from 1; 0: all is seen */
  guint tags;
  guint links; /* open <a> */
  html_mark_of *mark_of;
};

static int compare_element(const void *name, const void *element)
{
  return strcmp(name, ((const struct element *)element)->name);
}

static const struct element *find_element(const char *name)
{
  const struct element *found =
      bsearch(name, elements, G_N_ELEMENTS(elements), sizeof elements[0], compare_element);
  return found != NULL ? found : &unknown_element;
}

/* Sets of elements are bits in the order of the table. */
static guint64 bit_of(const struct element *element)
{
  return element == &unknown_element ? 0 : (guint64)1 << (element - elements);
}

_Static_assert(G_N_ELEMENTS(elements) <= 64, "a set of elements is one word");

static guint64 bits_of(const char *names)
{
  guint64 bits = 0;
  g_auto(GStrv) words = g_strsplit(names != NULL ? names : "", " ", -1);
  for (char **word = words; *word != NULL; word++) bits |= bit_of(find_element(*word));
  return bits;
}

/* The table's names as sets, computed once. */
struct closing {
  guint64 closes[G_N_ELEMENTS(elements)], until[G_N_ELEMENTS(elements)];
  guint64 paragraph, table;
};

static const struct closing *closing_sets(void)
{
  static struct closing sets;
  static gsize is_ready = 0;
  if (g_once_init_enter(&is_ready)) {
    for (gsize i = 0; i < G_N_ELEMENTS(elements); i++) {
      sets.closes[i] = bits_of(elements[i].closes);
      sets.until[i] = bits_of(elements[i].until);
    }
    sets.paragraph = bits_of("p");
    sets.table = bits_of("table");
    g_once_init_leave(&is_ready, 1);
  }
  return &sets;
}

/* Closes the innermost element. */
static void pop(struct bound *bound)
{
  struct open_element *open = &bound->stack[bound->depth - 1];
  if (bound->hidden_from == 0 && !(open->element->traits & IS_DROPPED))
    g_string_append_printf(bound->out, "</%s>", open->element->name);
  if (strcmp(open->name, "a") == 0) bound->links--;
  if (bound->hidden_from == bound->depth) bound->hidden_from = 0;
  bound->depth--;
}

/* Closes down to the innermost element of a set, unless one of `until` or a scope is met before. */
static void close_down_to(struct bound *bound, guint64 set, guint64 until, bool stops_at_scopes)
{
  for (guint i = bound->depth; i > 0; i--) {
    const struct element *element = bound->stack[i - 1].element;
    if (bit_of(element) & set) {
      while (bound->depth >= i) pop(bound);
      return;
    }
    if ((bit_of(element) & until) || (stops_at_scopes && (element->traits & IS_SCOPE))) return;
  }
}

/* The same for an element that is in no set: only hidden ones are on the stack. */
static void close_unknown(struct bound *bound, const char *name)
{
  for (guint i = bound->depth; i > 0; i--) {
    if (strcmp(bound->stack[i - 1].name, name) == 0) {
      while (bound->depth >= i) pop(bound);
      return;
    }
    if (bound->stack[i - 1].element->traits & IS_SCOPE) return;
  }
}

/* Opens an element; false when there are too many. */
static bool push(struct bound *bound, const struct element *element, const struct html_token *token)
{
  if (bound->depth == HTML_MAX_OPEN) return false;
  struct open_element *open = &bound->stack[bound->depth++];
  open->element = element;
  memcpy(open->name, token->name, sizeof open->name);
  if (token->is_hidden && bound->hidden_from == 0) bound->hidden_from = bound->depth;
  if (strcmp(token->name, "a") == 0) bound->links++;
  return true;
}

/* An attribute's raw value between double quotes. */
static void put_raw_attribute(GString *out, const char *name, struct html_span value)
{
  g_string_append_printf(out, " %s=\"", name);
  for (gsize i = 0; i < value.size; i++) {
    if (value.at[i] == '"')
      g_string_append(out, "&quot;");
    else if (value.at[i] != '\0')
      g_string_append_c(out, value.at[i]);
  }
  g_string_append_c(out, '"');
}

/* True for the paragraphs of Word and Outlook, which stand for lines. */
static bool is_tight(const struct html_token *token)
{
  return token->is_tight ||
         (token->class_name.size >= 3 && g_ascii_strncasecmp(token->class_name.at, "mso", 3) == 0);
}

/* The mark of an element; few have the attributes that can tell. */
static enum html_mark mark_of(const struct bound *bound, const struct html_token *token)
{
  bool may = bound->mark_of != NULL &&
             (token->class_name.size > 0 || token->id.size > 0 || token->given_name.size > 0 ||
              token->type.size > 0 || token->style.size > 0 || token->data_marker.size > 0);
  return may ? bound->mark_of(token) : HTML_MARK_NONE;
}

static void put_mark(struct bound *bound, const struct html_token *token)
{
  enum html_mark mark = mark_of(bound, token);
  if (mark != HTML_MARK_NONE) g_string_append_printf(bound->out, " mark=%d", (int)mark);
}

/* A mark at an element of which nothing else is kept: it holds from here on, or it is lost. */
static void put_bare_mark(struct bound *bound, const struct html_token *token)
{
  enum html_mark mark = bound->hidden_from == 0 ? mark_of(bound, token) : HTML_MARK_NONE;
  if (mark == HTML_MARK_REST || mark == HTML_MARK_FORWARD || mark == HTML_MARK_SIGNATURE_HERE)
    g_string_append_printf(bound->out, "<wbr mark=%d>", (int)mark);
}

static void put_start_tag(struct bound *bound, const struct element *element, const struct html_token *token)
{
  g_string_append_printf(bound->out, "<%s", element->name);
  put_mark(bound, token);
  if (token->href.at != NULL && strcmp(element->name, "a") == 0)
    put_raw_attribute(bound->out, "href", token->href);
  if (strcmp(element->name, "p") == 0 && is_tight(token)) g_string_append(bound->out, " tight");
  g_string_append_c(bound->out, '>');
}

/* Text, so written that it can start no tag with what follows. */
static void put_raw_text(struct bound *bound, struct html_span text)
{
  for (const char *p = text.at, *end = p + text.size; p < end;) {
    gsize run = 0;
    while (p + run < end && p[run] != '<' && p[run] != '\0') run++;
    g_string_append_len(bound->out, p, (gssize)run);
    p += run;
    if (p < end && *p++ == '<') g_string_append(bound->out, "&lt;");
  }
}

/* A picture's other text where it is one: a smiley, or what a link consists of. */
static void put_picture(struct bound *bound, const struct html_token *token)
{
  gunichar c = 0;
  if (token->alt.size == 0 || bound->hidden_from != 0) return;
  bool is_symbol = token->alt.size <= 16 &&
                   utf8_read(token->alt.at, token->alt.at + token->alt.size, &c) > 1 && !g_unichar_isalpha(c);
  if (is_symbol || bound->links > 0) put_raw_text(bound, token->alt);
}

/* True where an open unknown element of this name must be matched by our own stack: it is hidden. */
static bool has_open(const struct bound *bound, const char *name)
{
  for (guint i = bound->depth; i > 0; i--)
    if (strcmp(bound->stack[i - 1].name, name) == 0) return true;
  return false;
}

static bool start_tag(struct bound *bound, const struct html_token *token)
{
  const struct element *element = find_element(token->name);
  if (++bound->tags > HTML_MAX_TAGS) return false;
  if (strcmp(token->name, "img") == 0) put_picture(bound, token);
  if (element->traits & IS_DROPPED) {
    put_bare_mark(bound, token);
    bool matters = !(element->traits & IS_VOID) && *token->name != '\0' &&
                   (token->is_hidden || (bound->hidden_from != 0 && has_open(bound, token->name)));
    return !matters || push(bound, element, token);
  }
  const struct closing *sets = closing_sets();
  gsize index = (gsize)(element - elements);
  if (element->traits & ENDS_PARAGRAPH) close_down_to(bound, sets->paragraph, 0, true);
  if (sets->closes[index] != 0)
    close_down_to(bound, sets->closes[index], sets->until[index], !(element->traits & IS_OF_TABLE));
  if (element->traits & IS_VOID) {
    if (bound->hidden_from == 0 && !token->is_hidden) put_start_tag(bound, element, token);
    return true;
  }
  bool was_seen = bound->hidden_from == 0;
  if (!push(bound, element, token)) return false;
  if (was_seen && bound->hidden_from == 0) put_start_tag(bound, element, token);
  return true;
}

/* An end tag closes its element unless that lies outside of the cell or table we are in. */
static bool end_tag(struct bound *bound, const struct html_token *token)
{
  const struct element *element = find_element(token->name);
  bool is_of_table = (element->traits & IS_OF_TABLE) != 0;
  if (strcmp(token->name, "br") == 0 && bound->hidden_from == 0) g_string_append(bound->out, "<br>");
  if (element != &unknown_element)
    close_down_to(bound, bit_of(element), is_of_table ? closing_sets()->table : 0, !is_of_table);
  else if (*token->name != '\0' && bound->hidden_from != 0)
    close_unknown(bound, token->name);
  return ++bound->tags <= HTML_MAX_TAGS;
}

GString *html_bound(const char *html, gsize size, html_mark_of *mark_of_token)
{
  g_autofree struct bound *bound = g_new0(struct bound, 1);
  struct html_scan scan = { html, html + size, false };
  struct html_token token;
  bool fits = size <= HTML_MAX_BYTES;
  bound->mark_of = mark_of_token;
  bound->out = g_string_sized_new(fits ? size : 0);
  while (fits && html_scan_next(&scan, &token)) {
    if (token.kind == HTML_TEXT && bound->hidden_from == 0) put_raw_text(bound, token.text);
    if (token.kind == HTML_START_TAG) fits = start_tag(bound, &token);
    if (token.kind == HTML_END_TAG) fits = end_tag(bound, &token);
  }
  while (bound->depth > 0) pop(bound);
  if (fits) return bound->out;
  g_string_free(bound->out, TRUE);
  return NULL;
}
