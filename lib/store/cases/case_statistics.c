/* Statistics of cases; see case_statistics.h. A case takes its numbers out of the counters before it changes
 * and puts them in again afterwards, whatever changed: office, topic, state. So they cannot drift. */
#include "lib/store/cases/case_statistics.h"

#include "lib/store/internal.h"
#include "lib/store/pages.h"

#include <string.h>

enum { DAYS_MOST = 400 };

/* A row while it is added up: how many cases by days. */
struct sum {
  struct case_row *row;
  int64_t by_days[DAYS_MOST + 1];
};

bool case_statistics_leave(struct store *store, int64_t casefile, GError **error)
{
  return db_run(store->db, Q_CASE_COUNT_LEAVE, error, INT(casefile)) &&
         db_run(store->db, Q_CASE_DAYS_LEAVE, error, INT(casefile));
}

bool case_statistics_enter(struct store *store, int64_t casefile, GError **error)
{
  return db_run(store->db, Q_CASE_COUNT_ENTER, error, INT(casefile)) &&
         db_run(store->db, Q_CASE_DAYS_ENTER, error, INT(casefile)) &&
         page_mark(store, "cases-numbers", 0, 0, 1, error) &&
         page_mark(store, "cases-numbers", 0, 0, 2, error);
}

static void free_row(gpointer data)
{
  struct case_row *row = data;
  g_free(row->topic);
  g_free(row);
}

void case_statistics_free(struct case_statistics *it)
{
  if (!it) return;
  g_ptr_array_unref(it->offices);
  g_ptr_array_unref(it->topics);
  g_ptr_array_unref(it->rows);
  g_free(it);
}

/* The sum of an office and a topic, made where there is none. */
static struct sum *sum_of(GHashTable *sums, int64_t office, const char *topic, GPtrArray *rows)
{
  char *key = g_strdup_printf("%" G_GINT64_FORMAT " %s", office, topic ? topic : "*");
  struct sum *sum = g_hash_table_lookup(sums, key);
  if (sum) {
    g_free(key);
    return sum;
  }
  sum = g_new0(struct sum, 1);
  sum->row = g_new0(struct case_row, 1);
  sum->row->office = office;
  sum->row->topic = g_strdup(topic);
  g_ptr_array_add(rows, sum->row);
  g_hash_table_insert(sums, key, sum);
  return sum;
}

/* Everything that one row of a counter counts for. */
struct reading {
  struct case_statistics *it;
  GHashTable *offices, *topics, *rows;
  struct sum all;
};
enum { SUMS = 4 };

static void sums_of(struct reading *reading, int64_t office, const char *topic, struct sum *sums[SUMS])
{
  sums[0] = &reading->all;
  sums[1] = sum_of(reading->offices, office, NULL, reading->it->offices);
  sums[2] = sum_of(reading->topics, 0, topic, reading->it->topics);
  sums[3] = sum_of(reading->rows, office, topic, reading->it->rows);
}

static bool read_counts(struct store *store, struct reading *reading, int year, GError **error)
{
  struct rows rows =
      year ? db_query(store->db, Q_CASE_COUNTS_OF_YEAR, INT(year)) : db_query(store->db, Q_CASE_COUNTS_ALL);
  while (rows_next(&rows, error)) {
    if (column_int(&rows, 3) == 0) continue; /* all of them went to somebody else */
    struct sum *sums[SUMS];
    g_autofree char *topic = column_text(&rows, 2);
    sums_of(reading, column_int(&rows, 1), topic, sums);
    for (int i = 0; i < SUMS; i++) {
      struct case_numbers *numbers = &sums[i]->row->numbers;
      numbers->cases += column_int(&rows, 3);
      numbers->open += column_int(&rows, 4);
      numbers->answered += column_int(&rows, 5);
      numbers->done += column_int(&rows, 6);
      numbers->confirmed += column_int(&rows, 7);
    }
  }
  return rows_end(&rows);
}

static bool read_days(struct store *store, struct reading *reading, int year, GError **error)
{
  struct rows rows =
      year ? db_query(store->db, Q_CASE_DAYS_OF_YEAR, INT(year)) : db_query(store->db, Q_CASE_DAYS_ALL);
  while (rows_next(&rows, error)) {
    if (column_int(&rows, 4) == 0) continue;
    struct sum *sums[SUMS];
    g_autofree char *topic = column_text(&rows, 2);
    sums_of(reading, column_int(&rows, 1), topic, sums);
    int64_t days = CLAMP(column_int(&rows, 3), 0, DAYS_MOST);
    for (int i = 0; i < SUMS; i++) sums[i]->by_days[days] += column_int(&rows, 4);
  }
  return rows_end(&rows);
}

/* The lower one of the two in the middle. */
static int median_of(const struct sum *sum)
{
  int64_t count = 0, passed = 0;
  for (int days = 0; days <= DAYS_MOST; days++) count += sum->by_days[days];
  for (int days = 0; count > 0 && days <= DAYS_MOST; days++) {
    passed += sum->by_days[days];
    if (2 * passed >= count) return days;
  }
  return -1;
}

static void set_medians(GHashTable *sums)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, sums);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    struct sum *sum = value;
    sum->row->numbers.median_days = median_of(sum);
  }
}

static struct case_statistics *statistics_new(void)
{
  struct case_statistics *it = g_new0(struct case_statistics, 1);
  it->offices = g_ptr_array_new_with_free_func(free_row);
  it->topics = g_ptr_array_new_with_free_func(free_row);
  it->rows = g_ptr_array_new_with_free_func(free_row);
  return it;
}

struct case_statistics *case_statistics_read(struct store *store, int year, GError **error)
{
  g_autoptr(case_statistics_t) it = statistics_new();
  g_autoptr(GHashTable) offices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) topics = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  struct case_row all = { 0 };
  struct reading reading = { it, offices, topics, rows, { .row = &all } };
  if (!read_counts(store, &reading, year, error) || !read_days(store, &reading, year, error)) return NULL;
  set_medians(offices);
  set_medians(topics);
  set_medians(rows);
  it->all = all.numbers;
  it->all.median_days = median_of(&reading.all);
  return g_steal_pointer(&it);
}

struct case_numbers case_statistics_of_office(const struct case_statistics *it, int64_t office)
{
  for (guint i = 0; i < it->offices->len; i++) {
    const struct case_row *row = it->offices->pdata[i];
    if (row->office == office) return row->numbers;
  }
  return (struct case_numbers){ .median_days = -1 };
}
