/* One SQLite file in a directory of its own: opened with our pragmas, written under a lock that is fair.
 * Known to lib/store only. */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include "lib/store/statement.h"
#include <sys/stat.h>

enum {
  DB_PATIENCE_MS = 10000, /* the longest that a writer waits for the lock */
  DB_URGENCY = 8,         /* a log of so many times checkpoint_pages is copied back under the lock */
};

/* What differs between the two databases. */
struct db_settings {
  enum database kind;
  const char *file, *lock; /* names in the directory */
  int page_size;           /* of a new file */
  int cache_kib;
  int checkpoint_pages; /* the log is copied back once it holds so many */
  const char *advice;   /* said of an older file: "run `kiezpost upgrade`" */
};
extern const struct db_settings db_store_settings, db_inbox_settings;

struct db {
  const struct db_settings *settings;
  char *directory, *path;
  sqlite3 *handle;
  sqlite3_stmt *statements[QUERY_COUNT];
  int lock; /* descriptor of the lock file, -1: none (reading) */
  bool is_locked;
  int patience_ms;
  int urgency;
  int64_t locked_at_us;
  int64_t longest_wait_us;
  guint openings;       /* how often the file at the path was opened: rows of an earlier one are others */
  int log_pages;        /* in the log after the last commit */
  int next_checkpoint;  /* not before the log is so long: the last one was just now */
  struct stat files[3]; /* the database, its log and its index as they were when opened */
};

enum db_mode { DB_READ, DB_WRITE };

/* Opens an existing file of this program's version and prepares all statements. */
struct db *db_open(const struct db_settings *settings, const char *directory, enum db_mode mode,
                   GError **error);
void db_close(struct db *db);

/* Lock, BEGIN IMMEDIATE … COMMIT, unlock. db_commit undoes all when it fails. */
bool db_begin(struct db *db, GError **error);
bool db_commit(struct db *db, GError **error);
void db_rollback(struct db *db);
bool db_is_writing(const struct db *db);

/* BEGIN … COMMIT for reading only, without a lock. */
bool db_read_begin(struct db *db, GError **error);
void db_read_end(struct db *db);
/* Copies the log back into the file when it has grown; after db_commit, outside the lock. */
void db_checkpoint(struct db *db);
/* The same before db_begin, for who shares the database with others that write a lot: what the commit finds a
 * long log to hold, and has to copy back under the lock, is then little. */
void db_lighten(struct db *db);

/* Runs a fixed text of ours (pragmas, savepoints, schema scripts). */
bool db_exec(struct db *db, const char *sql, GError **error);
/* A pragma that answers one number; -1 on error. */
int64_t db_pragma(struct db *db, const char *sql, GError **error);

/* Is the open database still the one at its path? SQLite commits happily into a file that was unlinked. */
bool db_is_in_place(const struct db *db);

/* A consistent copy in a new file, synced; others may write meanwhile. */
bool db_copy_to(struct db *db, const char *file, GError **error);

/* migrate.c: the schema scripts compiled in, and the version of a file. */
int db_program_version(enum database kind);
bool db_create(const struct db_settings *settings, const char *directory, GError **error);
bool db_upgrade(const struct db_settings *settings, const char *directory, int *from, int *to,
                GError **error);
int db_file_version(const struct db_settings *settings, const char *directory, GError **error);
/* FAULT_CONFIG with a sentence unless the open file has this program's version. */
bool db_check_version(struct db *db, GError **error);
/* The bare file with pragmas, nothing prepared. flags as of sqlite3_open_v2. */
struct db *db_open_bare(const struct db_settings *settings, const char *directory, int flags, GError **error);

#endif
