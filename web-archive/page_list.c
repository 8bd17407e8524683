/* A list's page: what it is, how to take part by mail, the youngest threads, the months. It also keeps the
 * list's folder: when the archive is turned off, or the list removed, everything the list ever published
 * goes, some files at a time. */
#include "lib/store/events/event_shelves.h"
#include "lib/store/pages.h"
#include "web-archive/cases/case_pages.h"
#include "web-archive/pages.h"
#include "web-archive/shelf.h"

#include "web-archive/page.h"

enum { LATEST_THREADS = 30, LATEST_CASES = 10, FILES_REMOVED_AT_ONCE = 500 };

static char *list_path(struct site *site, const struct page_key *key, GError **error)
{
  const struct public_list *list = site_list(site, key->list, error);
  return list ? g_strconcat(list->name, "/index.html", NULL) : NULL;
}

void page_set_thread(struct page *page, struct page_map *map, const struct public_thread *thread,
                     const char *up)
{
  g_autofree char *path = g_strdup_printf("%s%04d/%04d/index.html", up, thread->year, thread->number);
  page_set_own(map, "path", path);
  page_set(map, "title", thread->title);
  page_set_count(map, "messages", thread->messages, "Beitrag", "Beiträge");
  page_set_moment(page, map, "last", thread->last, true);
}

/* Months by year, the youngest first. */
static void add_months(struct page *page, const GArray *months)
{
  struct page_map *year = NULL;
  int last_year = 0;
  for (guint i = months->len; i-- > 0;) {
    const struct public_month *month = &g_array_index(months, struct public_month, i);
    if (month->year != last_year) {
      year = page_append(page_values(page), "years");
      page_set_number(year, "year", month->year);
      last_year = month->year;
    }
    struct page_map *map = page_append(year, "months");
    g_autofree char *path = g_strdup_printf("%04d-%02d/index.html", month->year, month->month);
    g_autofree char *title = site_month(month->year, month->month);
    page_set_own(map, "path", path);
    page_set_own(map, "title", title);
    page_set_count(map, "threads", month->threads, "Gespräch", "Gespräche");
  }
}

/* How to take part. */
static void set_addresses(struct site *site, struct page *page, const struct public_list *list)
{
  struct page_map *values = page_values(page);
  g_autofree char *address = g_strconcat(list->name, "@", site_config(site)->domain, NULL);
  g_autofree char *join = g_strconcat(list->name, site_config(site)->delimiter, "beitreten", NULL);
  page_set_own(values, "address", address);
  page_set_mailto(page, values, "mailto", list->name, NULL);
  page_set_mailto(page, values, "join_mailto", join, NULL);
  bool is_open = !list->is_closed;
  page_set_flag(values, "is_closed", list->is_closed);
  page_set_flag(values, "everyone_may_post", is_open && list->everyone_may_post);
  page_set_flag(values, "only_moderators_post", is_open && list->only_moderators_post);
  page_set_flag(values, "members_may_post",
                is_open && !list->everyone_may_post && !list->only_moderators_post);
}

/* The youngest cases of the list, and the way to those of its region. */
static bool add_cases(struct site *site, struct page *page, const struct public_list *list, GError **error)
{
  struct store *store = site_store(site);
  g_autoptr(GPtrArray) cases =
      view_cases(site, case_shelf_latest(store, SHELF_LIST, list->id, LATEST_CASES, error), error);
  if (!cases) return false;
  for (guint i = 0; i < cases->len; i++)
    page_set_case(page, page_append(page_values(page), "cases"), cases->pdata[i], "../");
  page_set_flag(page_values(page), "has_cases", cases->len > 0);
  int year = list->region ? case_shelf_year_before(store, SHELF_REGION, list->region, 10000, error) : 0;
  if (year <= 0) return year == 0;
  g_autofree char *folder = shelf_folder(site, SHELF_REGION, list->region, error);
  g_autofree char *path = folder ? g_strconcat("../", folder, "index.html", NULL) : NULL;
  if (path) page_set_own(page_values(page), "region_cases", path);
  return path != NULL;
}

/* The way to the list's events, if it ever had any. */
static bool add_events(struct site *site, struct page *page, const struct public_list *list, GError **error)
{
  int month = event_shelf_month_before(site_store(site), EVENTS_LIST, list->id, 999912, error);
  if (month <= 0) return month == 0;
  g_autofree char *path = g_strdup_printf("../termine/liste/%s/index.html", list->name);
  page_set_own(page_values(page), "events", path);
  return true;
}

static enum page_state list_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  const struct public_list *list = site_list(site, key->list, error);
  if (!list || !list->is_public) return *error ? PAGE_FAULT : PAGE_ABSENT;
  g_autoptr(GPtrArray) threads = view_latest_threads(site, list->id, LATEST_THREADS, error);
  g_autoptr(GArray) months = threads ? view_months(site, list->id, error) : NULL;
  if (!months) return PAGE_FAULT;
  g_autofree char *path = list_path(site, key, error);
  g_autoptr(page_t) page = page_new(site, path);
  struct page_map *values = page_values(page);
  page_set(values, "title", list->title);
  page_set_flag(values, "has_feed", true);
  page_set_own(values, "feed", "feed.xml");
  set_addresses(site, page, list);
  for (guint i = 0; i < threads->len; i++)
    page_set_thread(page, page_append(values, "threads"), threads->pdata[i], "");
  page_set_flag(values, "has_threads", threads->len > 0);
  add_months(page, months);
  if (!add_cases(site, page, list, error) || !add_events(site, page, list, error)) return PAGE_FAULT;
  return page_render(page, TEMPLATE_LIST, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static bool list_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  (void)key;
  struct store *store = site_store(site);
  return page_mark(store, "home", 0, 0, 1, error) && page_mark(store, "sitemap", 0, 0, 1, error);
}

/* Removes what a list published that is not public any more. */
static bool clear_list(struct site *site, const struct public_list *list, bool *is_done, GError **error)
{
  struct shelf_round *round = shelf_round_new(site);
  bool done =
      shelf_clear_list(round, list->name, FILES_REMOVED_AT_ONCE, is_done, error) && shelf_sync(round, error);
  shelf_round_free(round);
  return done;
}

/* Marks months on disk that the store does not know as public any more, with all their parts. */
static bool mark_gone_months(struct site *site, const struct public_list *list, const GArray *months,
                             GError **error)
{
  g_autoptr(GArray) there = shelf_months(site, list->name);
  for (guint i = 0; i < there->len; i++) {
    int month = g_array_index(there, int, i);
    bool is_known = false;
    for (guint k = 0; k < months->len && !is_known; k++) {
      const struct public_month *known = &g_array_index(months, struct public_month, k);
      is_known = known->year * 100 + known->month == month;
    }
    if (is_known) continue;
    g_autofree char *folder = g_strdup_printf("%s/%04d-%02d", list->name, month / 100, month % 100);
    g_autoptr(GArray) parts = shelf_numbers(site, folder);
    if (!page_mark(site_store(site), "month", list->id, month, 1, error)) return false;
    for (guint k = 0; k < parts->len; k++)
      if (!page_mark(site_store(site), "month", list->id, month, g_array_index(parts, int, k), error))
        return false;
  }
  return true;
}

/* Marks public months that have no page yet. */
static bool mark_missing_months(struct site *site, const struct public_list *list, const GArray *months,
                                GError **error)
{
  for (guint i = 0; i < months->len; i++) {
    const struct public_month *month = &g_array_index(months, struct public_month, i);
    g_autofree char *path = g_strdup_printf("%s/%04d-%02d/index.html", list->name, month->year, month->month);
    if (shelf_has(site, path)) continue;
    int parts = view_month_parts(site, list->id, month->year, month->month, error);
    if (parts < 0) return false;
    if (parts > 0 &&
        !page_mark(site_store(site), "month", list->id, month->year * 100 + month->month, 1, error))
      return false;
  }
  return true;
}

/* Whether months on disk and in the store differ. */
static bool months_differ(struct site *site, const struct public_list *list, const GArray *months)
{
  g_autoptr(GArray) there = shelf_months(site, list->name);
  if (there->len != months->len) return true;
  for (guint i = 0; i < months->len; i++) {
    const struct public_month *month = &g_array_index(months, struct public_month, i);
    if (g_array_index(there, int, i) != month->year * 100 + month->month) return true;
  }
  return false;
}

static bool list_tend(struct site *site, const struct page_key *key, bool *is_done, GError **error)
{
  const struct public_list *list = site_list(site, key->list, error);
  if (!list) return *error == NULL;
  if (!list->is_public) return clear_list(site, list, is_done, error);
  g_autoptr(GArray) months = view_months(site, list->id, error);
  if (!months) return false;
  if (!months_differ(site, list, months)) return true;
  struct store *store = site_store(site);
  bool done = store_begin(store, error) && mark_gone_months(site, list, months, error) &&
              mark_missing_months(site, list, months, error) && store_commit(store, error);
  if (!done) store_rollback(store);
  return done;
}

const struct page_kind page_list = { .name = "list",
                                     .path = list_path,
                                     .render = list_render,
                                     .mark_neighbours = list_mark_neighbours,
                                     .tend = list_tend };
