/* Lists of events: all, of a region, of a list; of each what is ahead (termine/index.html) and a page a month
 * (termine/2026-05/index.html). What is ahead depends on the day, which stands in the store, so that a
 * rebuild gives the same bytes. In the stale table list is the value, part the shelf, key 0 or the month. */
#include "lib/base/fault.h"
#include "lib/store/cases/case_shelves.h"
#include "lib/store/directory.h"
#include "lib/store/pages.h"
#include "lib/text/days/rule_text.h"
#include "web-archive/events/event_pages.h"

#include "web-archive/page.h"

#include <string.h>

enum { AHEAD_DATES = 1500, AHEAD_SHOWN = 100, MONTH_DATES = 3000, NO_MONTH = 999912 };

char *event_shelf_folder(struct site *site, enum event_shelf shelf, int64_t value, GError **error)
{
  switch (shelf) {
  case EVENTS_ALL: return g_strdup("termine/");
  case EVENTS_REGION: {
    g_autofree char *slug = NULL, *name = NULL;
    return case_region(site_store(site), value, &slug, &name, error)
               ? g_strdup_printf("termine/ort/%s/", slug)
               : NULL;
  }
  case EVENTS_LIST: {
    g_autoptr(list_row) list = list_get(site_store(site), value, error);
    return list ? g_strdup_printf("termine/liste/%s/", list->name) : NULL;
  }
  }
  return NULL;
}

int event_shelf_has_pages(struct site *site, enum event_shelf shelf, int64_t value, GError **error)
{
  int last = event_shelf_month_before(site_store(site), shelf, value, NO_MONTH, error);
  if (last != 0) return last < 0 ? -1 : 1;
  return shelf == EVENTS_ALL && site_has_list(site, EVENTS_ADDRESS);
}

/* What a region or a list is called; NULL without error: there is none. Caller frees. */
static char *name_of(struct site *site, enum event_shelf shelf, int64_t value, GError **error)
{
  if (shelf == EVENTS_REGION) {
    g_autofree char *slug = NULL;
    char *name = NULL;
    return case_region(site_store(site), value, &slug, &name, error) ? name : NULL;
  }
  g_autoptr(list_row) list = list_get(site_store(site), value, error);
  return list ? g_strdup(list->title) : NULL;
}

struct public_text *event_shelf_title(struct site *site, enum event_shelf shelf, int64_t value,
                                      GError **error)
{
  if (shelf == EVENTS_ALL) return public_own("Termine");
  g_autofree char *name = name_of(site, shelf, value, error);
  if (!name) return NULL;
  g_autofree char *title = g_strdup_printf(shelf == EVENTS_REGION ? "Termine in %s" : "Termine: %s", name);
  return public_own(title);
}

static char *events_path(struct site *site, const struct page_key *key, GError **error)
{
  g_autofree char *folder = event_shelf_folder(site, (enum event_shelf)key->part, key->list, error);
  if (!folder) return NULL;
  if (key->key == 0) return g_strconcat(folder, "index.html", NULL);
  return g_strdup_printf("%s%04d-%02d/index.html", folder, (int)(key->key / 100), (int)(key->key % 100));
}

void page_set_date(struct page_map *map, const struct public_date *date, const char *up)
{
  const struct public_event *it = date->event;
  g_autofree char *folder = event_folder(it->year, it->number),
                  *path = g_strconcat(up, folder, "index.html", NULL);
  const struct public_text *place = date->place ? date->place : it->place;
  page_set_own(map, "path", path);
  page_set(map, "title", it->title);
  page_set_when(map, "when", &date->start, &date->end, it->zone);
  if (place) page_set(map, "place", place);
  if (it->region_name) page_set_own(map, "region", it->region_name);
  page_set(map, "list", it->list_title);
  page_set_flag(map, "is_off", date->is_off);
  g_autofree char *often = rule_in_words(it->rule, "de");
  if (often) page_set_own(map, "often", often);
}

static void add_dates(struct page *page, const struct public_dates *dates, const char *up)
{
  for (guint i = 0; i < dates->dates->len; i++)
    page_set_date(page_append(page_values(page), "dates"), dates->dates->pdata[i], up);
  page_set_flag(page_values(page), "has_dates", dates->dates->len > 0);
}

/* ---- what is ahead ---- */

/* Months by year, the youngest first. False: fault. */
static bool add_months(struct site *site, struct page *page, const struct page_key *key, GError **error)
{
  struct page_map *year = NULL;
  int last_year = 0;
  for (int month = NO_MONTH;;) {
    month = event_shelf_month_before(site_store(site), (enum event_shelf)key->part, key->list, month, error);
    if (month <= 0) return month == 0;
    if (month / 100 != last_year) {
      year = page_append(page_values(page), "years");
      last_year = month / 100;
      page_set_number(year, "year", last_year);
    }
    struct page_map *map = page_append(year, "months");
    g_autofree char *path = g_strdup_printf("%04d-%02d/index.html", month / 100, month % 100),
                    *title = site_month(month / 100, month % 100);
    page_set_own(map, "path", path);
    page_set_own(map, "title", title);
  }
}

/* Links to the other shelves. */
static bool add_shelves(struct site *site, struct page *page, enum event_shelf shelf, const char *name,
                        GError **error)
{
  g_autofree char *flag = g_strconcat("has_", name, NULL);
  for (int64_t value = -1;;) {
    value = event_shelf_value_after(site_store(site), shelf, value, error);
    if (value < 0) return value == -1;
    GError *failed = NULL;
    g_autofree char *folder = event_shelf_folder(site, shelf, value, &failed);
    g_autofree char *title = failed ? NULL : name_of(site, shelf, value, &failed);
    if (fault_hand_on(failed, error)) return false;
    if (!folder || !title) continue;
    struct page_map *map = page_append(page_values(page), name);
    g_autofree char *path = g_strconcat(folder + strlen("termine/"), "index.html", NULL);
    page_set_flag(page_values(page), flag, true);
    page_set_own(map, "path", path);
    page_set_own(map, "title", title);
  }
}

static enum page_state render_ahead(struct site *site, const struct page_key *key, struct page *page,
                                    const char *up, GError **error)
{
  enum event_shelf shelf = (enum event_shelf)key->part;
  struct store *store = site_store(site);
  int is_there = event_shelf_has_pages(site, shelf, key->list, error);
  if (is_there <= 0) return is_there < 0 ? PAGE_FAULT : PAGE_ABSENT;
  g_autofree char *day = events_day(store, error);
  if (!day) return PAGE_FAULT;
  g_autoptr(public_dates_t) dates =
      view_event_dates(site, event_shelf_ahead(store, shelf, key->list, day, AHEAD_DATES, error), error);
  if (!dates || !add_months(site, page, key, error)) return PAGE_FAULT;
  page_set_flag(page_values(page), "is_ahead", true);
  public_dates_keep_next(dates, AHEAD_SHOWN);
  page_set_flag(page_values(page), "has_months",
                event_shelf_month_before(store, shelf, key->list, NO_MONTH, NULL) > 0);
  page_set_flag(page_values(page), "is_cut", dates->dates->len >= AHEAD_SHOWN);
  add_dates(page, dates, up);
  if (shelf != EVENTS_ALL) return PAGE_PRESENT;
  page_set_flag(page_values(page), "is_all", true);
  if (site_has_list(site, EVENTS_ADDRESS))
    page_set_mailto(page, page_values(page), "call_mailto", EVENTS_ADDRESS, NULL);
  bool done = add_shelves(site, page, EVENTS_REGION, "regions", error) &&
              add_shelves(site, page, EVENTS_LIST, "lists", error);
  return done ? PAGE_PRESENT : PAGE_FAULT;
}

/* ---- a month ---- */

/* A link to another month, 0: there is none. */
static void add_way(struct page *page, const char *name, int month)
{
  if (month <= 0) return;
  struct page_map *map = page_append(page_values(page), name);
  g_autofree char *path = g_strdup_printf("../%04d-%02d/index.html", month / 100, month % 100),
                  *title = site_month(month / 100, month % 100);
  page_set_own(map, "path", path);
  page_set_own(map, "title", title);
}

/* The months before and behind that hold something. *before, *behind 0: none. */
static bool find_ways(struct site *site, const struct page_key *key, int *before, int *behind, GError **error)
{
  enum event_shelf shelf = (enum event_shelf)key->part;
  *before = event_shelf_month_before(site_store(site), shelf, key->list, (int)key->key, error);
  if (*before < 0) return false;
  *behind = event_shelf_month_after(site_store(site), shelf, key->list, (int)key->key, error);
  return *behind >= 0;
}

static enum page_state render_month(struct site *site, const struct page_key *key, struct page *page,
                                    const char *up, GError **error)
{
  int year = (int)(key->key / 100), month = (int)(key->key % 100);
  g_autofree char *from = g_strdup_printf("%04d-%02d", year, month),
                  *before = g_strdup_printf("%04d-%02d", month < 12 ? year : year + 1, month % 12 + 1),
                  *title = site_month(year, month);
  g_autoptr(public_dates_t) dates =
      view_event_dates(site,
                       event_shelf_between(site_store(site), (enum event_shelf)key->part, key->list, from,
                                           before, MONTH_DATES, error),
                       error);
  if (!dates || dates->dates->len == 0) return dates ? PAGE_ABSENT : PAGE_FAULT;
  int earlier = 0, later = 0;
  if (!find_ways(site, key, &earlier, &later, error)) return PAGE_FAULT;
  page_set_own(page_values(page), "month", title);
  page_set_flag(page_values(page), "has_ways", earlier || later);
  add_way(page, "earlier", earlier);
  add_way(page, "later", later);
  add_dates(page, dates, up);
  return PAGE_PRESENT;
}

/* The way to it: all events, the shelf. */
static void add_crumbs(struct page *page, const struct page_key *key, const struct public_text *title,
                       const char *up)
{
  g_autofree char *all_path = g_strconcat(up, "termine/index.html", NULL);
  g_autoptr(public_text_t) all = public_own("Termine");
  if (key->part != EVENTS_ALL || key->key) page_add_crumb(page, all_path, all);
  if (key->part != EVENTS_ALL && key->key) page_add_crumb(page, "../index.html", title);
}

static enum page_state events_render(struct site *site, const struct page_key *key, GString *out,
                                     GError **error)
{
  g_autofree char *path = events_path(site, key, error);
  g_autoptr(public_text_t) title =
      path ? event_shelf_title(site, (enum event_shelf)key->part, key->list, error) : NULL;
  if (!title) return *error ? PAGE_FAULT : PAGE_ABSENT;
  g_autofree char *up = page_way_up(path);
  g_autoptr(page_t) page = page_new(site, path);
  page_set(page_values(page), "title", title);
  page_set_own(page_values(page), "calendar", key->key ? "../termine.ics" : "termine.ics");
  add_crumbs(page, key, title, up);
  enum page_state state =
      key->key ? render_month(site, key, page, up, error) : render_ahead(site, key, page, up, error);
  if (state != PAGE_PRESENT) return state;
  return page_render(page, TEMPLATE_EVENTS, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

/* What is ahead names all months; each month those beside it. */
static bool mark_months(struct site *site, const struct page_key *key, GError **error)
{
  struct store *store = site_store(site);
  int months[2];
  if (!find_ways(site, key, &months[0], &months[1], error)) return false;
  for (gsize i = 0; i < G_N_ELEMENTS(months); i++)
    if (months[i] && !page_mark(store, "events", key->list, months[i], key->part, error)) return false;
  return page_mark(store, "events", key->list, 0, key->part, error);
}

static bool events_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  struct store *store = site_store(site);
  if (key->key) return mark_months(site, key, error);
  if (key->part == EVENTS_LIST && !page_mark(store, "list", key->list, 0, 1, error)) return false;
  if (key->part != EVENTS_ALL) return page_mark(store, "events", 0, 0, EVENTS_ALL, error);
  return page_mark(store, "home", 0, 0, 1, error);
}

const struct page_kind page_events = {
  .name = "events", .path = events_path, .render = events_render, .mark_neighbours = events_mark_neighbours
};
