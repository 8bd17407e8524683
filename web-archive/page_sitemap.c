/* Sitemaps: an index, and a file a list, year and two hundred thread numbers, so that a new thread costs the
 * same in a large archive as in a small one. key->list 0 is the index; else key->key is the year. */
#include "lib/store/pages.h"
#include "lib/store/public_threads.h"
#include "web-archive/cases/case_pages.h"
#include "web-archive/events/event_pages.h"
#include "web-archive/pages.h"

#include "web-archive/page.h"

static char *shard_path(const struct public_list *list, int year, int part)
{
  return part > 1 ? g_strdup_printf("sitemap/%s-%04d.%d.xml", list->name, year, part)
                  : g_strdup_printf("sitemap/%s-%04d.xml", list->name, year);
}

static char *sitemap_path(struct site *site, const struct page_key *key, GError **error)
{
  if (key->list == 0) return g_strdup("sitemap.xml");
  const struct public_list *list = site_list(site, key->list, error);
  return list ? shard_path(list, (int)key->key, key->part) : NULL;
}

static void add_shard(struct site *site, struct page *page, const struct public_list *list, int year,
                      int part)
{
  g_autofree char *path = shard_path(list, year, part);
  g_autofree char *url = site_url(site, path);
  page_set_own(page_append(page_values(page), "files"), "url", url);
}

/* Adds the files of a year: those of the two hundreds that hold a public thread. */
static bool add_year(struct site *site, struct page *page, const struct public_list *list, int year,
                     GError **error)
{
  for (int after = 0;;) {
    g_autoptr(GArray) next = threads_public_numbers(site_store(site), list->id, year, after, 1, error);
    if (!next) return false;
    if (next->len == 0) return true;
    int part = (g_array_index(next, struct thread_number, 0).number - 1) / SITEMAP_THREADS + 1;
    add_shard(site, page, list, year, part);
    after = part * SITEMAP_THREADS;
  }
}

static bool add_list(struct site *site, struct page *page, const struct public_list *list, GError **error)
{
  g_autoptr(GArray) months = view_months(site, list->id, error);
  if (!months) return false;
  int last_year = 0;
  for (guint i = 0; i < months->len; i++) {
    int year = g_array_index(months, struct public_month, i).year;
    if (year == last_year) continue;
    last_year = year;
    if (!add_year(site, page, list, year, error)) return false;
  }
  return true;
}

/* Adds the files of cases. */
static bool add_cases(struct site *site, struct page *page, GError **error)
{
  struct store *store = site_store(site);
  int year = 10000, block = 0;
  while ((year = case_shelf_year_before(store, SHELF_ALL, 0, year, error)) > 0) {
    block = CASE_YEAR_KEY;
    while ((block = case_shelf_block_before(store, SHELF_ALL, 0, year, block, error)) > 0) {
      g_autofree char *path = case_sitemap_path(year, block), *url = site_url(site, path);
      page_set_own(page_append(page_values(page), "files"), "url", url);
    }
    if (block < 0) return false;
  }
  return year == 0;
}

/* Adds the files of events. */
static bool add_events(struct site *site, struct page *page, GError **error)
{
  struct store *store = site_store(site);
  int year = 10000;
  while ((year = event_year_before(store, year, error)) > 0) {
    int last = event_last_block(store, year, error);
    for (int block = last; block > 0; block--) {
      g_autoptr(GArray) ids = events_public_block(store, year, block, error);
      if (!ids) return false;
      if (ids->len == 0) continue;
      g_autofree char *path = event_sitemap_path(year, block), *url = site_url(site, path);
      page_set_own(page_append(page_values(page), "files"), "url", url);
    }
    if (last < 0) return false;
  }
  return year == 0;
}

static enum page_state render_index(struct site *site, GString *out, GError **error)
{
  g_autoptr(GPtrArray) lists = site_public_lists(site, error);
  if (!lists) return PAGE_FAULT;
  g_autoptr(page_t) page = page_new(site, "sitemap.xml");
  for (guint i = 0; i < lists->len; i++)
    if (!add_list(site, page, lists->pdata[i], error)) return PAGE_FAULT;
  if (!add_cases(site, page, error) || !add_events(site, page, error)) return PAGE_FAULT;
  return page_render(page, TEMPLATE_SITEMAP_INDEX, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static enum page_state sitemap_render(struct site *site, const struct page_key *key, GString *out,
                                      GError **error)
{
  if (key->list == 0) return render_index(site, out, error);
  const struct public_list *list = site_list(site, key->list, error);
  if (!list || !list->is_public) return *error ? PAGE_FAULT : PAGE_ABSENT;
  int after = (key->part - 1) * SITEMAP_THREADS, year = (int)key->key;
  g_autoptr(GArray) threads =
      threads_public_numbers(site_store(site), list->id, year, after, SITEMAP_THREADS, error);
  if (!threads) return PAGE_FAULT;
  g_autoptr(page_t) page = page_new(site, "sitemap/x.xml");
  guint count = 0;
  for (; count < threads->len; count++) {
    const struct thread_number *thread = &g_array_index(threads, struct thread_number, count);
    if (thread->number > after + SITEMAP_THREADS) break;
    struct page_map *map = page_append(page_values(page), "threads");
    g_autofree char *path = g_strdup_printf("%s/%04d/%04d/", list->name, year, thread->number);
    g_autofree char *url = site_url(site, path);
    g_autofree char *changed = site_datetime(site, thread->last);
    page_set_own(map, "url", url);
    page_set_own(map, "changed", changed);
  }
  if (count == 0) return PAGE_ABSENT;
  return page_render(page, TEMPLATE_SITEMAP, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static bool sitemap_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  return key->list == 0 || page_mark(site_store(site), "sitemap", 0, 0, 1, error);
}

const struct page_kind page_sitemap = { .name = "sitemap",
                                        .path = sitemap_path,
                                        .render = sitemap_render,
                                        .mark_neighbours = sitemap_mark_neighbours };
