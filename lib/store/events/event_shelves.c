/* Reading what lies on the public's shelves of events, and the day that pages show; see event_shelves.h. */
#include "lib/store/events/event_shelves.h"

#include "lib/store/internal.h"
#include "lib/store/pages.h"

#include <stdio.h>
#include <string.h>

static const char DAY[] = "events_day";

/* ---- the day ---- */

char *events_day(struct store *store, GError **error)
{
  GError *failed = NULL;
  char *day = store_setting(store, DAY, &failed);
  if (failed) g_propagate_error(error, failed);
  return day || failed ? day : g_strdup("");
}

static bool mark_ahead(struct store *store, GError **error)
{
  for (int shelf = EVENTS_ALL; shelf <= EVENT_SHELVES; shelf++)
    for (int64_t value = -1;;) {
      value = event_shelf_value_after(store, (enum event_shelf)shelf, value, error);
      if (value == -2) return false;
      if (value == -1) break;
      if (!page_mark(store, "events", value, 0, shelf, error) ||
          !page_mark(store, "events-feed", value, 0, shelf, error))
        return false;
    }
  return true;
}

bool events_turn_day(struct store *store, const char *day, GError **error)
{
  g_autofree char *known = events_day(store, error);
  if (!known) return false;
  if (strcmp(known, day) == 0) return true;
  if (store_begin(store, error) && store_set_setting(store, DAY, day, error) && mark_ahead(store, error) &&
      store_commit(store, error))
    return true;
  store_rollback(store);
  return false;
}

/* ---- shelves ---- */

static void *read_one(const struct rows *rows)
{
  struct event_on_shelf *it = g_new0(struct event_on_shelf, 1);
  it->event = column_int(rows, 0);
  it->original = column_text(rows, 1);
  it->starts = column_text(rows, 2);
  it->is_off = column_int(rows, 3) != 0;
  return it;
}

static void free_one(void *data)
{
  struct event_on_shelf *it = data;
  g_free(it->original);
  g_free(it->starts);
  g_free(it);
}

GPtrArray *event_shelf_between(struct store *store, enum event_shelf shelf, int64_t value, const char *from,
                               const char *before, int limit, GError **error)
{
  return rows_collect(
      db_query(store->db, Q_EVENT_SHELF_MONTH, INT(shelf), INT(value), TEXT(from), TEXT(before), INT(limit)),
      read_one, free_one, error);
}

GPtrArray *event_shelf_ahead(struct store *store, enum event_shelf shelf, int64_t value, const char *day,
                             int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_SHELF_AHEAD, INT(shelf), INT(value), TEXT(day), INT(limit)),
                      read_one, free_one, error);
}

static int by_number(const void *a, const void *b)
{
  int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
  return one < other ? -1 : one > other;
}

/* The numbers that a query says. */
static GArray *read_ids(struct rows rows, GError **error)
{
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
  while (rows_next(&rows, error)) {
    int64_t id = column_int(&rows, 0);
    g_array_append_val(ids, id);
  }
  return rows_end(&rows) ? g_steal_pointer(&ids) : NULL;
}

GArray *event_shelf_events(struct store *store, enum event_shelf shelf, int64_t value, const char *day,
                           int limit, GError **error)
{
  GArray *ids = read_ids(
      db_query(store->db, Q_EVENT_SHELF_EVENTS, INT(shelf), INT(value), TEXT(day), INT(limit)), error);
  if (!ids) return NULL;
  g_array_sort(ids, by_number);
  guint kept = 0;
  for (guint i = 0; i < ids->len; i++) {
    int64_t id = g_array_index(ids, int64_t, i);
    if (kept == 0 || g_array_index(ids, int64_t, kept - 1) != id) g_array_index(ids, int64_t, kept++) = id;
  }
  g_array_set_size(ids, kept);
  return ids;
}

static void *read_text(const struct rows *rows)
{
  return column_text(rows, 0);
}

/* The month (YYYYMM) of the begin that a query found. */
static int month_of(char *starts, GError *failed, GError **error)
{
  g_autofree char *own = starts;
  if (failed) {
    g_propagate_error(error, failed);
    return -1;
  }
  int year = 0, in_year = 0;
  if (!own || sscanf(own, "%4d-%2d", &year, &in_year) != 2) return 0;
  return year * 100 + in_year;
}

int event_shelf_month_before(struct store *store, enum event_shelf shelf, int64_t value, int month,
                             GError **error)
{
  GError *failed = NULL;
  g_autofree char *before = g_strdup_printf("%04d-%02d", month / 100, month % 100);
  char *starts =
      rows_first(db_query(store->db, Q_EVENT_SHELF_LAST_BEFORE, INT(shelf), INT(value), TEXT(before)),
                 read_text, &failed);
  return month_of(starts, failed, error);
}

int event_shelf_month_after(struct store *store, enum event_shelf shelf, int64_t value, int month,
                            GError **error)
{
  GError *failed = NULL;
  int year = month % 100 < 12 ? month / 100 : month / 100 + 1;
  g_autofree char *from = g_strdup_printf("%04d-%02d", year, month % 100 % 12 + 1);
  char *starts = rows_first(db_query(store->db, Q_EVENT_SHELF_FIRST_FROM, INT(shelf), INT(value), TEXT(from)),
                            read_text, &failed);
  return month_of(starts, failed, error);
}

int64_t event_shelf_value_after(struct store *store, enum event_shelf shelf, int64_t after, GError **error)
{
  int64_t found = -1;
  return db_number(store->db, Q_EVENT_SHELF_VALUE_AFTER, -1, &found, error, INT(shelf), INT(after)) ? found
                                                                                                    : -2;
}

GArray *events_public_block(struct store *store, int year, int block, GError **error)
{
  return read_ids(db_query(store->db, Q_EVENTS_PUBLIC_BLOCK, INT(year), INT((block - 1) * EVENTS_A_BLOCK)),
                  error);
}

int event_year_before(struct store *store, int year, GError **error)
{
  int64_t found = 0;
  return db_number(store->db, Q_EVENT_YEAR_BEFORE, 0, &found, error, INT(year)) ? (int)found : -1;
}

int event_last_block(struct store *store, int year, GError **error)
{
  int64_t number = 0;
  if (!db_number(store->db, Q_EVENT_NUMBER, 0, &number, error, INT(year))) return -1;
  return (int)((number + EVENTS_A_BLOCK - 1) / EVENTS_A_BLOCK);
}

GPtrArray *event_names(struct store *store, int64_t event, GError **error)
{
  return rows_collect(db_query(store->db, Q_EVENT_NAMES, INT(event)), read_text, g_free, error);
}
