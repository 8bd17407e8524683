/* A letter's two bodies. lists/letters hands in a Markdown file and values.
 *
 * Values never meet the Markdown parser. The template runs first, but each {{name}} leaves only a mark (two
 * private-use characters around a number) where its value belongs; cmark parses that; then the marks in the
 * tree are replaced by literal text nodes. So a subject of "[x](javascript:…)" or "# Eilt" is just these
 * characters, in HTML as in plain text. In a link's target a value is percent-encoded, and where it is the
 * whole target it must be http, https or mailto.
 *
 * Raw HTML and pictures in a template are dropped: a letter loads nothing and says everything in text. */
#include "lib/text/letter_text.h"
#include "lib/base/fault.h"
#include "lib/text/escape.h"
#include "lib/text/letter_plain.h"
#include <cmark.h>
#include <string.h>

#define MARK_OPEN  "\xEE\x80\x80" /* U+E000 */
#define MARK_CLOSE "\xEE\x80\x81" /* U+E001 */

enum { SUBJECT_MAX_BYTES = 250 };

void letter_text_free(struct letter_text *letter)
{
  if (letter == NULL) return;
  g_free(letter->subject);
  g_free(letter->plain);
  g_free(letter->html);
  g_free(letter);
}

/* A template_put: keeps the value in the array `data` and leaves its number. */
static void put_mark(GString *out, const char *text, void *data)
{
  GPtrArray *values = data;
  g_string_append_printf(out, MARK_OPEN "%u" MARK_CLOSE, values->len);
  g_autoptr(GString) clean = g_string_new(NULL);
  put_plain(clean, text);
  g_strdelimit(clean->str, "\t", ' ');
  g_ptr_array_add(values, g_strdup(g_strstrip(clean->str)));
}

/* The next mark from p on: its value, with *start and *end around it; NULL: none. */
static const char *next_mark(const char *p, GPtrArray *values, const char **start, const char **end)
{
  for (; (*start = strstr(p, MARK_OPEN)) != NULL; p = *start + 1) {
    char *after;
    guint64 number = g_ascii_strtoull(*start + strlen(MARK_OPEN), &after, 10);
    if (!g_str_has_prefix(after, MARK_CLOSE) || number >= values->len) continue;
    *end = after + strlen(MARK_CLOSE);
    return g_ptr_array_index(values, number);
  }
  return NULL;
}

/* A node with literal text, put in before `before`. */
static void insert_text(cmark_node *before, const char *text, gsize size)
{
  if (size == 0) return;
  g_autofree char *copy = g_strndup(text, size);
  cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(node, copy);
  cmark_node_insert_before(before, node);
}

/* A value: its lines as text with hard breaks between. */
static void insert_value(cmark_node *before, const char *value)
{
  g_auto(GStrv) lines = g_strsplit(value, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    if (line != lines) cmark_node_insert_before(before, cmark_node_new(CMARK_NODE_LINEBREAK));
    insert_text(before, *line, strlen(*line));
  }
}

/* A text node: what is around marks and the values of marks take its place. */
static void fill_text(cmark_node *node, GPtrArray *values)
{
  const char *p = cmark_node_get_literal(node), *start, *end, *value;
  if (p == NULL || strstr(p, MARK_OPEN) == NULL) return;
  while ((value = next_mark(p, values, &start, &end)) != NULL) {
    insert_text(node, p, (gsize)(start - p));
    insert_value(node, value);
    p = end;
  }
  insert_text(node, p, strlen(p));
  cmark_node_free(node);
}

/* Code: values go in as they are. */
static void fill_code(cmark_node *node, GPtrArray *values)
{
  const char *p = cmark_node_get_literal(node), *start, *end, *value;
  g_autoptr(GString) out = g_string_new(NULL);
  if (p == NULL) return;
  while ((value = next_mark(p, values, &start, &end)) != NULL) {
    g_string_append_len(out, p, start - p);
    g_string_append(out, value);
    p = end;
  }
  g_string_append(out, p);
  cmark_node_set_literal(node, out->str);
}

/* True for a URL that a letter may lead to. */
static bool is_allowed_url(const char *url)
{
  static const char *const schemes[] = { "https://", "http://", "mailto:" };
  for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++)
    if (g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
      return strpbrk(url, " \t\n<>\"") == NULL;
  return false;
}

/* A value inside of a link's target: an address behind "mailto:" keeps its "@". */
static void put_in_target(GString *out, const char *value)
{
  if (strcmp(out->str, "mailto:") != 0) {
    put_url(out, value);
    return;
  }
  g_string_truncate(out, 0);
  put_mailto(out, value, NULL, NULL);
}

/* A link's target with its marks filled; a target that is not allowed takes the link away and leaves its
 * text. */
static void fill_link(cmark_node *node, GPtrArray *values)
{
  const char *p = cmark_node_get_url(node), *start, *end, *value;
  g_autoptr(GString) out = g_string_new(NULL);
  const char *whole = next_mark(p, values, &start, &end);
  if (whole != NULL && start == p && *end == '\0') {
    g_string_append(out, whole);
  } else {
    while ((value = next_mark(p, values, &start, &end)) != NULL) {
      g_string_append_len(out, p, start - p);
      put_in_target(out, value);
      p = end;
    }
    g_string_append(out, p);
  }
  cmark_node_set_url(node, is_allowed_url(out->str) ? out->str : "");
  cmark_node_set_title(node, "");
}

/* Takes a node away and leaves what is in it. */
static void unwrap(cmark_node *node)
{
  for (cmark_node *child; (child = cmark_node_first_child(node)) != NULL;)
    cmark_node_insert_before(node, child);
  cmark_node_free(node);
}

/* Fills one node; called when all below it is done. */
static void fill_node(cmark_node *node, GPtrArray *values)
{
  switch ((int)cmark_node_get_type(node)) {
  case CMARK_NODE_TEXT: fill_text(node, values); break;
  case CMARK_NODE_CODE:
  case CMARK_NODE_CODE_BLOCK: fill_code(node, values); break;
  case CMARK_NODE_HTML_BLOCK:
  case CMARK_NODE_HTML_INLINE: cmark_node_free(node); break;
  case CMARK_NODE_IMAGE: unwrap(node); break;
  case CMARK_NODE_LINK:
    fill_link(node, values);
    if (*cmark_node_get_url(node) == '\0') unwrap(node);
    break;
  case CMARK_NODE_PARAGRAPH:
  case CMARK_NODE_HEADING:
  case CMARK_NODE_ITEM:
  case CMARK_NODE_LIST:
  case CMARK_NODE_BLOCK_QUOTE:
    if (cmark_node_first_child(node) == NULL) cmark_node_free(node);
    break;
  default: break;
  }
}

/* True for the kinds of nodes that the iterator enters but does not leave. */
static bool is_leaf(cmark_node *node)
{
  static const int leaves[] = { CMARK_NODE_TEXT,       CMARK_NODE_CODE,        CMARK_NODE_CODE_BLOCK,
                                CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE, CMARK_NODE_THEMATIC_BREAK,
                                CMARK_NODE_SOFTBREAK,  CMARK_NODE_LINEBREAK };
  for (gsize i = 0; i < G_N_ELEMENTS(leaves); i++)
    if ((int)cmark_node_get_type(node) == leaves[i]) return true;
  return false;
}

/* Replaces all marks in the tree. Nodes are listed first, children before parents, since filling removes and
 * adds some. */
static void fill_tree(cmark_node *document, GPtrArray *values)
{
  g_autoptr(GPtrArray) nodes = g_ptr_array_new();
  cmark_iter *iter = cmark_iter_new(document);
  cmark_event_type event;
  cmark_consolidate_text_nodes(document);
  while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
    cmark_node *node = cmark_iter_get_node(iter);
    if (event == CMARK_EVENT_EXIT || is_leaf(node)) g_ptr_array_add(nodes, node);
  }
  cmark_iter_free(iter);
  for (guint i = 0; i < nodes->len; i++) fill_node(g_ptr_array_index(nodes, i), values);
}

/* Letters in a browser or mail program: a narrow column, large enough, its own colours in the dark. */
static const char style[] = "body{margin:0;padding:1.2em;background:#fff;color:#1b1b1b;"
                            "font:17px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif}"
                            "main{max-width:36em;margin:0 auto;overflow-wrap:anywhere}"
                            "a{color:#0b57a4}"
                            "blockquote{margin:1em 0;padding-left:.9em;border-left:3px solid #767676}"
                            "@media (prefers-color-scheme:dark){body{background:#161616;color:#ececec}"
                            "a{color:#8ec5ff}}";

/* Leichte Sprache is set larger. */
static const char easy_style[] = "body{font-size:20px;line-height:1.7}";

/* A link to a mail that is written already is a button: large enough for a finger, in programs, too, that
 * drop style sheets. */
static const char button[] = " style=\"display:inline-block;padding:.45em 1em;margin:.25em .25em .25em 0;"
                             "border:1px solid;border-radius:.4em;text-decoration:none\"";

/* The body with its buttons. cmark writes every link so; a "<" of a value is none. Caller frees. */
static char *with_buttons(const char *body)
{
  static const char link[] = "<a href=\"mailto:";
  g_autoptr(GString) out = g_string_new(NULL);
  for (const char *at; (at = strstr(body, link)) != NULL;) {
    gsize length = strlen(link) + strcspn(at + strlen(link), "\"") + 1;
    g_string_append_len(out, body, at - body + (gssize)length);
    if (g_strstr_len(at, (gssize)length, "&amp;body=")) g_string_append(out, button);
    body = at + length;
  }
  g_string_append(out, body);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The whole HTML document. */
static char *frame(const char *body, const char *subject, const char *language)
{
  GString *out = g_string_new("<!DOCTYPE html>\n<html lang=\"");
  put_attr(out, language);
  g_string_append(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                       "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
  put_text(out, subject);
  g_string_append_printf(out, "</title>\n<style>%s%s</style>\n</head>\n<body>\n<main>\n", style,
                         g_str_has_suffix(language, "-x-leicht") ? easy_style : "");
  g_string_append(out, body);
  g_string_append(out, "</main>\n</body>\n</html>\n");
  return g_string_free(out, FALSE);
}

/* Runs a piece of the template; the result holds marks. NULL: FAULT_CONFIG. */
static char *run_template(const char *path, const char *source, const struct value *values, GPtrArray *marked,
                          GError **error)
{
  g_autoptr(template_t) template = template_parse_text(path, source, ESCAPE_TEXT, NULL, NULL, error);
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GError) failure = NULL;
  if (template == NULL) return NULL;
  if (template_render_with(template, values, put_mark, marked, out, &failure))
    return g_string_free(g_steal_pointer(&out), FALSE);
  fault_set(error, FAULT_CONFIG, "%s: The letter cannot be filled in: %s", path, failure->message);
  return NULL;
}

/* Where the text behind "Betreff:" or "Subject:" begins when the source starts with it; NULL: it does not. */
static const char *subject_in(const char *source)
{
  static const char *const heads[] = { "Betreff:", "Subject:" };
  for (gsize i = 0; i < G_N_ELEMENTS(heads); i++)
    if (g_ascii_strncasecmp(source, heads[i], strlen(heads[i])) == 0) return source + strlen(heads[i]);
  return NULL;
}

/* The subject: one line, filled; "" when the template has none. *body gets what follows it. */
static char *render_subject(const char *path, const char *markdown, const struct value *values,
                            const char **body, GError **error)
{
  while (g_ascii_isspace(*markdown)) markdown++;
  const char *text = subject_in(markdown);
  *body = markdown;
  if (text == NULL) return g_strdup("");
  g_autofree char *line = g_strndup(text, strcspn(text, "\n"));
  *body = text + strlen(line);
  g_autoptr(GPtrArray) marked = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *with_marks = run_template(path, line, values, marked, error);
  if (with_marks == NULL) return NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  const char *p = with_marks, *start, *end, *value;
  while ((value = next_mark(p, marked, &start, &end)) != NULL) {
    g_string_append_len(out, p, start - p);
    g_string_append(out, value);
    p = end;
  }
  g_string_append(out, p);
  return text_for_header(out->str, SUBJECT_MAX_BYTES);
}

bool letter_text_check(const char *path, const char *markdown, GError **error)
{
  if (strstr(markdown, MARK_OPEN) != NULL || strstr(markdown, MARK_CLOSE) != NULL)
    return fault_set(error, FAULT_CONFIG,
                     "%s: The letter holds the private-use characters U+E000 or U+E001, which we need.",
                     path);
  g_autoptr(template_t) whole = template_parse_text(path, markdown, ESCAPE_TEXT, NULL, NULL, error);
  return whole != NULL;
}

struct letter_text *letter_text_render(const char *path, const char *markdown, const struct value *values,
                                       const char *language, GError **error)
{
  if (!letter_text_check(path, markdown, error)) return NULL;
  const char *body;
  g_autofree char *subject = render_subject(path, markdown, values, &body, error);
  if (subject == NULL) return NULL;
  g_autoptr(GPtrArray) marked = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *source = run_template(path, body, values, marked, error);
  if (source == NULL) return NULL;
  cmark_node *document = cmark_parse_document(source, strlen(source), CMARK_OPT_DEFAULT);
  fill_tree(document, marked);
  char *html = cmark_render_html(document, CMARK_OPT_DEFAULT);
  struct letter_text *letter = g_new0(struct letter_text, 1);
  g_autofree char *body_html = with_buttons(html);
  letter->html = frame(body_html, subject, language);
  letter->plain = letter_plain(document);
  letter->subject = g_steal_pointer(&subject);
  free(html);
  cmark_node_free(document);
  return letter;
}
