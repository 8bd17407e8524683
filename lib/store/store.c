/* The store: kiezpost.db as the other rooms see it; transactions, settings, copies and the doctor's look. How
 * the file is opened, locked and committed is in database.c, its versions in migrate.c.
 *
 * A transaction keeps two numbers in memory until it ends: the sequence of stale marks and the change that
 * its memberships belong to. Both are read inside the lock, so two processes never count from the same
 * number. */
#include "lib/store/store.h"
#include "lib/base/crash.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include <string.h>

bool store_create(const char *directory, GError **error)
{
  g_autofree char *raw = g_build_filename(directory, "raw", NULL);
  return durable_make_directories(raw, 0700, error) && db_create(&db_store_settings, directory, error);
}

struct store *store_open(const char *directory, enum store_mode mode, GError **error)
{
  struct db *db = db_open(&db_store_settings, directory, mode == STORE_WRITE ? DB_WRITE : DB_READ, error);
  if (!db) return NULL;
  struct store *store = g_new0(struct store, 1);
  store->db = db;
  return store;
}

static void forget_numbers(struct store *store)
{
  pages_forget_marks(store);
  offices_forget(store);
  store->page_seq = 0;
  store->change = 0;
}

void store_close(struct store *store)
{
  if (!store) return;
  forget_numbers(store);
  db_close(store->db);
  g_free(store);
}

bool store_upgrade(const char *directory, int *from, int *to, GError **error)
{
  return db_upgrade(&db_store_settings, directory, from, to, error);
}

int store_version(const char *directory, GError **error)
{
  return db_file_version(&db_store_settings, directory, error);
}

int store_program_version(void)
{
  return db_program_version(DATABASE_STORE);
}

const char *store_directory(const struct store *store)
{
  return store->db->directory;
}

bool store_has_mails(struct store *store, bool *has_mails, GError **error)
{
  int64_t any;
  if (!db_number(store->db, Q_MAIL_ANY, 0, &any, error)) return false;
  *has_mails = any != 0;
  return true;
}

void store_set_patience(struct store *store, int ms)
{
  store->db->patience_ms = ms;
}

bool store_begin(struct store *store, GError **error)
{
  forget_numbers(store);
  if (!db_begin(store->db, error)) return false;
  store->changes_before = sqlite3_total_changes(store->db->handle);
  return true;
}

bool store_read_begin(struct store *store, GError **error)
{
  return db_read_begin(store->db, error);
}

void store_read_end(struct store *store)
{
  db_read_end(store->db);
}

bool store_commit(struct store *store, GError **error)
{
  if (!pages_keep_sequence(store, error)) {
    store_rollback(store);
    return false;
  }
  forget_numbers(store);
  crash_point("store.commit.before");
  bool is_done = db_commit(store->db, error);
  crash_point("store.commit.after");
  if (is_done) db_checkpoint(store->db);
  return is_done;
}

void store_rollback(struct store *store)
{
  forget_numbers(store);
  db_rollback(store->db);
}

int64_t store_held_ms(const struct store *store)
{
  return db_is_writing(store->db) ? (g_get_monotonic_time() - store->db->locked_at_us) / 1000 : 0;
}

bool store_has_written(const struct store *store)
{
  return db_is_writing(store->db) && sqlite3_total_changes(store->db->handle) != store->changes_before;
}

int64_t store_longest_wait_ms(struct store *store)
{
  int64_t longest = store->db->longest_wait_us;
  store->db->longest_wait_us = 0;
  return longest / 1000;
}

bool store_savepoint(struct store *store, GError **error)
{
  return db_run(store->db, Q_SAVEPOINT_SET, error);
}

bool store_release(struct store *store, GError **error)
{
  return db_run(store->db, Q_SAVEPOINT_RELEASE, error);
}

/* The change counter goes back with the savepoint where it was advanced in it; reading it anew is always
 * right. */
bool store_rollback_to(struct store *store, GError **error)
{
  store->change = 0;
  pages_forget_marks(store);
  offices_forget(store);
  return db_exec(store->db, "ROLLBACK TO one_mail; RELEASE one_mail", error);
}

static void *read_text(const struct rows *rows)
{
  return column_text(rows, 0);
}

char *store_setting(struct store *store, const char *name, GError **error)
{
  return rows_first(db_query(store->db, Q_SETTING_GET, TEXT(name)), read_text, error);
}

bool store_set_setting(struct store *store, const char *name, const char *value, GError **error)
{
  return db_run(store->db, Q_SETTING_SET, error, TEXT(name), TEXT(value));
}

bool store_copy_to(struct store *store, const char *file, GError **error)
{
  return db_copy_to(store->db, file, error);
}

/* Adds the rows of a check as sentences that begin with `what`; "ok" is none. */
static bool add_complaints(struct db *db, const char *sql, const char *what, GPtrArray *complaints,
                           GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);
  while (result == SQLITE_OK || result == SQLITE_ROW) {
    result = sqlite3_step(statement);
    const char *words = result == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    if (words && strcmp(words, "ok") != 0)
      g_ptr_array_add(complaints, g_strdup_printf("%s %s: %s", db->settings->file, what, words));
  }
  if (result != SQLITE_DONE) db_fault(db, result, error, sql);
  sqlite3_finalize(statement);
  return result == SQLITE_DONE;
}

GPtrArray *store_verify(struct store *store, GError **error)
{
  g_autoptr(GPtrArray) complaints = g_ptr_array_new_with_free_func(g_free);
  bool is_done =
      add_complaints(store->db, "PRAGMA integrity_check(20)", "is damaged", complaints, error) &&
      add_complaints(store->db, "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check LIMIT 20",
                     "has rows that refer to ones that are not there, in table", complaints, error);
  return is_done ? g_steal_pointer(&complaints) : NULL;
}
