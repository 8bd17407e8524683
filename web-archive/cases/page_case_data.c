/* Open data: cases as JSON and CSV, for whoever wants to count for themselves. daten/cases.json says what
 * there is (licence, fields, years), daten/cases-2026.json names the files of a year, and each of these holds
 * a hundred numbers (daten/cases-2026-0101.json and .csv), so that an answer rewrites one file of each sort
 * in a town of any size. Everything is what the pages show, and has been through the same gate. In the stale
 * table key is 0, a year or a block, part 1 JSON and 2 CSV. */
#include "lib/store/pages.h"
#include "lib/text/csv.h"
#include "lib/text/json_out.h"
#include "web-archive/cases/case_pages.h"

#include "web-archive/page.h"

#include <string.h>

enum { REPLIES = 10 };
enum { PART_JSON = 1, PART_CSV };

static const char LICENCE[] = "https://www.govdata.de/dl-de/by-2-0", LICENCE_NAME[] = "dl-de/by-2-0";

/* What a case's members mean; order and names of the CSV's columns too. */
static const struct field {
  const char *name, *means;
} FIELDS[] = {
  { "number", "Nummer des Falls" },
  { "kind", "question, defect, proposal oder statement" },
  { "title", "Titel" },
  { "state", "received, forwarded, answered, in_progress, planned, done (sagt das Amt), confirmed (sagt, wer "
             "gefragt hat), "
             "rejected, not_responsible, waiting oder withdrawn" },
  { "office", "Kürzel des Amts" },
  { "office_name", "Name des Amts" },
  { "region", "Bezirksregion" },
  { "place", "Ort, wie er genannt wurde" },
  { "lat", "geografische Breite (WGS 84)" },
  { "lon", "geografische Länge (WGS 84)" },
  { "opened", "eingegangen" },
  { "answered", "erste Antwort eines Amts" },
  { "last", "letzter Eintrag" },
  { "due", "bis zu diesem Tag soll das Amt antworten" },
  { "expected", "bis zu diesem Tag will das Amt fertig sein" },
  { "url", "Seite des Falls" },
  { "on_behalf", "yes: im Namen von jemandem eingetragen, der oder die nicht selbst schreibt" },
};

static int year_of(int64_t key)
{
  return key >= CASE_YEAR_KEY ? (int)(key / CASE_YEAR_KEY) : (int)key;
}

char *block_name(int year, int block)
{
  return g_strdup_printf("cases-%04d-%04d", year, (block - 1) * CASES_A_BLOCK + 1);
}

static char *data_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)error;
  if (key->key == 0) return g_strdup("daten/cases.json");
  if (key->key < CASE_YEAR_KEY) return g_strdup_printf("daten/cases-%04d.json", (int)key->key);
  g_autofree char *name = block_name(year_of(key->key), (int)(key->key % CASE_YEAR_KEY));
  return g_strdup_printf("daten/%s.%s", name, key->part == PART_CSV ? "csv" : "json");
}

static void put_url(struct json_out *json, const struct site *site, const char *name, const char *path)
{
  g_autofree char *url = site_url(site, path);
  json_put_text(json, name, url);
}

/* What stands at the head of each file. */
static struct json_out *begin(const struct site *site)
{
  struct json_out *json = json_out_new();
  json_begin_object(json, NULL);
  json_put_text(json, "generator", "kiezpost");
  json_put_text(json, "municipality", site_config(site)->name);
  json_put_text(json, "licence", LICENCE_NAME);
  json_put_text(json, "licence_url", LICENCE);
  return json;
}

static void end(struct json_out *json, GString *out)
{
  json_end_object(json);
  g_autofree char *text = json_out_text(json, true);
  g_string_append(out, text);
  if (!g_str_has_suffix(text, "\n")) g_string_append_c(out, '\n');
}

/* ---- what there is ---- */

static bool render_index(struct site *site, GString *out, GError **error)
{
  g_autoptr(json_out_t) json = begin(site);
  put_url(json, site, "statistics", "daten/statistics.json");
  json_begin_object(json, "fields");
  for (gsize i = 0; i < G_N_ELEMENTS(FIELDS); i++) json_put_text(json, FIELDS[i].name, FIELDS[i].means);
  json_end_object(json);
  json_begin_array(json, "years");
  for (int year = 10000;;) {
    year = case_shelf_year_before(site_store(site), SHELF_ALL, 0, year, error);
    if (year < 0) return false;
    if (year == 0) break;
    g_autofree char *path = g_strdup_printf("daten/cases-%04d.json", year);
    json_begin_object(json, NULL);
    json_put_number(json, "year", year);
    put_url(json, site, "url", path);
    json_end_object(json);
  }
  json_end_array(json);
  end(json, out);
  return true;
}

static enum page_state render_year(struct site *site, int year, GString *out, GError **error)
{
  g_autoptr(json_out_t) json = begin(site);
  json_put_number(json, "year", year);
  json_begin_array(json, "files");
  int count = 0;
  for (int block = CASE_YEAR_KEY;; count++) {
    block = case_shelf_block_before(site_store(site), SHELF_ALL, 0, year, block, error);
    if (block < 0) return PAGE_FAULT;
    if (block == 0) break;
    g_autofree char *name = block_name(year, block), *path = g_strdup_printf("daten/%s.json", name),
                    *csv = g_strdup_printf("daten/%s.csv", name);
    json_begin_object(json, NULL);
    json_put_number(json, "from", (block - 1) * CASES_A_BLOCK + 1);
    json_put_number(json, "to", block * CASES_A_BLOCK);
    put_url(json, site, "json", path);
    put_url(json, site, "csv", csv);
    json_end_object(json);
  }
  json_end_array(json);
  end(json, out);
  return count ? PAGE_PRESENT : PAGE_ABSENT;
}

/* ---- a hundred cases ---- */

static const char *text_or_null(const struct public_text *text)
{
  return text ? public_text_string(text) : NULL;
}

static const char *filled(const char *text)
{
  return text && *text ? text : NULL;
}

/* A case's values in the order of FIELDS, as text; NULL: none. Pointers in `own` are freed with it. */
static void values_of(const struct site *site, const struct public_case *it, const char **values,
                      GPtrArray *own)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
#define KEEP(text) (g_ptr_array_add(own, (text)), (const char *)own->pdata[own->len - 1])
  g_autofree char *folder = case_folder(it->year, it->number);
  const char *row[] = {
    it->name,
    it->kind,
    it->state == PUBLIC_WITHDRAWN ? NULL : text_or_null(it->title),
    state_words(it->state)->word,
    it->office ? text_or_null(it->office->sign) : NULL,
    it->office ? text_or_null(it->office->name) : NULL,
    it->region_name,
    text_or_null(it->place),
    it->has_point ? KEEP(g_strdup(g_ascii_formatd(number, sizeof number, "%.6f", it->lat))) : NULL,
    it->has_point ? KEEP(g_strdup(g_ascii_formatd(number, sizeof number, "%.6f", it->lon))) : NULL,
    KEEP(site_datetime(site, it->opened)),
    it->answered ? KEEP(site_datetime(site, it->answered)) : NULL,
    KEEP(site_datetime(site, it->last)),
    filled(it->due),
    filled(it->expected),
    KEEP(site_url(site, folder)),
    it->is_on_behalf ? "yes" : NULL,
  };
#undef KEEP
  _Static_assert(G_N_ELEMENTS(row) == G_N_ELEMENTS(FIELDS), "each field has a value");
  memcpy(values, row, sizeof row);
}

/* The youngest answers of offices, the youngest first. */
static bool put_replies(struct site *site, struct json_out *json, const struct public_case *it,
                        GError **error)
{
  g_autoptr(GPtrArray) entries = it->state == PUBLIC_WITHDRAWN
                                     ? g_ptr_array_new()
                                     : view_case_entries(site, it, 0, CASE_PART_ENTRIES, error);
  if (!entries) return false;
  int count = 0;
  json_begin_array(json, "replies");
  for (guint i = 0; i < entries->len && count < REPLIES; i++) {
    const struct public_entry *entry = entries->pdata[i];
    if (!entry->is_official) continue;
    count++;
    g_autofree char *date = site_datetime(site, entry->at);
    json_begin_object(json, NULL);
    json_put_flag(json, "official", true);
    json_put_text(json, "office", public_text_string(entry->office->sign));
    json_put_text(json, "text", public_text_string(entry->text));
    json_put_text(json, "date", date);
    json_put_text(json, "signed_by", text_or_null(entry->signed_by));
    json_end_object(json);
  }
  json_end_array(json);
  return true;
}

static bool put_case(struct site *site, struct json_out *json, const struct public_case *it, GError **error)
{
  const char *values[G_N_ELEMENTS(FIELDS)];
  g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func(g_free);
  values_of(site, it, values, own);
  json_begin_object(json, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(FIELDS); i++) {
    bool is_lat = strcmp(FIELDS[i].name, "lat") == 0, is_lon = strcmp(FIELDS[i].name, "lon") == 0;
    if (values[i] && (is_lat || is_lon))
      json_put_real(json, FIELDS[i].name, is_lat ? it->lat : it->lon);
    else
      json_put_text(json, FIELDS[i].name, values[i]);
  }
  bool done = put_replies(site, json, it, error);
  json_end_object(json);
  return done;
}

static void render_csv(const struct site *site, const GPtrArray *cases, GString *out)
{
  for (gsize i = 0; i < G_N_ELEMENTS(FIELDS); i++)
    g_string_append_printf(out, "%s%s", i ? "," : "", FIELDS[i].name);
  g_string_append(out, "\r\n");
  for (guint k = 0; k < cases->len; k++) {
    const char *values[G_N_ELEMENTS(FIELDS)];
    g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func(g_free);
    values_of(site, cases->pdata[k], values, own);
    for (gsize i = 0; i < G_N_ELEMENTS(FIELDS); i++) {
      if (i) g_string_append_c(out, ',');
      csv_put_cell(out, values[i]);
    }
    g_string_append(out, "\r\n");
  }
}

static bool render_json(struct site *site, const GPtrArray *cases, GString *out, GError **error)
{
  int64_t last = 0;
  for (guint i = 0; i < cases->len; i++)
    last = MAX(last, ((const struct public_case *)cases->pdata[i])->last);
  g_autofree char *stand = site_datetime(site, last);
  g_autoptr(json_out_t) json = begin(site);
  json_put_text(json, "stand", stand);
  json_begin_array(json, "cases");
  bool done = true;
  for (guint i = 0; done && i < cases->len; i++) done = put_case(site, json, cases->pdata[i], error);
  json_end_array(json);
  if (done) end(json, out);
  return done;
}

static bool has_cases(struct site *site, GError **error)
{
  return case_shelf_year_before(site_store(site), SHELF_ALL, 0, 10000, error) > 0;
}

static enum page_state data_render(struct site *site, const struct page_key *key, GString *out,
                                   GError **error)
{
  if (key->key == 0 && !has_cases(site, error)) return *error ? PAGE_FAULT : PAGE_ABSENT;
  if (key->key == 0) return render_index(site, out, error) ? PAGE_PRESENT : PAGE_FAULT;
  int year = year_of(key->key);
  if (key->key < CASE_YEAR_KEY) return render_year(site, year, out, error);
  g_autoptr(GPtrArray) cases = view_cases(
      site, case_shelf_block(site_store(site), SHELF_ALL, 0, year, (int)(key->key % CASE_YEAR_KEY), error),
      error);
  if (!cases || cases->len == 0) return cases ? PAGE_ABSENT : PAGE_FAULT;
  if (key->part == PART_CSV) {
    render_csv(site, cases, out);
    return PAGE_PRESENT;
  }
  return render_json(site, cases, out, error) ? PAGE_PRESENT : PAGE_FAULT;
}

static bool data_mark_neighbours(struct site *site, const struct page_key *key, GError **error)
{
  if (key->key == 0 || key->part == PART_CSV) return true;
  int64_t above = key->key < CASE_YEAR_KEY ? 0 : year_of(key->key);
  return page_mark(site_store(site), "cases-data", 0, above, PART_JSON, error);
}

const struct page_kind page_case_data = {
  .name = "cases-data", .path = data_path, .render = data_render, .mark_neighbours = data_mark_neighbours
};
