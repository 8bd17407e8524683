/* Versions of a database file. PRAGMA user_version says which schema scripts have run; the scripts
 * (lib/store/schema) are compiled in. Only init, run and upgrade bring a file forward, under the writers'
 * lock and in one transaction: a crash leaves the old version whole. Everybody else refuses a file that is
 * older or newer with a sentence that says what to do. */
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/store/database.h"
#include "lib/store/lock.h"
#include <errno.h>
#include <unistd.h>

enum { APPLICATION_ID = 0x6b69657a }; /* "kiez" */

int db_program_version(enum database kind)
{
  int version = 0;
  for (int i = 0; i < SCHEMA_COUNT; i++)
    if (schema_texts[i].database == kind) version = MAX(version, schema_texts[i].number);
  return version;
}

/* The version of an open file; -1 for what is no database of ours. */
static int version_of(struct db *db, GError **error)
{
  int64_t id = db_pragma(db, "PRAGMA application_id", error);
  if (id < 0) return -1;
  if (id != APPLICATION_ID) {
    fault_set(error, FAULT_CONFIG, "%s is not a database of kiezpost", db->path);
    return -1;
  }
  return (int)db_pragma(db, "PRAGMA user_version", error);
}

bool db_check_version(struct db *db, GError **error)
{
  int version = version_of(db, error), wanted = db_program_version(db->settings->kind);
  if (version < 0) return false;
  if (version > wanted)
    return fault_set(error, FAULT_CONFIG,
                     "%s: schema version %d is newer than this program (%d): install the newer kiezpost",
                     db->settings->file, version, wanted);
  if (version < wanted)
    return fault_set(error, FAULT_CONFIG, "%s: schema version %d is older than this program (%d): %s",
                     db->settings->file, version, wanted, db->settings->advice);
  return true;
}

/* Runs the scripts after `from` inside an open transaction, in the order of their numbers. */
static bool run_scripts(struct db *db, int from, GError **error)
{
  int to = db_program_version(db->settings->kind);
  for (int number = from + 1; number <= to; number++)
    for (int i = 0; i < SCHEMA_COUNT; i++) {
      if (schema_texts[i].database != db->settings->kind || schema_texts[i].number != number) continue;
      if (db_exec(db, schema_texts[i].sql, error)) continue;
      g_prefix_error(error, "%s: ", schema_texts[i].file);
      return false;
    }
  g_autofree char *versions =
      g_strdup_printf("PRAGMA user_version = %d; PRAGMA application_id = %d", to, APPLICATION_ID);
  return db_exec(db, versions, error);
}

/* One exclusive transaction from version `from` to this program's. */
static bool migrate(struct db *db, int from, GError **error)
{
  /* Scripts may rebuild tables that others refer to; what they leave is checked as a whole. */
  if (!db_exec(db, "PRAGMA foreign_keys = OFF; BEGIN EXCLUSIVE", error)) return false;
  bool is_done = run_scripts(db, from, error);
  if (is_done) {
    int64_t broken = db_pragma(db, "SELECT count(*) FROM pragma_foreign_key_check", error);
    is_done = broken == 0;
    if (broken > 0)
      fault_set(error, FAULT_BUG, "%s: the new schema leaves %d broken references", db->settings->file,
                (int)broken);
  }
  is_done = is_done && db_exec(db, "COMMIT", error);
  if (!is_done) db_exec(db, "ROLLBACK", NULL);
  return is_done && db_exec(db, "PRAGMA foreign_keys = ON", error);
}

/* What an earlier attempt left of a file and of what SQLite makes beside it. */
static void remove_leftovers(const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
  for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
    g_autofree char *leftover = g_strconcat(path, suffixes[i], NULL);
    unlink(leftover);
  }
}

/* Makes the whole database under another name. */
static bool make_new(const struct db_settings *making, const char *directory, GError **error)
{
  g_autofree char *page_size = g_strdup_printf("PRAGMA page_size = %d", making->page_size);
  struct db *db = db_open_bare(making, directory, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
  bool is_done = db && db_exec(db, page_size, error) && migrate(db, 0, error) &&
                 db_exec(db, "PRAGMA journal_mode = WAL", error);
  db_close(db);
  return is_done;
}

bool db_create(const struct db_settings *settings, const char *directory, GError **error)
{
  if (!durable_make_directories(directory, 0700, error)) return false;
  g_autofree char *path = g_build_filename(directory, settings->file, NULL);
  g_autofree char *new_name = g_strconcat(settings->file, ".new", NULL),
                  *new_path = g_strconcat(path, ".new", NULL);
  struct db_settings making = *settings;
  making.file = new_name;
  remove_leftovers(new_path);
  bool is_done = make_new(&making, directory, error);
  /* It gets its name whole or not at all, and never another's. */
  if (is_done && link(new_path, path) != 0)
    is_done =
        fault_set(error, FAULT_FILE, errno == EEXIST ? "%s exists already" : "%s cannot get its name", path);
  remove_leftovers(new_path);
  return is_done && durable_sync_directory(directory, error);
}

bool db_upgrade(const struct db_settings *settings, const char *directory, int *from, int *to, GError **error)
{
  struct db *db = db_open_bare(settings, directory, SQLITE_OPEN_READWRITE, error);
  if (!db) return false;
  g_autofree char *lock = g_build_filename(directory, settings->lock, NULL);
  bool is_done = (db->lock = lock_open(lock, error)) >= 0;
  if (is_done && !lock_take(db->lock, DB_PATIENCE_MS))
    is_done = fault_set(error, FAULT_TEMPORARY, "%s is busy: stop kiezpost first", settings->file);
  *to = db_program_version(settings->kind);
  *from = is_done ? version_of(db, error) : -1;
  is_done = *from >= 0;
  if (*from > *to) is_done = db_check_version(db, error);
  if (is_done && *from < *to) is_done = migrate(db, *from, error);
  if (db->lock >= 0) lock_release(db->lock);
  db_close(db);
  return is_done;
}

int db_file_version(const struct db_settings *settings, const char *directory, GError **error)
{
  struct db *db = db_open_bare(settings, directory, SQLITE_OPEN_READONLY, error);
  if (!db) return -1;
  int version = version_of(db, error);
  db_close(db);
  return version;
}
