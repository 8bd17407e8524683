/* kiezpost show offices, show statistics: who answers, for what, and how they have done. */
#include "mta-hooks/show/show.h"

#include "lib/base/fault.h"
#include "lib/store/cases/case_statistics.h"
#include "lib/store/cases/offices.h"
#include "lib/store/directory.h"

#include <stdlib.h>
#include <string.h>

/* ---- offices ---- */

/* Its addresses of one use, or (use NULL) its domains. Caller frees. */
static char **addresses_of(const struct office *office, const char *use)
{
  GPtrArray *words = g_ptr_array_new();
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    bool is_domain = *one->address == '@';
    if (use ? !is_domain && strcmp(one->use, use) == 0 : is_domain)
      g_ptr_array_add(words, g_strdup(one->address + is_domain));
  }
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(words, FALSE);
}

static const char *slug_of(const GPtrArray *regions, int64_t id)
{
  for (guint i = 0; i < regions->len; i++) {
    const struct region *region = regions->pdata[i];
    if (region->id == id) return region->slug;
  }
  return "";
}

/* "road", "green:gruenau", ":gruenau" for whatever there is in it. Caller frees. */
static char **duties_of(const struct office *office, const GPtrArray *regions)
{
  GPtrArray *words = g_ptr_array_new();
  for (guint i = 0; i < office->duties->len; i++) {
    const struct office_duty *duty = office->duties->pdata[i];
    g_ptr_array_add(words, duty->region ? g_strconcat(duty->topic, ":", slug_of(regions, duty->region), NULL)
                                        : g_strdup(duty->topic));
  }
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(words, FALSE);
}

/* Addresses from which letters come back. Caller frees. */
static char **returned_of(const struct office *office)
{
  GPtrArray *words = g_ptr_array_new();
  for (guint i = 0; i < office->addresses->len; i++) {
    const struct office_address *one = office->addresses->pdata[i];
    if (one->returned) g_ptr_array_add(words, g_strdup(one->address));
  }
  g_ptr_array_add(words, NULL);
  return (char **)g_ptr_array_free(words, FALSE);
}

static void put_days(struct sheet *sheet, const char *field, int days)
{
  if (days >= 0)
    sheet_number(sheet, field, days);
  else if (sheet->is_json)
    json_put_null(sheet->json, field);
  else
    sheet_text(sheet, field, "-");
}

static void put_words(struct sheet *sheet, const char *field, char **words)
{
  sheet_words(sheet, field, words);
  g_strfreev(words);
}

static void put_office(struct sheet *sheet, const struct office *office, const GPtrArray *regions,
                       const struct case_numbers *numbers)
{
  sheet_begin(sheet);
  sheet_text(sheet, "sign", office->sign);
  sheet_text(sheet, "name", office->name);
  put_words(sheet, "addresses", addresses_of(office, "main"));
  put_words(sheet, "deputies", addresses_of(office, "deputy"));
  put_words(sheet, "senders", addresses_of(office, "sender"));
  put_words(sheet, "domains", addresses_of(office, NULL));
  put_words(sheet, "returned", returned_of(office));
  sheet_text(sheet, "network", *office->network ? office->network : NULL);
  put_words(sheet, "topics", duties_of(office, regions));
  sheet_number(sheet, "days", office->days);
  sheet_text(sheet, "working_days", office->working_days);
  sheet_text(sheet, "clerk", office->clerk);
  sheet_text(sheet, "signature", *office->signature ? office->signature : NULL);
  sheet_flag(sheet, "coordinator", office->is_coordinator);
  sheet_flag(sheet, "by_hand", office->is_by_hand);
  sheet_flag(sheet, "four_eyes", office->four_eyes);
  sheet_number(sheet, "open", numbers->open);
  sheet_number(sheet, "answered", numbers->answered);
  sheet_number(sheet, "rerouted", office->rerouted);
  put_days(sheet, "median_days", numbers->median_days);
  sheet_end(sheet);
}

bool show_offices(struct show *show, GError **error)
{
  g_autoptr(GPtrArray) offices = offices_all(show->store, error);
  g_autoptr(GPtrArray) regions = offices ? regions_all(show->store, error) : NULL;
  g_autoptr(case_statistics_t) statistics = regions ? case_statistics_read(show->store, 0, error) : NULL;
  for (guint i = 0; statistics && i < offices->len; i++) {
    const struct office *office = offices->pdata[i];
    struct case_numbers numbers = case_statistics_of_office(statistics, office->id);
    put_office(&show->sheet, office, regions, &numbers);
  }
  return statistics != NULL;
}

/* ---- statistics ---- */

/* Where numbers go: JSON, or a line a row. */
struct table {
  struct json_out *json; /* NULL: lines */
  GPtrArray *names;      /* struct office*, removed ones as well */
  struct store *store;
};

/* An office, also a removed one; NULL: nobody, or on error. Owned by the table. */
static const struct office *office_of(struct table *table, int64_t id, GError **error)
{
  for (guint i = 0; i < table->names->len; i++) {
    const struct office *office = table->names->pdata[i];
    if (office->id == id) return office;
  }
  struct office *office = id ? office_get(table->store, id, error) : NULL;
  if (office) g_ptr_array_add(table->names, office);
  return office;
}

static void put_numbers(struct json_out *json, const struct case_numbers *numbers)
{
  json_put_number(json, "cases", numbers->cases);
  json_put_number(json, "open", numbers->open);
  json_put_number(json, "answered", numbers->answered);
  json_put_number(json, "done", numbers->done);
  json_put_number(json, "confirmed", numbers->confirmed);
  if (numbers->median_days >= 0)
    json_put_number(json, "median_days", numbers->median_days);
  else
    json_put_null(json, "median_days");
}

/* A line; `office` NULL: nobody has passed anything on. */
static void print_numbers(const char *sign, const char *topic, const struct case_numbers *numbers,
                          const struct office *office)
{
  g_autofree char *days =
      numbers->median_days >= 0 ? g_strdup_printf("%d", numbers->median_days) : g_strdup("-");
  printf("%-12s %-14s %6" G_GINT64_FORMAT " cases %6" G_GINT64_FORMAT " open %6" G_GINT64_FORMAT
         " answered %6s days",
         sign, topic, numbers->cases, numbers->open, numbers->answered, days);
  if (office) printf(" %6" G_GINT64_FORMAT " passed on", office->rerouted);
  putchar('\n');
}

/* The rows of one array: by office, by topic, or by both. */
static bool put_rows(struct table *table, const char *name, const GPtrArray *rows, bool has_office,
                     bool has_topic, GError **error)
{
  if (table->json) json_begin_array(table->json, name);
  for (guint i = 0; i < rows->len; i++) {
    const struct case_row *row = rows->pdata[i];
    GError *failed = NULL;
    const struct office *office = has_office ? office_of(table, row->office, &failed) : NULL;
    const char *sign = office ? office->sign : NULL;
    if (fault_hand_on(failed, error)) return false;
    if (!table->json) {
      print_numbers(has_office ? (sign ? sign : "(nobody)") : "", has_topic ? row->topic : "", &row->numbers,
                    has_topic ? NULL : office);
      continue;
    }
    json_begin_object(table->json, NULL);
    if (has_office) json_put_text(table->json, "office", sign);
    if (has_topic) json_put_text(table->json, "topic", *row->topic ? row->topic : NULL);
    put_numbers(table->json, &row->numbers);
    if (office && !has_topic) json_put_number(table->json, "passed_on", office->rerouted);
    json_end_object(table->json);
  }
  if (table->json) json_end_array(table->json);
  return true;
}

static void free_office(gpointer office)
{
  office_free(office);
}

/* All of it into a table that has been begun. */
static bool put_all(struct table *table, const struct case_statistics *it, GError **error)
{
  if (table->json)
    put_numbers(table->json, &it->all);
  else
    print_numbers("all", "", &it->all, NULL);
  return put_rows(table, "offices", it->offices, true, false, error) &&
         put_rows(table, "topics", it->topics, false, true, error) &&
         (!table->json || put_rows(table, "rows", it->rows, true, true, error));
}

bool show_statistics(struct show *show, GError **error)
{
  guint64 year = 0;
  if (show->of && !g_ascii_string_to_unsigned(show->of, 10, 2000, 9999, &year, NULL))
    return fault_set(error, FAULT_USAGE, "\"%s\" is no year.", show->of);
  g_autoptr(case_statistics_t) it = case_statistics_read(show->store, (int)year, error);
  if (!it) return false;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(free_office);
  g_autoptr(json_out_t) json = show->sheet.is_json ? json_out_new() : NULL;
  struct table table = { .json = json, .names = names, .store = show->store };
  if (json) json_begin_object(json, NULL);
  if (json && year) json_put_number(json, "year", (int64_t)year);
  if (!put_all(&table, it, error)) return false;
  if (json) json_end_object(json);
  if (json) json_out_print(json);
  return true;
}
