/* Sitemaps of cases: a file a hundred numbers (sitemap/faelle-2026-0101.xml), named by the sitemap's index.
 */
#include "lib/store/pages.h"
#include "web-archive/cases/case_pages.h"

#include "web-archive/page.h"

static char *sitemap_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)error;
  return case_sitemap_path((int)(key->key / CASE_YEAR_KEY), (int)(key->key % CASE_YEAR_KEY));
}

char *case_sitemap_path(int year, int block)
{
  return g_strdup_printf("sitemap/faelle-%04d-%04d.xml", year, (block - 1) * CASES_A_BLOCK + 1);
}

static enum page_state sitemap_render(struct site *site, const struct page_key *key, GString *out,
                                      GError **error)
{
  int year = (int)(key->key / CASE_YEAR_KEY), block = (int)(key->key % CASE_YEAR_KEY);
  g_autoptr(GPtrArray) cases =
      view_cases(site, case_shelf_block(site_store(site), SHELF_ALL, 0, year, block, error), error);
  if (!cases || cases->len == 0) return cases ? PAGE_ABSENT : PAGE_FAULT;
  g_autoptr(page_t) page = page_new(site, "sitemap/x.xml");
  for (guint i = 0; i < cases->len; i++) {
    const struct public_case *it = cases->pdata[i];
    struct page_map *map = page_append(page_values(page), "threads");
    g_autofree char *folder = case_folder(it->year, it->number), *url = site_url(site, folder),
                    *changed = site_datetime(site, it->last);
    page_set_own(map, "url", url);
    page_set_own(map, "changed", changed);
  }
  return page_render(page, TEMPLATE_SITEMAP, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static bool sitemap_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  (void)key;
  return page_mark(site_store(site), "sitemap", 0, 0, 1, error);
}

const struct page_kind page_case_sitemap = { .name = "cases-sitemap",
                                             .path = sitemap_path,
                                             .render = sitemap_render,
                                             .mark_neighbours = sitemap_mark_neighbours };
