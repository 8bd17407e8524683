/* Inside web-archive/cases: paths, and a case's line in lists. Paths end in "/" where they name a folder. */
#ifndef WEB_ARCHIVE_CASE_PAGES_H
#define WEB_ARCHIVE_CASE_PAGES_H

#include "web-archive/cases/case_view.h"
#include "web-archive/pages.h"

struct page;
struct page_map;

/* "faelle/2026/0173/". Caller frees. */
char *case_folder(int year, int number);
/* "faelle/amt/sga/", "faelle/ort/gruenau/", "faelle/stand/erledigt/", "faelle/"; NULL without error: nowhere
 * (SHELF_LIST has the list's own page). Caller frees. */
char *shelf_folder(struct site *site, enum case_shelf shelf, int64_t value, GError **error);
/* "cases-2026-0101", of the block's first number; "sitemap/faelle-2026-0101.xml". Callers free. */
char *block_name(int year, int block);
char *case_sitemap_path(int year, int block);

/* "anhang/4-1.pdf" in the case's folder. Caller frees. */
char *case_file_path(int position, int number, const char *ending);

/* A case in a list; `up` leads to the archive's root. */
void page_set_case(struct page *page, struct page_map *map, const struct public_case *it, const char *up);
/* A badge of the state: state, state_slug, and is_open. */
void page_set_state(struct page_map *map, const struct state_words *words);
/* "badge" for an office: sign and name. */
void page_set_office(struct page_map *map, const struct public_office *office);
/* A planned day as NAME and NAME_datetime; nothing where it is none. */
void page_set_planned(struct page_map *map, const char *name, const char *day);

#endif
