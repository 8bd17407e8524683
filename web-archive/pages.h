/* The page table: one row a kind of page. A new kind of page is one row and one file. */
#ifndef WEB_ARCHIVE_PAGES_H
#define WEB_ARCHIVE_PAGES_H

#include "web-archive/site.h"

/* Which page of a kind; the meaning is the kind's: see the stale table of the store. */
struct page_key {
  int64_t list, key;
  int part;
};

enum page_state { PAGE_FAULT = -1, PAGE_ABSENT, PAGE_PRESENT };

struct page_kind {
  const char *name; /* as in the stale table */
  bool is_fixed;    /* shows no mails: stale when templates or configuration change, not with a mail */
  /* Path below the archive, whether or not the page exists now; NULL without error: nowhere. Caller frees. */
  char *(*path)(struct site *site, const struct page_key *key, GError **error);
  /* Renders at the end of `out`; PAGE_ABSENT: there must be no such page. */
  enum page_state (*render)(struct site *site, const struct page_key *key, GString *out, GError **error);
  /* Marks pages that show whether this one exists; called within a transaction, before it appears or goes.
   * May be NULL. */
  bool (*mark_neighbours)(struct site *site, const struct page_key *key, GError **error);
  /* Looks after what lies beside the page on disk and no mark may tell of: parts that are missing or left
   * over are marked, files of a list that is not public are removed, some at a time. *is_done false: not all
   * yet, the mark stays. Called outside a transaction after the page is on disk (or is absent). May be NULL.
   */
  bool (*tend)(struct site *site, const struct page_key *key, bool *is_done, GError **error);
};

extern const struct page_kind *const page_kinds[];
extern const gsize page_kind_count;
/* NULL: none of this name. */
const struct page_kind *page_kind_find(const char *name);

/* Rows of the table. In all functions of a row error is not NULL. */
extern const struct page_kind page_home, page_list, page_month, page_thread, page_feed, page_sitemap,
    page_not_found, page_robots, page_style, page_privacy, page_file, page_case, page_case_feed, page_cases,
    page_case_file, page_case_data, page_case_numbers, page_case_sitemap, page_event, page_events,
    page_events_feed, page_events_sitemap, page_calendar, page_calendar_folder;

/* Folders of parts, shared by months and threads: "…/index.html", "…/2/index.html". Caller frees. */
char *page_part_path(const char *folder, int part);

/* A line of a thread in lists of threads; `up` leads to the list's folder. */
struct page;
struct page_map;
struct public_thread;
void page_set_thread(struct page *page, struct page_map *map, const struct public_thread *thread,
                     const char *up);

/* Links from a part to the first, the one before, the one after, as "parts". */
void page_set_parts(struct page *page, int part, int parts);

enum { SITEMAP_THREADS = 200 }; /* numbers a file */

#endif
