/* The store: kiezpost.db in a directory of its own (store.lock, raw/ beside it). Only lib/store knows SQLite
 * and SQL.
 *
 * Writing: store_begin (flock on store.lock, BEGIN IMMEDIATE), at most 50 ms or 200 rows, store_commit.
 * Reading needs no begin; read by key in pages, no read may span more than 100 ms. A busy or full database is
 * FAULT_TEMPORARY. One struct store belongs to one thread. All functions of the accessor headers that write
 * must be called between store_begin and store_commit. Strings and arrays handed out belong to the caller
 * unless said otherwise. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct store;

enum store_mode { STORE_READ, STORE_WRITE };

enum { STORE_HOLD_MS = 50, STORE_HOLD_ROWS = 200 }; /* the longest a writer keeps the lock */

/* Creates an empty database of this program's version (init). Fails when there is one. */
bool store_create(const char *directory, GError **error);

/* Opens and prepares every statement. FAULT_CONFIG with a sentence that says what to do for a file that is
 * newer or older than the program, or missing. */
struct store *store_open(const char *directory, enum store_mode mode, GError **error);
void store_close(struct store *store);
typedef struct store store_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(store_t, store_close)

/* Brings an older file to this program's version under an exclusive lock (init, run, upgrade). *from and *to
 * get the versions. */
bool store_upgrade(const char *directory, int *from, int *to, GError **error);

/* Version of the file without opening it for work; -1 on error. */
int store_version(const char *directory, GError **error);
int store_program_version(void);

/* Says in sentences what is wrong (PRAGMA integrity_check, foreign_key_check); an empty array is good news.
 */
GPtrArray *store_verify(struct store *store, GError **error);

bool store_begin(struct store *store, GError **error);
bool store_commit(struct store *store, GError **error);
void store_rollback(struct store *store); /* harmless outside a transaction */
/* Reads between the two see one state of the store, and cost less each. Ending is harmless where none began.
 */
bool store_read_begin(struct store *store, GError **error);
void store_read_end(struct store *store);
/* Milliseconds since store_begin got the lock. */
int64_t store_held_ms(const struct store *store);
/* Whether this transaction has changed any row yet. */
bool store_has_written(const struct store *store);
/* The longest that store_begin waited for the lock, in ms, since open or the last call. */
int64_t store_longest_wait_ms(struct store *store);

/* How long store_begin waits for other writers before it is FAULT_TEMPORARY; default 10 s. */
void store_set_patience(struct store *store, int ms);

/* One mail's changes inside a batch: undone alone when it fails. Ended by store_release or by
 * store_rollback_to, which undoes and ends it. */
bool store_savepoint(struct store *store, GError **error);
bool store_release(struct store *store, GError **error);
bool store_rollback_to(struct store *store, GError **error);

const char *store_directory(const struct store *store);
/* Has any mail ever been stored here? */
bool store_has_mails(struct store *store, bool *has_mails, GError **error);

/* Small facts (table setting). NULL / "" if unset; caller frees. */
char *store_setting(struct store *store, const char *name, GError **error);
bool store_set_setting(struct store *store, const char *name, const char *value, GError **error);

/* A consistent copy of the database into a new file, in steps, while others work (SQLite's backup interface).
 */
bool store_copy_to(struct store *store, const char *file, GError **error);

/* After a restore: letters wait for the operator, numbers (rows, threads, messages, letters) move past
 * anything that may have been used since the backup, every page is stale. Within a transaction.
 * published_number is asked for the highest number seen on disk for list and year (0: none). */
bool store_after_restore(struct store *store, int (*published_number)(const char *list, int year, void *data),
                         void *data, GError **error);

#endif
