/* Scanning HTML: the tokens of WHATWG's syntax as far as a mail's text needs them. Called by html_bound.c,
 * which builds a bounded document from them, and by html_in.c, which just drops the tags where that is
 * refused.
 *
 * Every byte is looked at a constant number of times: attributes are not compared with each other, and raw
 * text
 * (<script>, <style>) is searched for its end once. Outlook's conditional comments come in two forms:
 * `<!--[if mso]>…<![endif]-->` is one comment and goes with what is in it; `<![if !mso]>…<![endif]>` are two
 * marks, and what stands between is seen. */
#include "lib/text/html/html_scan.h"
#include <stddef.h>
#include <string.h>

/* Elements whose content is no text for readers and holds no tags. */
static const char *const raw_elements[] = {
  "script", "style", "title", "noembed", "noframes", "iframe", NULL
};

static bool is_space(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* True where `span` and the lower-case word are the same but for case. */
static bool span_is(struct html_span span, const char *word)
{
  return span.size == strlen(word) && g_ascii_strncasecmp(span.at, word, span.size) == 0;
}

/* The end of `needle` from p on; `end` when it does not come. */
static const char *after(const char *p, const char *end, const char *needle)
{
  const char *found = memmem(p, (gsize)(end - p), needle, strlen(needle));
  return found != NULL ? found + strlen(needle) : end;
}

/* Passes over what starts with "<!" or "<?" at p. */
static const char *skip_declaration(const char *p, const char *end)
{
  if (end - p < 4 || memcmp(p, "<!--", 4) != 0) return after(p, end, ">");
  if (p + 4 < end && p[4] == '>') return p + 5; /* "<!-->" is a whole comment */
  return after(p + 4, end, "-->");
}

/* One style declaration: hidden or tight? */
static void read_declaration(struct html_span name, struct html_span value, struct html_token *token)
{
  static const struct {
    const char *name, *value;
  } hiding[] = { { "display", "none" },
                 { "visibility", "hidden" },
                 { "text-decoration", "line-through" },
                 { "text-decoration-line", "line-through" },
                 { "mso-element", "comment" } }; /* comment-list, comment: what a reader of the draft wrote */
  for (gsize i = 0; i < G_N_ELEMENTS(hiding); i++)
    if (span_is(name, hiding[i].name) && value.size >= strlen(hiding[i].value) &&
        g_ascii_strncasecmp(value.at, hiding[i].value, strlen(hiding[i].value)) == 0)
      token->is_hidden = true;
  bool is_margin = span_is(name, "margin") || span_is(name, "margin-top") || span_is(name, "margin-bottom");
  if (is_margin && value.size > 0 && *value.at == '0' && (value.size == 1 || value.at[1] != '.'))
    token->is_tight = true;
}

static struct html_span trim(const char *from, const char *to)
{
  while (from < to && is_space(*from)) from++;
  while (to > from && is_space(to[-1])) to--;
  return (struct html_span){ from, (gsize)(to - from) };
}

/* A style attribute: declarations between semicolons. */
static void read_style(struct html_span style, struct html_token *token)
{
  const char *p = style.at, *end = style.at + style.size;
  while (p < end) {
    const char *stop = memchr(p, ';', (gsize)(end - p));
    if (stop == NULL) stop = end;
    const char *colon = memchr(p, ':', (gsize)(stop - p));
    if (colon != NULL) read_declaration(trim(p, colon), trim(colon + 1, stop), token);
    p = stop + 1;
  }
}

/* Keeps an attribute that matters; the first of a name counts. */
static void keep_attribute(struct html_span name, struct html_span value, struct html_token *token)
{
  static const struct {
    const char *name;
    gsize offset;
  } kept[] = {
    { "href", offsetof(struct html_token, href) },
    { "alt", offsetof(struct html_token, alt) },
    { "class", offsetof(struct html_token, class_name) },
    { "id", offsetof(struct html_token, id) },
    { "name", offsetof(struct html_token, given_name) },
    { "type", offsetof(struct html_token, type) },
    { "style", offsetof(struct html_token, style) },
    { "data-marker", offsetof(struct html_token, data_marker) },
  };
  if (span_is(name, "hidden")) token->is_hidden = true;
  if (span_is(name, "style")) read_style(value, token);
  for (gsize i = 0; i < G_N_ELEMENTS(kept); i++) {
    if (!span_is(name, kept[i].name)) continue;
    struct html_span *place = (struct html_span *)(void *)((char *)token + kept[i].offset);
    if (place->at == NULL) *place = value;
    return;
  }
}

/* What is struck out is not said any more, nor what somebody noted in Word's margin. */
static bool is_struck(const struct html_token *token)
{
  static const char *const struck[] = { "del", "s", "strike", NULL };
  static const char *const margins[] = { "MsoCommentText", "MsoCommentReference", "MsoCommentSubject" };
  if (g_strv_contains(struck, token->name)) return true;
  for (gsize i = 0; i < G_N_ELEMENTS(margins); i++)
    if (token->class_name.size == strlen(margins[i]) &&
        strncmp(token->class_name.at, margins[i], token->class_name.size) == 0)
      return true;
  return false;
}

/* Reads an attribute's value at p, after "=". */
static const char *read_value(const char *p, const char *end, struct html_span *value)
{
  while (p < end && is_space(*p)) p++;
  if (p < end && (*p == '"' || *p == '\'')) {
    const char *close = memchr(p + 1, *p, (gsize)(end - p - 1));
    if (close == NULL) close = end;
    *value = (struct html_span){ p + 1, (gsize)(close - p - 1) };
    return close < end ? close + 1 : end;
  }
  const char *start = p;
  while (p < end && !is_space(*p) && *p != '>') p++;
  *value = (struct html_span){ start, (gsize)(p - start) };
  return p;
}

/* Reads the attributes from p to behind the tag's ">". */
static const char *read_attributes(const char *p, const char *end, struct html_token *token)
{
  while (p < end && *p != '>') {
    if (is_space(*p) || *p == '/') {
      p++;
      continue;
    }
    const char *start = p++;
    while (p < end && !is_space(*p) && *p != '/' && *p != '>' && *p != '=') p++;
    struct html_span name = { start, (gsize)(p - start) }, value = { p, 0 };
    while (p < end && is_space(*p)) p++;
    if (p < end && *p == '=') p = read_value(p + 1, end, &value);
    keep_attribute(name, value, token);
  }
  return p < end ? p + 1 : end;
}

/* Reads a tag's name at p into the token. */
static const char *read_name(const char *p, const char *end, struct html_token *token)
{
  gsize size = 0;
  for (; p < end && !is_space(*p) && *p != '/' && *p != '>'; p++, size++)
    if (size < HTML_NAME_MAX) token->name[size] = g_ascii_tolower(*p);
  token->name[size <= HTML_NAME_MAX ? size : 0] = '\0';
  return p;
}

/* Passes over raw text to its end tag, or to the end of the input. */
static const char *skip_raw(const char *p, const char *end, const char *name, bool *is_unfinished)
{
  gsize size = strlen(name);
  while ((p = memmem(p, (gsize)(end - p), "</", 2)) != NULL) {
    p += 2;
    if ((gsize)(end - p) > size && g_ascii_strncasecmp(p, name, size) == 0 && !g_ascii_isalnum(p[size]))
      return after(p, end, ">");
  }
  *is_unfinished = true;
  return end;
}

/* True where a tag, comment or declaration starts at p ("<"). */
static bool starts_markup(const char *p, const char *end)
{
  if (end - p < 2) return false;
  return g_ascii_isalpha(p[1]) || p[1] == '!' || p[1] == '?' || (p[1] == '/' && end - p > 2 && p[2] != ' ');
}

/* Reads text up to the next markup. */
static void read_text(struct html_scan *scan, struct html_token *token)
{
  const char *p = scan->p;
  do {
    p = memchr(p + 1, '<', (gsize)(scan->end - p - 1));
    if (p == NULL) p = scan->end;
  } while (p < scan->end && !starts_markup(p, scan->end));
  token->kind = HTML_TEXT;
  token->text = (struct html_span){ scan->p, (gsize)(p - scan->p) };
  scan->p = p;
}

bool html_scan_next(struct html_scan *scan, struct html_token *token)
{
  memset(token, 0, sizeof *token);
  while (scan->p < scan->end) {
    const char *p = scan->p;
    if (*p != '<' || !starts_markup(p, scan->end)) {
      read_text(scan, token);
      return true;
    }
    if (p[1] == '!' || p[1] == '?' || (p[1] == '/' && !g_ascii_isalpha(p[2]))) {
      scan->p = skip_declaration(p, scan->end);
      scan->is_unfinished = scan->p == scan->end && scan->end[-1] != '>';
      continue;
    }
    bool is_end = p[1] == '/';
    p = read_name(p + 1 + is_end, scan->end, token);
    scan->p = read_attributes(p, scan->end, token);
    scan->is_unfinished = scan->p == scan->end && scan->end[-1] != '>';
    token->kind = is_end ? HTML_END_TAG : HTML_START_TAG;
    token->is_hidden |= !is_end && is_struck(token);
    if (!is_end && g_strv_contains(raw_elements, token->name)) {
      scan->p = skip_raw(scan->p, scan->end, token->name, &scan->is_unfinished);
      memset(token, 0, sizeof *token);
      continue;
    }
    return true;
  }
  return false;
}
