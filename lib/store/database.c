/* One SQLite file in a directory of its own; see database.h. Shared by store.c and the inbox.
 *
 * Pragmas: WAL with synchronous=FULL, so a commit that returned survives a power cut; foreign keys;
 * secure_delete, so erased words are gone from the file; defensive mode and an untrusted schema, since a
 * restored file may be anybody's; temporary data in memory, since the sandbox has no /tmp.
 *
 * The log (-wal) is never copied back inside a commit: whoever finds it grown does so after giving up the
 * lock, while others go on writing. Under steady load that never catches up with the log's end, and only then
 * may the log start anew; so a log some times the limit is dealt with under the lock, where little is left to
 * copy. The receiver leaves that to the worker as long as it can: somebody waits for its answer.
 *
 * A file can be moved or deleted under us; SQLite does not mind and commits into what nobody will find again.
 * So the three files are compared with their paths after each commit, and a transaction that cannot be found
 * again did not happen. The next db_begin opens what is at the path by then. */
#include "lib/store/database.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/store/lock.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_MS = 5000, LOG_LIMIT_BYTES = 16 << 20, COPY_PAGES = 2048 };

const struct db_settings db_store_settings = {
  .kind = DATABASE_STORE,
  .file = "kiezpost.db",
  .lock = "store.lock",
  .page_size = 8192,
  .cache_kib = 8192,
  .checkpoint_pages = 500,
  .advice = "stop kiezpost and run `kiezpost upgrade`",
};
const struct db_settings db_inbox_settings = {
  .kind = DATABASE_INBOX,
  .file = "inbox.db",
  .lock = "inbox.lock",
  .page_size = 8192,
  .cache_kib = 2048, /* the receiver lives on 20 MB; a larger group spills to the log early */
  .checkpoint_pages = 500,
  .advice = "stop kiezpost and run `kiezpost upgrade`",
};

bool db_exec(struct db *db, const char *sql, GError **error)
{
  int result = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
  return result == SQLITE_OK || db_fault(db, result, error, NULL);
}

int64_t db_pragma(struct db *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);
  int64_t answer = -1;
  if (result == SQLITE_OK) result = sqlite3_step(statement);
  if (result == SQLITE_ROW)
    answer = sqlite3_column_int64(statement, 0);
  else
    db_fault(db, result, error, sql);
  sqlite3_finalize(statement);
  return answer;
}

/* SQLite tells the log's length after each commit. */
static int note_log_pages(void *data, sqlite3 *handle, const char *name, int pages)
{
  struct db *db = data;
  (void)handle, (void)name;
  if (pages < db->log_pages) db->next_checkpoint = 0; /* it began anew */
  db->log_pages = pages;
  return SQLITE_OK;
}

/* Switches that are no pragmas. */
static void configure(struct db *db)
{
  static const int switches[][2] = { { SQLITE_DBCONFIG_DEFENSIVE, 1 },
                                     { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
                                     { SQLITE_DBCONFIG_DQS_DML, 0 },
                                     { SQLITE_DBCONFIG_DQS_DDL, 0 },
                                     { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 } };
  for (gsize i = 0; i < G_N_ELEMENTS(switches); i++)
    sqlite3_db_config(db->handle, switches[i][0], switches[i][1], (int *)NULL);
  sqlite3_extended_result_codes(db->handle, 1);
  sqlite3_busy_timeout(db->handle, BUSY_MS);
}

static bool set_pragmas(struct db *db, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; "
                      "PRAGMA temp_store = MEMORY;"
                      "PRAGMA cell_size_check = ON; PRAGMA cache_size = -%d; PRAGMA journal_size_limit = %d;",
                      db->settings->cache_kib, LOG_LIMIT_BYTES);
  return db_exec(db, sql, error);
}

/* Once a process, before SQLite does anything: it need not count its memory, which costs a lock an
 * allocation. */
static gpointer configure_library(gpointer nothing)
{
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  return nothing;
}

/* Opens the handle; what is missing or no database is said with what to do. */
static bool open_handle(struct db *db, int flags, GError **error)
{
  static GOnce once = G_ONCE_INIT;
  g_once(&once, configure_library, NULL);
  if (!(flags & SQLITE_OPEN_CREATE) && access(db->path, F_OK) != 0)
    return fault_set(error, errno == EACCES ? FAULT_DENIED : FAULT_CONFIG,
                     errno == EACCES
                         ? "%s may not be read by this user"
                         : "There is no %s: run `kiezpost init`, or correct [paths] in kiezpost.conf",
                     db->path);
  int result = sqlite3_open_v2(db->path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK) return db_fault(db, result, error, "cannot be opened");
  configure(db);
  return set_pragmas(db, error);
}

struct db *db_open_bare(const struct db_settings *settings, const char *directory, int flags, GError **error)
{
  struct db *db = g_new0(struct db, 1);
  db->settings = settings;
  db->directory = g_strdup(directory);
  db->path = g_build_filename(directory, settings->file, NULL);
  db->lock = -1;
  db->patience_ms = DB_PATIENCE_MS;
  db->urgency = DB_URGENCY;
  if (!open_handle(db, flags, error)) g_clear_pointer(&db, db_close);
  return db;
}

static const char *const file_suffixes[3] = { "", "-wal", "-shm" };

/* Notes which files are open now: the database, its log, its index. */
static bool note_files(struct db *db, GError **error)
{
  for (int i = 0; i < 3; i++) {
    g_autofree char *path = g_strconcat(db->path, file_suffixes[i], NULL);
    memset(&db->files[i], 0, sizeof db->files[i]);
    /* A reader finds no log where nothing was written yet. */
    if (stat(path, &db->files[i]) != 0 && (i == 0 || db->lock >= 0))
      return fault_set_errno(error, FAULT_TEMPORARY, errno, "%s cannot be examined", path);
  }
  return true;
}

bool db_is_in_place(const struct db *db)
{
  char path[PATH_MAX];
  if (!db->handle) return false;
  for (int i = 0; i < 3; i++) {
    struct stat now;
    g_snprintf(path, sizeof path, "%s%s", db->path, file_suffixes[i]);
    if (stat(path, &now) != 0 || now.st_ino != db->files[i].st_ino || now.st_dev != db->files[i].st_dev)
      return false;
  }
  return true;
}

/* Opens for work: right version, lock file, every statement prepared. */
static bool make_ready(struct db *db, enum db_mode mode, GError **error)
{
  if (!db_check_version(db, error)) return false;
  if (mode == DB_WRITE) {
    g_autofree char *path = g_build_filename(db->directory, db->settings->lock, NULL);
    if ((db->lock = lock_open(path, error)) < 0) return false;
    if (!db_exec(db, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0", error)) return false;
    sqlite3_wal_hook(db->handle, note_log_pages, db); /* after the pragma, which works by the same hook */
  } else if (!db_exec(db, "PRAGMA query_only = ON", error)) {
    return false;
  }
  return db_prepare_all(db, error) && note_files(db, error);
}

struct db *db_open(const struct db_settings *settings, const char *directory, enum db_mode mode,
                   GError **error)
{
  int flags = mode == DB_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  struct db *db = db_open_bare(settings, directory, flags, error);
  if (db && !make_ready(db, mode, error)) g_clear_pointer(&db, db_close);
  return db;
}

/* Gives up what is open, keeps the record. */
static void close_files(struct db *db)
{
  db_rollback(db);
  db_finalize_all(db);
  sqlite3_close_v2(db->handle);
  db->handle = NULL;
  if (db->lock >= 0) close(db->lock);
  db->lock = -1;
}

void db_close(struct db *db)
{
  if (!db) return;
  close_files(db);
  g_free(db->directory);
  g_free(db->path);
  g_free(db);
}

/* The file went away: opens what is at the path now, if it is a database of ours again. Any failure is
 * temporary: somebody may be restoring it just now. */
static bool reopen(struct db *db, GError **error)
{
  close_files(db);
  db->openings++;
  g_autoptr(GError) local = NULL;
  if (open_handle(db, SQLITE_OPEN_READWRITE, &local) && make_ready(db, DB_WRITE, &local)) return true;
  close_files(db);
  return fault_set(error, FAULT_TEMPORARY, "%s was moved or deleted while in use; %s", db->path,
                   local->message);
}

bool db_is_writing(const struct db *db)
{
  return db->is_locked;
}

/* Waits for the lock and keeps count of how long it took. */
static bool take_lock(struct db *db, GError **error)
{
  int64_t before = g_get_monotonic_time();
  bool has_it = lock_take(db->lock, db->patience_ms);
  db->locked_at_us = g_get_monotonic_time();
  db->longest_wait_us = MAX(db->longest_wait_us, db->locked_at_us - before);
  return has_it || fault_set(error, FAULT_TEMPORARY, "%s is busy: %s was not to be had within %d ms",
                             db->settings->file, db->settings->lock, db->patience_ms);
}

bool db_begin(struct db *db, GError **error)
{
  if (db->is_locked)
    return fault_set(error, FAULT_BUG, "%s: a transaction is open already", db->settings->file);
  if (db->handle && db->lock < 0)
    return fault_set(error, FAULT_BUG, "%s was opened for reading", db->settings->file);
  if (!db_is_in_place(db) && !reopen(db, error)) return false;
  if (!take_lock(db, error)) return false;
  int result = sqlite3_exec(db->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  db->is_locked = result == SQLITE_OK;
  if (db->is_locked) return true;
  lock_release(db->lock);
  return db_fault(db, result, error, "begin");
}

bool db_read_begin(struct db *db, GError **error)
{
  if (!db_is_in_place(db) && !reopen(db, error)) return false;
  int result = sqlite3_exec(db->handle, "BEGIN", NULL, NULL, NULL);
  return result == SQLITE_OK || db_fault(db, result, error, "begin to read");
}

void db_read_end(struct db *db)
{
  if (db->handle && !db->is_locked && !sqlite3_get_autocommit(db->handle))
    sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
}

void db_rollback(struct db *db)
{
  if (!db->is_locked) return;
  if (!sqlite3_get_autocommit(db->handle)) sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
  db->is_locked = false;
  lock_release(db->lock);
}

static void copy_log_back(struct db *db)
{
  sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  db->next_checkpoint = db->log_pages + db->settings->checkpoint_pages;
}

bool db_commit(struct db *db, GError **error)
{
  if (!db->is_locked) return fault_set(error, FAULT_BUG, "%s: nothing to commit", db->settings->file);
  if (sqlite3_get_autocommit(db->handle)) {
    db_rollback(db);
    return fault_set(error, FAULT_TEMPORARY, "%s: the transaction was undone (disk full?)",
                     db->settings->file);
  }
  int result = sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
  if (result != SQLITE_OK) {
    db_fault(db, result, error, "commit");
    db_rollback(db);
    return false;
  }
  if (db->log_pages < db->settings->checkpoint_pages) db->next_checkpoint = 0;
  if (db->log_pages >= MAX(db->urgency * db->settings->checkpoint_pages, db->next_checkpoint))
    copy_log_back(db);
  db->is_locked = false;
  lock_release(db->lock);
  return db_is_in_place(db) ||
         fault_set(error, FAULT_TEMPORARY,
                   "%s was moved or deleted while in use; what was committed counts as not done", db->path);
}

void db_lighten(struct db *db)
{
  int pages = 0;
  if (!db->handle || db->is_locked || db->log_pages < db->settings->checkpoint_pages) return;
  int result = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, NULL);
  if (result == SQLITE_OK && pages >= 0) note_log_pages(db, db->handle, NULL, pages);
}

void db_checkpoint(struct db *db)
{
  if (db->log_pages >= MAX(db->settings->checkpoint_pages, db->next_checkpoint)) copy_log_back(db);
}

/* Copies page by page from a snapshot that stays the same: without it every commit of another process would
 * start the copy anew. It is the one reader that may last longer than 100 ms; meanwhile the log grows. */
static bool copy_pages(struct db *db, sqlite3 *copy, GError **error)
{
  if (!db_exec(db, "BEGIN", error) || db_pragma(db, "SELECT count(*) FROM sqlite_schema", error) < 0)
    return false;
  sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db->handle, "main");
  int result = SQLITE_OK;
  while (backup && result == SQLITE_OK) result = sqlite3_backup_step(backup, COPY_PAGES);
  int finished = backup ? sqlite3_backup_finish(backup) : sqlite3_errcode(copy);
  db_exec(db, "ROLLBACK", NULL);
  if (finished == SQLITE_OK && result == SQLITE_DONE) return true;
  return fault_set(error, FAULT_FILE, "%s cannot be copied: %s", db->path, sqlite3_errmsg(copy));
}

bool db_copy_to(struct db *db, const char *file, GError **error)
{
  if (!db->handle || db->is_locked)
    return fault_set(error, FAULT_BUG, "%s cannot be copied now", db->settings->file);
  int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be written", file);
  close(fd);
  sqlite3 *copy = NULL;
  bool is_done = false;
  if (sqlite3_open_v2(file, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    fault_set(error, FAULT_FILE, "%s cannot be written: %s", file, sqlite3_errmsg(copy));
  else
    is_done = copy_pages(db, copy, error);
  sqlite3_close(copy);
  g_autofree char *directory = g_path_get_dirname(file);
  if (is_done && !durable_sync_directory(directory, error)) is_done = false;
  if (!is_done) unlink(file);
  return is_done;
}
