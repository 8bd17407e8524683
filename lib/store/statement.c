/* Statements: binding, stepping, reading columns; see statement.h. What SQLite answers becomes a fault here:
 * busy, full and broken disks are temporary (the mail waits), a violated constraint or a wrong call is our
 * own mistake. */
#include "lib/store/statement.h"
#include "lib/base/fault.h"
#include "lib/store/database.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What a result means to the one who asked. */
static enum fault fault_of_result(int result)
{
  switch (result & 0xff) {
  case SQLITE_CONSTRAINT:
  case SQLITE_MISUSE:
  case SQLITE_RANGE:
  case SQLITE_ERROR:
  case SQLITE_MISMATCH: return FAULT_BUG;
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB: return FAULT_FILE;
  default: return FAULT_TEMPORARY;
  }
}

/* Trouble with the file itself, where SQLite's words say neither which file nor why. */
static bool is_file_trouble(int result)
{
  static const int troubles[] = { SQLITE_CANTOPEN, SQLITE_IOERR,  SQLITE_READONLY,
                                  SQLITE_PERM,     SQLITE_NOTADB, SQLITE_CORRUPT };
  for (gsize i = 0; i < G_N_ELEMENTS(troubles); i++)
    if ((result & 0xff) == troubles[i]) return true;
  return false;
}

/* The system's reason, 0 where there is none. SQLite's own word on a file that cannot be opened is often that
 * of its last look for a log; so we look ourselves. */
static int reason_of(const struct db *db, int result)
{
  if (!db->handle) return 0;
  if ((result & 0xff) == SQLITE_IOERR) return sqlite3_system_errno(db->handle);
  bool may_write = access(db->path, R_OK | W_OK) == 0 && access(db->directory, W_OK) == 0;
  return may_write ? 0 : errno;
}

bool db_fault(struct db *db, int result, GError **error, const char *what)
{
  const char *words = db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(result);
  bool is_trouble = is_file_trouble(result);
  int why = is_trouble ? reason_of(db, result) : 0;
  return fault_set(error, fault_of_result(result), "%s: %s%s%s%s%s",
                   is_trouble ? db->path : db->settings->file, what ? what : "", what ? ": " : "", words,
                   why ? ": " : "", why ? g_strerror(why) : "");
}

static bool query_fault(struct db *db, enum query query, int result, GError **error)
{
  g_autofree char *what = g_strdup_printf("statement %s", query_texts[query].name);
  return db_fault(db, result, error, what);
}

bool db_prepare_all(struct db *db, GError **error)
{
  for (int i = 0; i < QUERY_COUNT; i++) {
    if (query_texts[i].database != db->settings->kind) continue;
    const char *rest = NULL;
    int result = sqlite3_prepare_v3(db->handle, query_texts[i].sql, -1, SQLITE_PREPARE_PERSISTENT,
                                    &db->statements[i], &rest);
    if (result != SQLITE_OK) return query_fault(db, (enum query)i, result, error);
    if (rest[strspn(rest, " \t\r\n;")])
      return fault_set(error, FAULT_BUG, "%s: statement %s is more than one statement", db->settings->file,
                       query_texts[i].name);
  }
  return true;
}

void db_finalize_all(struct db *db)
{
  for (int i = 0; i < QUERY_COUNT; i++) {
    sqlite3_finalize(db->statements[i]);
    db->statements[i] = NULL;
  }
}

/* Binds one value; texts and blobs are not copied: they live until the statement has run. */
static int bind(sqlite3_stmt *statement, int position, const struct value *value)
{
  switch (value->type) {
  case VALUE_NULL: return sqlite3_bind_null(statement, position);
  case VALUE_INT: return sqlite3_bind_int64(statement, position, value->number);
  case VALUE_TEXT: return sqlite3_bind_text(statement, position, value->data, -1, SQLITE_STATIC);
  case VALUE_BLOB:
    return sqlite3_bind_blob64(statement, position, value->data ? value->data : "", value->size,
                               SQLITE_STATIC);
  }
  return SQLITE_MISUSE;
}

struct rows db_query_values(struct db *db, enum query query, const struct value *values, gsize count)
{
  struct rows rows = { .db = db, .query = query, .statement = db->statements[query], .result = SQLITE_OK };
  g_assert(rows.statement && (int)count == sqlite3_bind_parameter_count(rows.statement));
  g_assert(!sqlite3_stmt_busy(rows.statement));
  for (gsize i = 0; i < count && rows.result == SQLITE_OK; i++)
    rows.result = bind(rows.statement, (int)i + 1, &values[i]);
  return rows;
}

/* A statement that writes must run between db_begin and db_commit. After a full disk SQLite has rolled back
 * on its own: what comes then would be a transaction a statement, half a decision. */
static bool may_step(struct rows *rows, GError **error)
{
  if (rows->result != SQLITE_OK && rows->result != SQLITE_ROW) {
    query_fault(rows->db, rows->query, rows->result, error);
    return false;
  }
  if (sqlite3_stmt_readonly(rows->statement) || !sqlite3_get_autocommit(rows->db->handle)) return true;
  bool was_lost = rows->db->is_locked;
  rows->result = SQLITE_ABORT;
  return fault_set(error, was_lost ? FAULT_TEMPORARY : FAULT_BUG,
                   was_lost ? "%s: statement %s came after the transaction was undone"
                            : "%s: statement %s writes outside a transaction",
                   rows->db->settings->file, query_texts[rows->query].name);
}

bool rows_next(struct rows *rows, GError **error)
{
  if (!may_step(rows, error)) return false;
  rows->result = sqlite3_step(rows->statement);
  if (rows->result == SQLITE_ROW) return true;
  if (rows->result != SQLITE_DONE) query_fault(rows->db, rows->query, rows->result, error);
  return false;
}

bool rows_end(struct rows *rows)
{
  sqlite3_reset(rows->statement);
  return rows->result == SQLITE_DONE || rows->result == SQLITE_ROW || rows->result == SQLITE_OK;
}

bool db_run_values(struct db *db, enum query query, GError **error, const struct value *values, gsize count)
{
  struct rows rows = db_query_values(db, query, values, count);
  while (rows_next(&rows, error)) continue;
  return rows_end(&rows);
}

bool db_insert_values(struct db *db, enum query query, int64_t *id, GError **error,
                      const struct value *values, gsize count)
{
  *id = 0;
  if (!db_run_values(db, query, error, values, count)) return false;
  if (db_changes(db) > 0) *id = sqlite3_last_insert_rowid(db->handle);
  return true;
}

int db_changes(struct db *db)
{
  return sqlite3_changes(db->handle);
}

bool db_number_values(struct db *db, enum query query, int64_t otherwise, int64_t *result, GError **error,
                      const struct value *values, gsize count)
{
  struct rows rows = db_query_values(db, query, values, count);
  *result = otherwise;
  /* Stepped to the end: a statement with RETURNING has done its work only then. */
  for (bool is_first = true; rows_next(&rows, error); is_first = false)
    if (is_first && sqlite3_column_type(rows.statement, 0) != SQLITE_NULL) *result = column_int(&rows, 0);
  return rows_end(&rows);
}

int64_t column_int(const struct rows *rows, int column)
{
  return sqlite3_column_int64(rows->statement, column);
}

char *column_text(const struct rows *rows, int column)
{
  const char *text = (const char *)sqlite3_column_text(rows->statement, column);
  return g_strdup(text ? text : "");
}

const char *column_peek(const struct rows *rows, int column, gsize *size)
{
  const char *bytes = sqlite3_column_blob(rows->statement, column);
  if (size) *size = (gsize)sqlite3_column_bytes(rows->statement, column);
  return bytes;
}

GBytes *column_bytes(const struct rows *rows, int column)
{
  gsize size;
  const char *bytes = column_peek(rows, column, &size);
  return g_bytes_new(bytes ? bytes : "", size);
}

GBytes *db_blob(struct db *db, const char *table, const char *column, int64_t row, GError **error)
{
  sqlite3_blob *blob = NULL;
  int result = sqlite3_blob_open(db->handle, "main", table, column, row, 0, &blob);
  int size = result == SQLITE_OK ? sqlite3_blob_bytes(blob) : 0;
  g_autofree char *bytes = g_malloc((gsize)size + 1);
  if (result == SQLITE_OK) result = sqlite3_blob_read(blob, bytes, size, 0);
  if (result != SQLITE_OK) /* SQLITE_ERROR here: the row is not there */
    fault_set(error, result == SQLITE_ERROR ? FAULT_FILE : fault_of_result(result),
              "%s: %s of row %" G_GINT64_FORMAT " in %s cannot be read: %s", db->settings->file, column, row,
              table, sqlite3_errmsg(db->handle));
  sqlite3_blob_close(blob);
  return result == SQLITE_OK ? g_bytes_new_take(g_steal_pointer(&bytes), (gsize)size) : NULL;
}

GPtrArray *rows_collect(struct rows rows, row_reader *read, GDestroyNotify free_row, GError **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(free_row);
  while (rows_next(&rows, error)) g_ptr_array_add(found, read(&rows));
  return rows_end(&rows) ? g_steal_pointer(&found) : NULL;
}

void *rows_first(struct rows rows, row_reader *read, GError **error)
{
  void *found = rows_next(&rows, error) ? read(&rows) : NULL;
  rows_end(&rows);
  return found;
}
