/* A page being filled: named values for a template. Everything that shows text takes a struct public_text, so
 * nothing reaches a page that has not been through the privacy gate. Files that make pages include this
 * header last: below it the ways around the gate no longer compile. */
#ifndef WEB_ARCHIVE_PAGE_H
#define WEB_ARCHIVE_PAGE_H

#include "web-archive/privacy.h"
#include "web-archive/site.h"
#include "web-archive/view.h"

struct page;     /* one page: the site, where it lies, its values */
struct page_map; /* a map of values: the page's own, or an element of a list in it; owned by the page */

/* `path` below the archive with the file's name ("gruenau/2026/0173/index.html"): links are relative to it.
 */
struct page *page_new(struct site *site, const char *path);
void page_free(struct page *page);
typedef struct page page_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(page_t, page_free)
struct page_map *page_values(struct page *page);

struct page_map *page_append(struct page_map *map, const char *list_name);
struct page_map *page_add(struct page_map *map, const char *name);
void page_set(struct page_map *map, const char *name, const struct public_text *text);
void page_set_number(struct page_map *map, const char *name, int64_t number);
void page_set_flag(struct page_map *map, const char *name, bool flag);
/* Words of ours; see public_own(). */
void page_set_own(struct page_map *map, const char *name, const char *words);
/* The body of a message: paragraphs, line breaks, links. */
void page_set_body(struct page_map *map, const char *name, const struct public_text *body);
/* JSON for machines, in a script element of type application/ld+json. */
void page_set_data(struct page_map *map, const char *name, const char *json);
/* A moment as NAME ("2. März 2026, 10:15 Uhr"; a day without time when is_day) and NAME_datetime (RFC 3339).
 */
void page_set_moment(struct page *page, struct page_map *map, const char *name, int64_t moment, bool is_day);
/* A mailto: link to a local part of ours; subject may be NULL. */
void page_set_mailto(struct page *page, struct page_map *map, const char *name, const char *local,
                     const struct public_text *subject);
/* The same, with a subject and a text that are words of ours: an answer that needs only be sent. */
void page_set_mailto_own(struct page *page, struct page_map *map, const char *name, const char *local,
                         const char *subject, const char *text);
/* A step of the way to a page ("Grünau", "../index.html"), shown above its title. */
void page_add_crumb(struct page *page, const char *path, const struct public_text *title);
/* "1 Beitrag" or "7 Beiträge": a number with its word. */
void page_set_count(struct page_map *map, const char *name, int64_t number, const char *one,
                    const char *many);

/* "../../" from the page at this path to the archive's root. Caller frees. */
char *page_way_up(const char *path);

/* Renders with the frame's values (name of the municipality, way to the stylesheet, imprint) at the end of
 * out. */
bool page_render(struct page *page, enum site_template which, GString *out, GError **error);

#ifndef PAGE_IS_THE_GATE /* page.c alone */
#pragma GCC poison value_set_text value_set_markup value_append_text put_text put_attr put_xml from_name     \
    from_address
#endif
#endif
