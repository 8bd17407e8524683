/* A month's page: the threads that were begun in it, by number, a hundred a part. Which month comes before or
 * after is the list's page to say: this one would not hear of it. */
#include "lib/store/pages.h"
#include "web-archive/pages.h"

#include "web-archive/page.h"

static char *month_folder(const struct public_list *list, const struct page_key *key)
{
  return g_strdup_printf("%s/%04d-%02d", list->name, (int)(key->key / 100), (int)(key->key % 100));
}

static char *month_path(struct site *site, const struct page_key *key, GError **error)
{
  const struct public_list *list = site_list(site, key->list, error);
  if (!list) return NULL;
  g_autofree char *folder = month_folder(list, key);
  return page_part_path(folder, key->part);
}

/* Links between parts. `up` leads to the first part's folder. */
void page_set_parts(struct page *page, int part, int parts)
{
  struct page_map *values = page_values(page);
  if (parts <= 1) return;
  struct page_map *map = page_add(values, "parts");
  const char *up = part > 1 ? "../" : "";
  g_autofree char *previous =
      part > 2 ? g_strdup_printf("%s%d/index.html", up, part - 1) : g_strdup("../index.html");
  g_autofree char *next = g_strdup_printf("%s%d/index.html", up, part + 1);
  page_set_number(map, "part", part);
  if (part > 1) page_set_own(map, "previous", previous);
  if (part > 2) page_set_own(map, "first", "../index.html");
  if (part < parts) page_set_own(map, "next", next);
}

static enum page_state month_render(struct site *site, const struct page_key *key, GString *out,
                                    GError **error)
{
  const struct public_list *list = site_list(site, key->list, error);
  if (!list || !list->is_public) return *error ? PAGE_FAULT : PAGE_ABSENT;
  int year = (int)(key->key / 100), month = (int)(key->key % 100);
  int parts = view_month_parts(site, list->id, year, month, error);
  if (parts < key->part) return parts < 0 ? PAGE_FAULT : PAGE_ABSENT;
  g_autoptr(GPtrArray) threads = view_month_threads(site, list->id, year, month, key->part, error);
  if (!threads) return PAGE_FAULT;
  g_autofree char *path = month_path(site, key, error);
  g_autoptr(page_t) page = page_new(site, path);
  struct page_map *values = page_values(page);
  g_autofree char *title = site_month(year, month);
  const char *up = key->part > 1 ? "../../" : "../";
  g_autofree char *list_path = g_strconcat(up, "index.html", NULL);
  g_autofree char *feed = g_strconcat(up, "feed.xml", NULL);
  page_set_own(values, "title", title);
  page_set(values, "list", list->title);
  page_set_flag(values, "has_feed", true);
  page_set_own(values, "feed", feed);
  page_add_crumb(page, list_path, list->title);
  for (guint i = 0; i < threads->len; i++)
    page_set_thread(page, page_append(values, "threads"), threads->pdata[i], up);
  page_set_flag(values, "has_threads", threads->len > 0);
  page_set_parts(page, key->part, parts);
  return page_render(page, TEMPLATE_MONTH, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static bool month_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  struct store *store = site_store(site);
  if (!page_mark(store, "list", key->list, 0, 1, error)) return false;
  return key->part <= 1 || page_mark(store, "month", key->list, key->key, key->part - 1, error);
}

const struct page_kind page_month = {
  .name = "month", .path = month_path, .render = month_render, .mark_neighbours = month_mark_neighbours
};
