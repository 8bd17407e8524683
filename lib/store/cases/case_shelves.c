/* Reading what lies on the public's shelves; see case_shelves.h. */
#include "lib/store/cases/case_shelves.h"

#include "lib/store/internal.h"

static void free_casefile(void *it)
{
  casefile_free(it);
}

/* The cases whose ids a query says. */
static GPtrArray *read_cases(struct store *store, struct rows rows, GError **error)
{
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
  while (rows_next(&rows, error)) {
    int64_t id = column_int(&rows, 0);
    g_array_append_val(ids, id);
  }
  if (!rows_end(&rows)) return NULL;
  g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func(free_casefile);
  for (guint i = 0; i < ids->len; i++) {
    struct casefile *it = casefile_get(store, g_array_index(ids, int64_t, i), error);
    if (!it) return NULL;
    g_ptr_array_add(cases, it);
  }
  return g_steal_pointer(&cases);
}

GPtrArray *case_shelf_block(struct store *store, enum case_shelf shelf, int64_t value, int year, int block,
                            GError **error)
{
  return read_cases(store,
                    db_query(store->db, Q_CASE_SHELF_BLOCK, INT(shelf), INT(value), INT(year),
                             INT((block - 1) * CASES_A_BLOCK)),
                    error);
}

GPtrArray *case_shelf_latest(struct store *store, enum case_shelf shelf, int64_t value, int limit,
                             GError **error)
{
  return read_cases(store, db_query(store->db, Q_CASE_SHELF_LATEST, INT(shelf), INT(value), INT(limit)),
                    error);
}

GPtrArray *casefiles_answered(struct store *store, int64_t region, int64_t since, int64_t until, int limit,
                              GError **error)
{
  return read_cases(
      store, db_query(store->db, Q_CASEFILES_ANSWERED, INT(region), INT(since), INT(until), INT(limit)),
      error);
}

int case_shelf_year_before(struct store *store, enum case_shelf shelf, int64_t value, int year,
                           GError **error)
{
  int64_t found = 0;
  bool done =
      db_number(store->db, Q_CASE_SHELF_YEAR_BEFORE, 0, &found, error, INT(shelf), INT(value), INT(year));
  return done ? (int)found : -1;
}

int case_shelf_block_before(struct store *store, enum case_shelf shelf, int64_t value, int year, int block,
                            GError **error)
{
  int64_t found = 0, most = ((int64_t)block - 1) * CASES_A_BLOCK;
  bool done = db_number(store->db, Q_CASE_SHELF_NUMBER_UP_TO, 0, &found, error, INT(shelf), INT(value),
                        INT(year), INT(most));
  return done ? case_block((int)found) : -1;
}

int64_t case_shelf_value_after(struct store *store, enum case_shelf shelf, int64_t after, GError **error)
{
  int64_t found = 0;
  return db_number(store->db, Q_CASE_SHELF_VALUE_AFTER, 0, &found, error, INT(shelf), INT(after)) ? found
                                                                                                  : -1;
}

bool case_region(struct store *store, int64_t region, char **slug, char **name, GError **error)
{
  *slug = *name = NULL;
  struct rows rows = db_query(store->db, Q_CASE_REGION, INT(region));
  while (rows_next(&rows, error)) {
    g_free(*slug), g_free(*name);
    *slug = column_text(&rows, 0);
    *name = column_text(&rows, 1);
  }
  return rows_end(&rows) && *slug;
}

int case_last_public(struct store *store, int64_t casefile, int position, GError **error)
{
  int64_t found = 0;
  return db_number(store->db, Q_CASE_LAST_PUBLIC, 0, &found, error, INT(casefile), INT(position)) ? (int)found
                                                                                                  : -1;
}

static void *read_name(const struct rows *rows)
{
  return column_text(rows, 0);
}

GPtrArray *case_names(struct store *store, int64_t casefile, GError **error)
{
  return rows_collect(db_query(store->db, Q_CASE_NAMES, INT(casefile)), read_name, g_free, error);
}
