/* Filling pages. A thin coat over lib/text/template that knows two things more: only public text goes in, and
 * where the page lies, so that every link is relative and pages work from a folder, a stick or below any
 * address. */
#define PAGE_IS_THE_GATE
#include "web-archive/page.h"

#include "lib/text/escape.h"
#include "lib/text/template.h"
#include <string.h>

struct page {
  struct site *site;
  char *root; /* "../../" up to the archive */
  struct value *values;
};

static struct value *value_of(struct page_map *map)
{
  return (struct value *)map;
}

struct page *page_new(struct site *site, const char *path)
{
  struct page *page = g_new0(struct page, 1);
  page->site = site;
  page->values = value_new();
  GString *root = g_string_new(NULL);
  for (const char *p = path; *p; p++)
    if (*p == '/') g_string_append(root, "../");
  page->root = g_string_free(root, FALSE);
  return page;
}

void page_free(struct page *page)
{
  if (!page) return;
  g_free(page->root);
  value_free(page->values);
  g_free(page);
}

struct page_map *page_values(struct page *page)
{
  return (struct page_map *)page->values;
}

struct page_map *page_append(struct page_map *map, const char *list_name)
{
  return (struct page_map *)value_append(value_of(map), list_name);
}

struct page_map *page_add(struct page_map *map, const char *name)
{
  return (struct page_map *)value_add_map(value_of(map), name);
}

void page_set(struct page_map *map, const char *name, const struct public_text *text)
{
  value_set_text(value_of(map), name, public_text_string(text));
}

void page_set_number(struct page_map *map, const char *name, int64_t number)
{
  value_set_number(value_of(map), name, number);
}

void page_set_flag(struct page_map *map, const char *name, bool flag)
{
  value_set_flag(value_of(map), name, flag);
}

void page_set_own(struct page_map *map, const char *name, const char *words)
{
  value_set_text(value_of(map), name, words);
}

void page_set_moment(struct page *page, struct page_map *map, const char *name, int64_t moment, bool is_day)
{
  g_autofree char *text = is_day ? site_day(page->site, moment) : site_moment(page->site, moment);
  g_autofree char *datetime = site_datetime(page->site, moment);
  g_autofree char *datetime_name = g_strconcat(name, "_datetime", NULL);
  value_set_text(value_of(map), name, text);
  value_set_text(value_of(map), datetime_name, datetime);
}

void page_set_mailto(struct page *page, struct page_map *map, const char *name, const char *local,
                     const struct public_text *subject)
{
  g_autofree char *address = g_strconcat(local, "@", site_config(page->site)->domain, NULL);
  g_autofree char *answer = subject ? g_strconcat("Re: ", public_text_string(subject), NULL) : NULL;
  g_autoptr(GString) url = g_string_new(NULL);
  put_mailto(url, address, answer, NULL);
  value_set_text(value_of(map), name, url->str);
}

void page_set_mailto_own(struct page *page, struct page_map *map, const char *name, const char *local,
                         const char *subject, const char *text)
{
  g_autofree char *address = g_strconcat(local, "@", site_config(page->site)->domain, NULL);
  g_autoptr(GString) url = g_string_new(NULL);
  put_mailto(url, address, subject, text);
  value_set_text(value_of(map), name, url->str);
}

void page_add_crumb(struct page *page, const char *path, const struct public_text *title)
{
  struct page_map *crumb = page_append(page_values(page), "crumbs");
  page_set_own(crumb, "path", path);
  page_set(crumb, "title", title);
}

void page_set_count(struct page_map *map, const char *name, int64_t number, const char *one, const char *many)
{
  g_autofree char *text =
      number == 1 ? g_strdup_printf("1 %s", one) : g_strdup_printf("%" G_GINT64_FORMAT " %s", number, many);
  value_set_text(value_of(map), name, text);
}

/* ---- bodies ---- */

/* Where a link that begins at `text` ends; NULL when none begins here. Punctuation of the sentence stays
 * outside. */
static const char *link_end(const char *text)
{
  if (!g_str_has_prefix(text, "http://") && !g_str_has_prefix(text, "https://")) return NULL;
  const char *begin = strstr(text, "://") + 3, *end = begin;
  while (*end && !g_unichar_isspace(g_utf8_get_char(end)) && !strchr("<>\"", *end)) {
    gunichar c = g_utf8_get_char(end);
    if (c == 0x201c || c == 0x201d || c == 0x201e) break;
    end = g_utf8_next_char(end);
  }
  while (end > begin && strchr(".,;:!?)]}'*", end[-1])) end--;
  return end > begin ? end : NULL;
}

/* One piece of text through the verb for HTML. */
static void put_piece(GString *out, const char *begin, const char *end)
{
  g_autofree char *piece = g_strndup(begin, (gsize)(end - begin));
  put_text(out, piece);
}

/* One line, links made clickable. */
static void put_linked_line(GString *out, const char *line, const char *end)
{
  const char *done = line;
  for (const char *p = line; p < end; p++) {
    const char *after = *p == 'h' ? link_end(p) : NULL;
    if (!after) continue;
    after = MIN(after, end);
    g_autofree char *url = g_strndup(p, (gsize)(after - p));
    put_piece(out, done, p);
    g_string_append(out, "<a href=\"");
    put_attr(out, url);
    g_string_append(out, "\" rel=\"nofollow noopener\">");
    put_text(out, url);
    g_string_append(out, "</a>");
    done = after;
    p = after - 1;
  }
  put_piece(out, done, end);
}

/* Paragraphs at empty lines, breaks at line ends. */
static void put_body(GString *out, const char *text)
{
  bool in_paragraph = false;
  while (*text) {
    const char *end = text + strcspn(text, "\n");
    if (end == text) {
      if (in_paragraph) g_string_append(out, "</p>\n");
      in_paragraph = false;
    } else {
      g_string_append(out, in_paragraph ? "<br>\n" : "<p>");
      put_linked_line(out, text, end);
      in_paragraph = true;
    }
    text = *end ? end + 1 : end;
  }
  if (in_paragraph) g_string_append(out, "</p>\n");
}

void page_set_body(struct page_map *map, const char *name, const struct public_text *body)
{
  g_autoptr(GString) markup = g_string_new(NULL);
  put_body(markup, public_text_string(body));
  value_set_markup(value_of(map), name, markup->str);
}

/* Within a script element only "<" could end it; in JSON these three stand only within strings. */
void page_set_data(struct page_map *map, const char *name, const char *json)
{
  g_autoptr(GString) data = g_string_new(NULL);
  for (const char *at = json; *at; at++)
    if (strchr("<>&", *at))
      g_string_append_printf(data, "\\u%04x", (unsigned)(guchar)*at);
    else
      g_string_append_c(data, *at);
  value_set_markup(value_of(map), name, data->str);
}

/* ---- the frame ---- */

/* The site's address without scheme and host, from "/": right under every name the site is reached by, and
 * the page's own Content-Security-Policy allows the stylesheet only from there. */
static const char *path_of_url(const char *url)
{
  const char *host = strstr(url, "://");
  const char *path = host ? strchr(host + 3, '/') : NULL;
  return path ? path : "/";
}

char *page_way_up(const char *path)
{
  GString *up = g_string_new(NULL);
  for (; *path; path++)
    if (*path == '/') g_string_append(up, "../");
  return g_string_free(up, FALSE);
}

bool page_render(struct page *page, enum site_template which, GString *out, GError **error)
{
  const struct config *config = site_config(page->site);
  struct page_map *values = page_values(page);
  page_set_own(values, "root", page->root);
  page_set_own(values, "municipality", config->name);
  page_set_own(values, "domain", config->domain);
  if (*config->imprint) page_set_own(values, "imprint", config->imprint);
  g_autofree char *base = site_url(page->site, "");
  page_set_own(values, "base", path_of_url(base));
  return template_render(site_template(page->site, which), page->values, out, error);
}
