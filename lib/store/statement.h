/* Statements: the one place where values meet SQL. Known to lib/store only.
 *
 * Every statement has a name (queries/ *.sql) and is prepared when a database is opened. Values are bound by
 * position, each with its type said: db_run(db, Q_X, error, INT(id), TEXT(name)). A statement is one object:
 * no two loops over the same statement may be nested, so whoever reads rows collects them before anything
 * else is called. */
#ifndef STORE_STATEMENT_H
#define STORE_STATEMENT_H

#include "store_sql.h"
#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

struct db;

enum value_type { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB };
struct value {
  enum value_type type;
  int64_t number;
  const void *data; /* must live until the statement has run */
  gsize size;
};
#define INT(n)          ((struct value){ .type = VALUE_INT, .number = (n) })
#define ID(n)           value_id(n)   /* 0 becomes NULL */
#define TEXT(s)         value_text(s) /* NULL becomes "" */
#define BLOB(p, n)      ((struct value){ .type = VALUE_BLOB, .data = (p), .size = (n) })
#define TEXT_OR_NULL(s) value_text_or_null(s)

static inline struct value value_id(int64_t id)
{
  return (struct value){ .type = id ? VALUE_INT : VALUE_NULL, .number = id };
}
static inline struct value value_text(const char *text)
{
  return (struct value){ .type = VALUE_TEXT, .data = text ? text : "" };
}
static inline struct value value_text_or_null(const char *text)
{
  return (struct value){ .type = text ? VALUE_TEXT : VALUE_NULL, .data = text };
}

#define VALUE_ARRAY(...)                                                                                     \
  (const struct value[]){ __VA_ARGS__ }, sizeof((struct value[]){ __VA_ARGS__ }) / sizeof(struct value)

/* Runs a statement to its end. Writing outside a transaction is refused as FAULT_BUG. */
#define db_run(db, query, error, ...) db_run_values(db, query, error, VALUE_ARRAY(__VA_ARGS__))
bool db_run_values(struct db *db, enum query query, GError **error, const struct value *values, gsize count);
/* Inserts one row and tells its number; 0 where the statement let it be (ON CONFLICT DO NOTHING). RETURNING
 * would do the same for more than the row itself costs: a temporary table, and a journal for the statement
 * alone. */
#define db_insert(db, query, id, error, ...) db_insert_values(db, query, id, error, VALUE_ARRAY(__VA_ARGS__))
bool db_insert_values(struct db *db, enum query query, int64_t *id, GError **error,
                      const struct value *values, gsize count);
/* Rows that the last db_run changed. */
int db_changes(struct db *db);

/* The first column of the first row as a number; `otherwise` if there is no row or it is NULL. */
#define db_number(db, query, otherwise, result, error, ...)                                                  \
  db_number_values(db, query, otherwise, result, error, VALUE_ARRAY(__VA_ARGS__))
bool db_number_values(struct db *db, enum query query, int64_t otherwise, int64_t *result, GError **error,
                      const struct value *values, gsize count);

/* Rows one by one:
 *   struct rows rows = db_query(db, Q_X, INT(id));
 *   while (rows_next(&rows, error)) … column_int(&rows, 0) …
 *   return rows_end(&rows);
 * rows_next answers false at the end and on a fault; rows_end tells which, and must always be reached. */
struct rows {
  struct db *db;
  enum query query;
  sqlite3_stmt *statement;
  int result;
};
#define db_query(db, query, ...) db_query_values(db, query, VALUE_ARRAY(__VA_ARGS__))
struct rows db_query_values(struct db *db, enum query query, const struct value *values, gsize count);
bool rows_next(struct rows *rows, GError **error);
bool rows_end(struct rows *rows);

int64_t column_int(const struct rows *rows, int column); /* NULL is 0 */
char *column_text(const struct rows *rows, int column);  /* a copy; NULL is "" */
const char *column_peek(const struct rows *rows, int column,
                        gsize *size); /* until the next step; NULL stays NULL */
GBytes *column_bytes(const struct rows *rows, int column);
/* One value of a row by its number, read into place: a column's value would be in memory twice while it is
 * copied. A missing row is a fault. */
GBytes *db_blob(struct db *db, const char *table, const char *column, int64_t row, GError **error);

/* All rows, each read by `read`, into an array that frees them with `free_row`; NULL on error. */
typedef void *row_reader(const struct rows *rows);
GPtrArray *rows_collect(struct rows rows, row_reader *read, GDestroyNotify free_row, GError **error);
/* The first row, or NULL: without error there is none. */
void *rows_first(struct rows rows, row_reader *read, GError **error);

/* Prepares every statement of the database's kind; a mistake is named. */
bool db_prepare_all(struct db *db, GError **error);
void db_finalize_all(struct db *db);

/* Sets *error from what SQLite last said, and returns false. `what` may be NULL. */
bool db_fault(struct db *db, int result, GError **error, const char *what);

#endif
