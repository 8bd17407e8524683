/* The front page: what this is, the public lists by region, imprint. */
#include "lib/store/cases/case_shelves.h"
#include "lib/store/directory.h"
#include "web-archive/events/event_pages.h"
#include "web-archive/pages.h"

#include "web-archive/page.h"

static char *home_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)key, (void)error;
  return g_strdup("index.html");
}

static void set_list(struct page *page, struct page_map *map, const struct public_list *list)
{
  g_autofree char *path = g_strconcat(list->name, "/index.html", NULL);
  page_set_own(map, "path", path);
  page_set(map, "title", list->title);
  page_set_count(map, "threads", list->threads, "Gespräch", "Gespräche");
  page_set_count(map, "messages", list->messages, "Beitrag", "Beiträge");
  if (list->last_message > 0) page_set_moment(page, map, "last", list->last_message, true);
}

/* Adds a group of the lists of one region, if there are any. */
static void add_group(struct page *page, const GPtrArray *lists, int64_t region, const char *title)
{
  struct page_map *group = NULL;
  for (guint i = 0; i < lists->len; i++) {
    const struct public_list *list = lists->pdata[i];
    if (list->region != region) continue;
    if (!group) {
      group = page_append(page_values(page), "groups");
      page_set_own(group, "title", title);
    }
    set_list(page, page_append(group, "lists"), list);
  }
}

/* The addresses for duties, where the municipality has them. */
static void set_duties(struct site *site, struct page *page)
{
  static const char *const duties[] = { "datenschutz", "missbrauch" };
  for (gsize i = 0; i < G_N_ELEMENTS(duties); i++) {
    if (!site_has_list(site, duties[i])) continue;
    page_set_mailto(page, page_values(page), duties[i], duties[i], NULL);
    page_set_flag(page_values(page), "has_duties", true);
  }
}

static enum page_state home_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  (void)key;
  g_autoptr(GPtrArray) lists = site_public_lists(site, error);
  g_autoptr(GPtrArray) regions = lists ? regions_all(site_store(site), error) : NULL;
  if (!regions) return PAGE_FAULT;
  g_autoptr(page_t) page = page_new(site, "index.html");
  page_set_flag(page_values(page), "is_home", true);
  add_group(page, lists, 0, "Für den ganzen Bezirk");
  for (guint i = 0; i < regions->len; i++) {
    const struct region *region = regions->pdata[i];
    add_group(page, lists, region->id, region->name);
  }
  page_set_flag(page_values(page), "has_lists", lists->len > 0);
  set_duties(site, page);
  int year = case_shelf_year_before(site_store(site), SHELF_ALL, 0, 10000, error);
  if (year < 0) return PAGE_FAULT;
  page_set_flag(page_values(page), "has_cases", year > 0);
  int has_events = event_shelf_has_pages(site, EVENTS_ALL, 0, error);
  if (has_events < 0) return PAGE_FAULT;
  page_set_flag(page_values(page), "has_events", has_events > 0);
  return page_render(page, TEMPLATE_HOME, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

const struct page_kind page_home = { .name = "home", .path = home_path, .render = home_render };
