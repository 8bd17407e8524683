/* Lists of cases: all, by region, by office, by state. Each shelf has a first page (its youngest cases and
 * the years), a page a year, and a page a hundred numbers that holds those of the shelf: borders never move,
 * so a case that changes costs the same among a hundred or a million. In the stale table key 0 is the first
 * page, then a year, then a block; part is the shelf. */
#include "lib/base/fault.h"
#include "lib/store/pages.h"
#include "web-archive/cases/case_pages.h"
#include "web-archive/shelf.h"

#include "web-archive/page.h"

#include <string.h>

enum { YOUNGEST = 50, FIRST_NUMBER_WIDTH = 4 };

static int year_of(int64_t key)
{
  return key >= CASE_YEAR_KEY ? (int)(key / CASE_YEAR_KEY) : (int)key;
}

static int block_of(int64_t key)
{
  return key >= CASE_YEAR_KEY ? (int)(key % CASE_YEAR_KEY) : 0;
}

/* "faelle/amt/sga/": signs are ASCII letters, digits and "-", the same in any case, and no two offices have
 * one. */
static char *office_folder(struct site *site, int64_t id, GError **error)
{
  g_autoptr(public_office_t) office = view_office(site, id, error);
  if (!office) return NULL;
  g_autofree char *sign = g_ascii_strdown(public_text_string(office->sign), -1);
  return g_strdup_printf("faelle/amt/%s/", sign);
}

char *shelf_folder(struct site *site, enum case_shelf shelf, int64_t value, GError **error)
{
  switch (shelf) {
  case SHELF_ALL: return g_strdup("faelle/");
  case SHELF_OFFICE: return office_folder(site, value, error);
  case SHELF_STATE:
    if (value <= 0 || value >= PUBLIC_STATE_COUNT) return NULL;
    return g_strdup_printf("faelle/stand/%s/", state_words((enum public_state)value)->slug);
  case SHELF_REGION: {
    g_autofree char *slug = NULL, *name = NULL;
    return case_region(site_store(site), value, &slug, &name, error) ? g_strdup_printf("faelle/ort/%s/", slug)
                                                                     : NULL;
  }
  case SHELF_LIST: return NULL;
  }
  return NULL;
}

/* "ab-0101": the folder of a block in its year's. */
static char *block_folder(int block)
{
  return g_strdup_printf("ab-%04d", (block - 1) * CASES_A_BLOCK + 1);
}

/* A shelf's page in its folder. */
static char *path_in(const char *folder, const struct page_key *key)
{
  if (key->key == 0) return g_strconcat(folder, "index.html", NULL);
  int block = block_of(key->key);
  if (block == 0) return g_strdup_printf("%s%04d/index.html", folder, year_of(key->key));
  g_autofree char *name = block_folder(block);
  return g_strdup_printf("%s%04d/%s/index.html", folder, year_of(key->key), name);
}

static char *cases_path(struct site *site, const struct page_key *key, GError **error)
{
  g_autofree char *folder = shelf_folder(site, (enum case_shelf)key->part, key->list, error);
  return folder ? path_in(folder, key) : NULL;
}

void page_set_case(struct page *page, struct page_map *map, const struct public_case *it, const char *up)
{
  g_autofree char *folder = case_folder(it->year, it->number),
                  *path = g_strconcat(up, folder, "index.html", NULL);
  page_set_own(map, "path", path);
  page_set_own(map, "number", it->name);
  page_set(map, "title", it->title);
  page_set_state(map, state_words(it->state));
  page_set_office(map, it->office);
  if (it->region_name) page_set_own(map, "region", it->region_name);
  page_set_moment(page, map, "last", it->last, true);
}

/* What a shelf is called: "Fälle: erledigt laut Amt". */
static struct public_text *shelf_title(struct site *site, enum case_shelf shelf, int64_t value,
                                       GError **error)
{
  if (shelf == SHELF_STATE) {
    g_autofree char *title = g_strdup_printf("Fälle: %s", state_words((enum public_state)value)->words);
    return public_own(title);
  }
  if (shelf == SHELF_REGION) {
    g_autofree char *slug = NULL, *name = NULL;
    if (!case_region(site_store(site), value, &slug, &name, error)) return NULL;
    g_autofree char *title = g_strdup_printf("Fälle in %s", name);
    return public_own(title);
  }
  if (shelf == SHELF_OFFICE) {
    g_autoptr(public_office_t) office = view_office(site, value, error);
    if (!office) return NULL;
    g_autofree char *title = g_strdup_printf("Fälle beim Amt: %s", public_text_string(office->name));
    return public_own(title);
  }
  return public_own("Fälle");
}

static void add_cases(struct page *page, const GPtrArray *cases, const char *up)
{
  for (guint i = 0; i < cases->len; i++)
    page_set_case(page, page_append(page_values(page), "cases"), cases->pdata[i], up);
  page_set_flag(page_values(page), "has_cases", cases->len > 0);
}

/* ---- first pages ---- */

static bool add_years(struct site *site, struct page *page, const struct page_key *key, GError **error)
{
  for (int year = 10000;;) {
    year = case_shelf_year_before(site_store(site), (enum case_shelf)key->part, key->list, year, error);
    if (year <= 0) return year == 0;
    struct page_map *map = page_append(page_values(page), "years");
    g_autofree char *path = g_strdup_printf("%04d/index.html", year);
    page_set_own(map, "path", path);
    page_set_number(map, "year", year);
  }
}

/* Links to the first pages of another sort of shelf. */
static bool add_shelves(struct site *site, struct page *page, enum case_shelf shelf, const char *name,
                        GError **error)
{
  for (int64_t value = 0;;) {
    value = case_shelf_value_after(site_store(site), shelf, value, error);
    if (value <= 0) return value == 0;
    GError *failed = NULL;
    g_autofree char *folder = shelf_folder(site, shelf, value, &failed);
    g_autoptr(public_office_t) office =
        shelf == SHELF_OFFICE && !failed ? view_office(site, value, &failed) : NULL;
    g_autofree char *slug = NULL, *region = NULL;
    if (shelf == SHELF_REGION && !failed) case_region(site_store(site), value, &slug, &region, &failed);
    if (fault_hand_on(failed, error)) return false;
    if (!folder || (shelf == SHELF_OFFICE && !office)) continue;
    g_autofree char *flag = g_strconcat("has_", name, NULL);
    page_set_flag(page_values(page), flag, true);
    struct page_map *map = page_append(page_values(page), name);
    g_autofree char *path = g_strconcat(folder + strlen("faelle/"), "index.html", NULL);
    page_set_own(map, "path", path);
    page_set_own(map, "title",
                 office   ? public_text_string(office->name)
                 : region ? region
                          : state_words((enum public_state)value)->words);
  }
}

static enum page_state render_first(struct site *site, const struct page_key *key, struct page *page,
                                    const char *up, GError **error)
{
  enum case_shelf shelf = (enum case_shelf)key->part;
  g_autoptr(GPtrArray) cases =
      view_cases(site, case_shelf_latest(site_store(site), shelf, key->list, YOUNGEST, error), error);
  if (!cases) return PAGE_FAULT;
  if (cases->len == 0) return PAGE_ABSENT;
  page_set_flag(page_values(page), "is_first", true);
  add_cases(page, cases, up);
  if (!add_years(site, page, key, error)) return PAGE_FAULT;
  if (shelf != SHELF_ALL) return PAGE_PRESENT;
  page_set_flag(page_values(page), "is_all", true);
  bool done = add_shelves(site, page, SHELF_REGION, "regions", error) &&
              add_shelves(site, page, SHELF_OFFICE, "offices", error) &&
              add_shelves(site, page, SHELF_STATE, "states", error);
  return done ? PAGE_PRESENT : PAGE_FAULT;
}

/* ---- years and blocks ---- */

static enum page_state render_year(struct site *site, const struct page_key *key, struct page *page,
                                   GError **error)
{
  int year = year_of(key->key), count = 0;
  for (int block = CASE_YEAR_KEY;; count++) {
    block =
        case_shelf_block_before(site_store(site), (enum case_shelf)key->part, key->list, year, block, error);
    if (block < 0) return PAGE_FAULT;
    if (block == 0) break;
    struct page_map *map = page_append(page_values(page), "blocks");
    g_autofree char *folder = block_folder(block), *path = g_strconcat(folder, "/index.html", NULL);
    g_autofree char *from = g_strdup_printf("KP-%04d-%04d", year, (block - 1) * CASES_A_BLOCK + 1),
                    *to = g_strdup_printf("KP-%04d-%04d", year, block * CASES_A_BLOCK);
    page_set_own(map, "path", path);
    page_set_own(map, "from", from);
    page_set_own(map, "to", to);
  }
  page_set_number(page_values(page), "year", year);
  return count ? PAGE_PRESENT : PAGE_ABSENT;
}

static enum page_state render_block(struct site *site, const struct page_key *key, struct page *page,
                                    const char *up, GError **error)
{
  int year = year_of(key->key), block = block_of(key->key);
  g_autoptr(GPtrArray) cases = view_cases(
      site, case_shelf_block(site_store(site), (enum case_shelf)key->part, key->list, year, block, error),
      error);
  if (!cases) return PAGE_FAULT;
  g_autofree char *from = g_strdup_printf("KP-%04d-%04d", year, (block - 1) * CASES_A_BLOCK + 1),
                  *to = g_strdup_printf("KP-%04d-%04d", year, block * CASES_A_BLOCK);
  page_set_own(page_values(page), "from", from);
  page_set_own(page_values(page), "to", to);
  add_cases(page, cases, up);
  return cases->len ? PAGE_PRESENT : PAGE_ABSENT;
}

/* The way to it: all cases, the shelf, the year. */
static void add_crumbs(struct page *page, const struct page_key *key, const struct public_text *title,
                       const char *up)
{
  g_autofree char *all_path = g_strconcat(up, "faelle/index.html", NULL);
  g_autoptr(public_text_t) all = public_own("Fälle");
  if (key->part != SHELF_ALL || key->key != 0) page_add_crumb(page, all_path, all);
  bool is_block = block_of(key->key) != 0;
  if (key->part != SHELF_ALL && key->key != 0)
    page_add_crumb(page, is_block ? "../../index.html" : "../index.html", title);
  if (!is_block) return;
  g_autofree char *year = g_strdup_printf("%d", year_of(key->key));
  g_autoptr(public_text_t) year_title = public_own(year);
  page_add_crumb(page, "../index.html", year_title);
}

static enum page_state cases_render(struct site *site, const struct page_key *key, GString *out,
                                    GError **error)
{
  g_autofree char *path = cases_path(site, key, error);
  g_autoptr(public_text_t) title =
      path ? shelf_title(site, (enum case_shelf)key->part, key->list, error) : NULL;
  if (!title) return *error ? PAGE_FAULT : PAGE_ABSENT;
  g_autofree char *up = page_way_up(path);
  g_autoptr(page_t) page = page_new(site, path);
  page_set(page_values(page), "title", title);
  add_crumbs(page, key, title, up);
  enum page_state state = key->key == 0             ? render_first(site, key, page, up, error)
                          : block_of(key->key) == 0 ? render_year(site, key, page, error)
                                                    : render_block(site, key, page, up, error);
  if (state != PAGE_PRESENT) return state;
  return page_render(page, TEMPLATE_CASES, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

/* A list shows a link to its region's cases while there are any. */
static bool mark_lists_of_region(struct site *site, int64_t region, GError **error)
{
  g_autoptr(GPtrArray) lists = site_public_lists(site, error);
  if (!lists) return false;
  for (guint i = 0; i < lists->len; i++) {
    const struct public_list *list = lists->pdata[i];
    if (list->region == region && !page_mark(site_store(site), "list", list->id, 0, 1, error)) return false;
  }
  return true;
}

static bool cases_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  struct store *store = site_store(site);
  if (block_of(key->key)) return page_mark(store, "cases", key->list, year_of(key->key), key->part, error);
  if (key->key) return page_mark(store, "cases", key->list, 0, key->part, error);
  if (key->part == SHELF_REGION && !mark_lists_of_region(site, key->list, error)) return false;
  if (key->part != SHELF_ALL) return page_mark(store, "cases", 0, 0, SHELF_ALL, error);
  return page_mark(store, "home", 0, 0, 1, error);
}

/* Offices' shelves once had numbers ("faelle/amt/3/"): what an older program left there goes, or it would
 * show for ever what the case has taken back since. Some other office may have such a sign. */
static bool cases_tend(struct site *site, const struct page_key *key, bool *is_done, GError **error)
{
  *is_done = true;
  if (key->part != SHELF_OFFICE) return true;
  g_autofree char *sign = g_strdup_printf("%" G_GINT64_FORMAT, key->list),
                  *folder = g_strdup_printf("faelle/amt/%s/", sign), *path = path_in(folder, key);
  if (!shelf_has(site, path)) return true;
  GError *failed = NULL;
  bool is_somebodys = view_office_has_sign(site, sign, &failed);
  if (failed || is_somebodys) return !fault_hand_on(failed, error);
  struct shelf_round *round = shelf_round_new(site);
  bool done = shelf_remove(round, path, error) && shelf_sync(round, error);
  shelf_round_free(round);
  return done;
}

const struct page_kind page_cases = { .name = "cases",
                                      .path = cases_path,
                                      .render = cases_render,
                                      .mark_neighbours = cases_mark_neighbours,
                                      .tend = cases_tend };
