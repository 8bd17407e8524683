/* How offices answer, in figures: a page and the same as JSON (daten/statistics.json). In the stale table
 * part 1 is the page, 2 the JSON. Figures count all cases, public or not: they name nobody. */
#include "lib/store/cases/offices.h"
#include "lib/store/pages.h"
#include "lib/text/json_out.h"
#include "web-archive/cases/case_pages.h"

#include "web-archive/page.h"

enum { PART_PAGE = 1, PART_JSON };

static char *numbers_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)error;
  return g_strdup(key->part == PART_JSON ? "daten/statistics.json" : "faelle/zahlen/index.html");
}

static void render_json(struct site *site, const GPtrArray *offices, GString *out)
{
  g_autoptr(json_out_t) json = json_out_new();
  json_begin_object(json, NULL);
  json_put_text(json, "generator", "kiezpost");
  json_put_text(json, "municipality", site_config(site)->name);
  json_begin_array(json, "offices");
  for (guint i = 0; i < offices->len; i++) {
    const struct office *office = offices->pdata[i];
    json_begin_object(json, NULL);
    json_put_text(json, "sign", office->sign);
    json_put_text(json, "name", office->name);
    json_put_number(json, "open", office->open);
    json_put_number(json, "answered", office->answered);
    json_put_number(json, "passed_on", office->rerouted);
    json_end_object(json);
  }
  json_end_array(json);
  json_end_object(json);
  g_autofree char *text = json_out_text(json, true);
  g_string_append_printf(out, "%s\n", text);
}

static bool render_page(struct site *site, const GPtrArray *offices, GString *out, GError **error)
{
  g_autoptr(page_t) page = page_new(site, "faelle/zahlen/index.html");
  struct page_map *values = page_values(page);
  g_autoptr(public_text_t) crumb = public_own("Fälle");
  page_set_own(values, "title", "Fälle in Zahlen");
  page_add_crumb(page, "../index.html", crumb);
  for (guint i = 0; i < offices->len; i++) {
    const struct office *office = offices->pdata[i];
    struct page_map *map = page_append(values, "offices");
    page_set_own(map, "sign", office->sign);
    page_set_own(map, "name", office->name);
    page_set_number(map, "open", office->open);
    page_set_number(map, "answered", office->answered);
    page_set_number(map, "passed_on", office->rerouted);
  }
  return page_render(page, TEMPLATE_CASE_NUMBERS, out, error);
}

/* There while a case is public: a town that shows none has no page of cases. */
static enum page_state numbers_render(struct site *site, const struct page_key *key, GString *out,
                                      GError **error)
{
  int year = case_shelf_year_before(site_store(site), SHELF_ALL, 0, 10000, error);
  if (year <= 0) return year < 0 ? PAGE_FAULT : PAGE_ABSENT;
  g_autoptr(GPtrArray) offices = offices_all(site_store(site), error);
  if (!offices) return PAGE_FAULT;
  if (key->part == PART_PAGE) return render_page(site, offices, out, error) ? PAGE_PRESENT : PAGE_FAULT;
  render_json(site, offices, out);
  return PAGE_PRESENT;
}

const struct page_kind page_case_numbers = { .name = "cases-numbers",
                                             .path = numbers_path,
                                             .render = numbers_render };
