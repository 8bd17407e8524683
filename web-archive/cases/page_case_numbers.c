/* How offices answer, in figures: a page and the same as JSON (daten/statistics.json). In the stale table
 * part 1 is the page, 2 the JSON. Figures count all cases, public or not: they name nobody. */
#include "lib/store/cases/case_statistics.h"
#include "lib/store/cases/offices.h"
#include "lib/store/pages.h"
#include "lib/text/json_out.h"
#include "web-archive/cases/case_pages.h"

#include "web-archive/page.h"

enum { PART_PAGE = 1, PART_JSON };

struct figures {
  const GPtrArray *offices; /* struct office* */
  const struct case_statistics *statistics;
};

static char *numbers_path(struct site *site, const struct page_key *key, GError **error)
{
  (void)site, (void)error;
  return g_strdup(key->part == PART_JSON ? "daten/statistics.json" : "faelle/zahlen/index.html");
}

/* The figures of one office or topic, under the names of open data. */
static const struct figure {
  const char *name;
  gsize at;
} FIGURES[] = {
  { "cases", G_STRUCT_OFFSET(struct case_numbers, cases) },
  { "open", G_STRUCT_OFFSET(struct case_numbers, open) },
  { "answered", G_STRUCT_OFFSET(struct case_numbers, answered) },
  { "done", G_STRUCT_OFFSET(struct case_numbers, done) },
  { "confirmed", G_STRUCT_OFFSET(struct case_numbers, confirmed) },
};

static void put_numbers(struct json_out *json, const struct case_numbers *numbers)
{
  for (gsize i = 0; i < G_N_ELEMENTS(FIGURES); i++)
    json_put_number(json, FIGURES[i].name, G_STRUCT_MEMBER(int64_t, numbers, FIGURES[i].at));
  if (numbers->median_days >= 0)
    json_put_number(json, "median_days", numbers->median_days);
  else
    json_put_null(json, "median_days");
}

static void put_offices(struct json_out *json, const struct figures *figures)
{
  json_begin_array(json, "offices");
  for (guint i = 0; i < figures->offices->len; i++) {
    const struct office *office = figures->offices->pdata[i];
    struct case_numbers numbers = case_statistics_of_office(figures->statistics, office->id);
    json_begin_object(json, NULL);
    json_put_text(json, "sign", office->sign);
    json_put_text(json, "name", office->name);
    put_numbers(json, &numbers);
    json_put_number(json, "passed_on", office->rerouted);
    json_end_object(json);
  }
  json_end_array(json);
}

static void render_json(struct site *site, const struct figures *figures, GString *out)
{
  g_autoptr(json_out_t) json = json_out_new();
  json_begin_object(json, NULL);
  json_put_text(json, "generator", "kiezpost");
  json_put_text(json, "municipality", site_config(site)->name);
  json_begin_object(json, "all");
  put_numbers(json, &figures->statistics->all);
  json_end_object(json);
  put_offices(json, figures);
  json_begin_array(json, "topics");
  for (guint i = 0; i < figures->statistics->topics->len; i++) {
    const struct case_row *row = figures->statistics->topics->pdata[i];
    json_begin_object(json, NULL);
    json_put_text(json, "topic", *row->topic ? row->topic : NULL);
    put_numbers(json, &row->numbers);
    json_end_object(json);
  }
  json_end_array(json);
  json_end_object(json);
  g_autofree char *text = json_out_text(json, true);
  g_string_append_printf(out, "%s\n", text);
}

/* Topics as people say them; one of an operator's own tables is shown as it is. */
static const char *topic_words(const char *topic)
{
  static const struct {
    const char *topic, *words;
  } topics[] = {
    { "", "Ohne Thema" },
    { "road", "Straßen und Wege" },
    { "traffic", "Ampeln" },
    { "lighting", "Beleuchtung" },
    { "transit", "Bus und Bahn" },
    { "railway", "Eisenbahn und S-Bahn" },
    { "water", "Wasser und Abwasser" },
    { "cleaning", "Straßenreinigung und Müllabfuhr" },
    { "motorway", "Autobahn" },
    { "police", "Polizei" },
    { "forest", "Wald" },
    { "post", "Post" },
    { "jobs", "Arbeit" },
    { "tax", "Steuern" },
    { "green", "Grünflächen" },
    { "playground", "Spielplätze" },
    { "waste", "Müll auf der Straße" },
    { "order", "Ordnung, Lärm, Parken" },
    { "nature", "Umwelt und Natur" },
    { "business", "Gewerbe und Wirtschaft" },
    { "building", "Bauen" },
    { "housing", "Wohnen" },
    { "school", "Schulen" },
    { "sport", "Sport" },
    { "culture", "Kultur" },
    { "youth", "Kinder und Jugend" },
    { "social", "Soziales" },
    { "health", "Gesundheit" },
    { "citizens", "Bürgeramt" },
    { "participation", "Beteiligung" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(topics); i++)
    if (g_str_equal(topics[i].topic, topic)) return topics[i].words;
  return topic;
}

/* How often an office said "not us", or all of them did: a column of the offices' table. */
static void set_passed_on(struct page_map *map, int64_t count)
{
  g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, count);
  page_set_own(map, "passed_on", text);
}

/* A row of a table. */
static void set_row(struct page_map *map, const char *name, const struct case_numbers *numbers)
{
  page_set_own(map, "name", name);
  for (gsize i = 0; i < G_N_ELEMENTS(FIGURES); i++) {
    g_autofree char *text =
        g_strdup_printf("%" G_GINT64_FORMAT, G_STRUCT_MEMBER(int64_t, numbers, FIGURES[i].at));
    page_set_own(map, FIGURES[i].name, text);
  }
  g_autofree char *median =
      numbers->median_days >= 0 ? g_strdup_printf("%d", numbers->median_days) : g_strdup("–");
  page_set_own(map, "median_days", median);
}

/* Offices with cases, or that have handed on all they had; and all of them together. */
static void add_offices(struct page_map *values, const struct figures *figures)
{
  int64_t passed_on = 0;
  for (guint i = 0; i < figures->offices->len; i++) {
    const struct office *office = figures->offices->pdata[i];
    struct case_numbers numbers = case_statistics_of_office(figures->statistics, office->id);
    if (numbers.cases == 0 && office->rerouted == 0) continue;
    struct page_map *row = page_append(values, "offices");
    set_row(row, *office->name ? office->name : office->sign, &numbers);
    set_passed_on(row, office->rerouted);
    passed_on += office->rerouted;
  }
  struct page_map *all = page_append(values, "offices");
  set_row(all, "Zusammen", &figures->statistics->all);
  set_passed_on(all, passed_on);
}

static bool render_page(struct site *site, const struct figures *figures, GString *out, GError **error)
{
  g_autoptr(page_t) page = page_new(site, "faelle/zahlen/index.html");
  struct page_map *values = page_values(page);
  g_autoptr(public_text_t) crumb = public_own("Fälle");
  page_set_own(values, "title", "Fälle in Zahlen");
  page_add_crumb(page, "../index.html", crumb);
  add_offices(values, figures);
  for (guint i = 0; i < figures->statistics->topics->len; i++) {
    const struct case_row *row = figures->statistics->topics->pdata[i];
    set_row(page_append(values, "topics"), topic_words(row->topic), &row->numbers);
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
  g_autoptr(case_statistics_t) statistics = offices ? case_statistics_read(site_store(site), 0, error) : NULL;
  if (!statistics) return PAGE_FAULT;
  struct figures figures = { offices, statistics };
  if (key->part == PART_PAGE) return render_page(site, &figures, out, error) ? PAGE_PRESENT : PAGE_FAULT;
  render_json(site, &figures, out);
  return PAGE_PRESENT;
}

const struct page_kind page_case_numbers = { .name = "cases-numbers",
                                             .path = numbers_path,
                                             .render = numbers_render };
