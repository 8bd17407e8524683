/* The inbox: what was accepted and is not yet worked. A small SQLite file in a directory of its own, with
 * spool/ for large bodies. The receiver puts mails in groups (one sync for all), the worker takes them. */
#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { INBOX_INLINE_BYTES = 256 * 1024 }; /* larger bodies go to spool files */

struct inbox;

/* Creates directory, database and spool/. */
bool inbox_create(const char *directory, GError **error);

/* Brings an older inbox to this program's version; as store_upgrade. */
bool inbox_upgrade(const char *directory, int *from, int *to, GError **error);

/* Opens for receiving or working. `sweep` removes stray spool files (none of a row; older than an hour or
 * from before start): the receiver does so at start. A database that was deleted or replaced while in use is
 * opened anew by the next begin or take. */
struct inbox *inbox_open(const char *directory, bool sweep, GError **error);
void inbox_close(struct inbox *inbox);
typedef struct inbox inbox_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(inbox_t, inbox_close)

/* How long a begin waits for the other process's lock before it is FAULT_TEMPORARY; default 10 s. */
void inbox_set_patience(struct inbox *inbox, int ms);
/* The longest that a begin waited for the lock, in ms, since open or the last call. */
int64_t inbox_longest_wait_ms(struct inbox *inbox);

/* Receiving. A spool file is written by the caller: inbox_spool_create gives an open descriptor and its name
 * below spool/; fsync it (any thread may), then inbox_put with the name; inbox_sync_spool_directory before
 * the commit (inbox_commit does it when a row with a spool file is in the group). */
int inbox_spool_create(struct inbox *inbox, char **name, GError **error);
void inbox_spool_remove(struct inbox *inbox, const char *name);

struct inbox_mail {
  int64_t id; /* set by the database */
  int64_t received;
  char *sender;      /* "" for the null sender */
  char **recipients; /* NULL-ended, normalised */
  GBytes *body;      /* CRLF; NULL where spool is set, and in listings */
  char *spool;       /* file name below spool/ */
  int64_t size_bytes;
  int attempts;  /* begun alone, this time included; -1: begun with others in a batch; 0: not begun */
  int64_t aside; /* 0: waits */
  char *reason;
};
void inbox_mail_free(struct inbox_mail *mail);
typedef struct inbox_mail inbox_mail_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(inbox_mail_t, inbox_mail_free)

/* Is there room on the disk for a mail of this size, and for what the worker needs to take away what is here?
 * An inbox that mails fill to the last byte could not be emptied any more: SQLite writes to delete.
 * inbox_begin asks by itself. */
bool inbox_has_room(struct inbox *inbox, int64_t size_bytes);

/* A group: begin, put…, commit. After a commit that returns true every mail of the group is on disk and the
 * open file is still the file at its path; else FAULT_TEMPORARY and none counts. */
bool inbox_begin(struct inbox *inbox, GError **error);
bool inbox_put(struct inbox *inbox, const struct inbox_mail *mail, GError **error);
bool inbox_commit(struct inbox *inbox, GError **error);
void inbox_rollback(struct inbox *inbox);
/* Copies SQLite's log back into the file if it has grown; some milliseconds. For the receiver, once a group
 * is answered and nobody waits. inbox_take does it by itself. */
void inbox_tidy(struct inbox *inbox);

/* Working. In one transaction: removes `done` (row ids; spool files are unlinked after the commit), then
 * hands out up to `limit` mails that wait, oldest first, with attempts already counted up and committed. Once
 * a row with attempts not 0 (before counting) is at the head, it is handed out alone. Bodies up to
 * INBOX_INLINE_BYTES are loaded; stops at 8 MB of bodies. Returns struct inbox_mail*. */
GPtrArray *inbox_take(struct inbox *inbox, const int64_t *done, gsize done_count, int limit, GError **error);

/* From here on inbox_take hands out what comes behind this row; 0: from the beginning again. For mails that
 * must wait, so that they keep no other waiting. */
void inbox_pass_over(struct inbox *inbox, int64_t until);

/* The worker tried a mail whole and met a temporary fault (no crash): its attempt does not count. */
bool inbox_untry(struct inbox *inbox, const int64_t *ids, gsize count, GError **error);

/* Maps the spool file of a mail, or wraps its body. */
GBytes *inbox_bytes(struct inbox *inbox, const struct inbox_mail *mail, GError **error);
/* Absolute path of a spool file; caller frees. */
char *inbox_spool_path(const struct inbox *inbox, const char *name);

bool inbox_set_aside(struct inbox *inbox, int64_t id, const char *reason, int64_t now, GError **error);
bool inbox_release(struct inbox *inbox, int64_t id, GError **error); /* attempts back to 0, no longer aside */
bool inbox_drop(struct inbox *inbox, int64_t id, GError **error);
/* Without bodies, oldest first, after id `after`; at most limit. aside_only: those set aside. */
GPtrArray *inbox_list(struct inbox *inbox, int64_t after, int limit, bool aside_only, GError **error);
struct inbox_mail *inbox_get(struct inbox *inbox, int64_t id, GError **error); /* NULL without error: none */
int64_t inbox_count(struct inbox *inbox, GError **error);

/* A consistent copy of database and spool files into a new directory. */
bool inbox_copy_to(struct inbox *inbox, const char *directory, GError **error);

#endif
