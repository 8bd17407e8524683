/* The inbox as a place: made, opened, swept, copied, looked into. Receiving is in inbox_receive.c, working in
 * inbox_work.c.
 *
 * Two processes write: the receiver, whose senders wait for an answer, and the worker, which takes mails
 * away. Both keep the lock for as long as their rows need, and no longer: bodies are read and files removed
 * outside it. */
#include "lib/store/inbox/inbox.h"
#include "lib/base/durable.h"
#include "lib/base/fault.h"
#include "lib/store/inbox/inbox_internal.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SPOOL_PAGE = 500 };

bool inbox_create(const char *directory, GError **error)
{
  g_autofree char *spool = g_build_filename(directory, "spool", NULL);
  return durable_make_directories(spool, 0700, error) && db_create(&db_inbox_settings, directory, error);
}

bool inbox_upgrade(const char *directory, int *from, int *to, GError **error)
{
  return db_upgrade(&db_inbox_settings, directory, from, to, error);
}

/* Removes one file of the spool unless a row names it. The lock keeps a mail that is being put just now out
 * of harm's way. */
static bool sweep_one(struct inbox *inbox, const char *name, GError **error)
{
  int64_t id;
  if (!db_begin(inbox->db, error)) return false;
  bool is_known = db_number(inbox->db, Q_INBOX_HAS_SPOOL, 0, &id, error, TEXT(name));
  if (is_known && id == 0) inbox_spool_remove(inbox, name);
  db_rollback(inbox->db);
  return is_known;
}

/* What a crash left in spool/: bodies whose mail was never answered. */
static bool sweep(struct inbox *inbox, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open(inbox->spool, 0, NULL);
  if (!dir) return durable_make_directories(inbox->spool, 0700, error);
  for (const char *name; (name = g_dir_read_name(dir));)
    if (!sweep_one(inbox, name, error)) return false;
  return true;
}

struct inbox *inbox_open(const char *directory, bool is_to_sweep, GError **error)
{
  struct db *db = db_open(&db_inbox_settings, directory, DB_WRITE, error);
  if (!db) return NULL;
  struct inbox *inbox = g_new0(struct inbox, 1);
  inbox->db = db;
  inbox->spool = g_build_filename(directory, "spool", NULL);
  inbox->group_spool = g_ptr_array_new_with_free_func(g_free);
  if (is_to_sweep && !sweep(inbox, error)) g_clear_pointer(&inbox, inbox_close);
  return inbox;
}

void inbox_close(struct inbox *inbox)
{
  if (!inbox) return;
  db_close(inbox->db);
  g_free(inbox->spool);
  g_ptr_array_unref(inbox->group_spool);
  g_free(inbox);
}

void inbox_set_patience(struct inbox *inbox, int ms)
{
  inbox->db->patience_ms = ms;
}

int64_t inbox_longest_wait_ms(struct inbox *inbox)
{
  int64_t longest = inbox->db->longest_wait_us;
  inbox->db->longest_wait_us = 0;
  return longest / 1000;
}

void inbox_mail_free(struct inbox_mail *mail)
{
  if (!mail) return;
  g_free(mail->sender);
  g_strfreev(mail->recipients);
  if (mail->body) g_bytes_unref(mail->body);
  g_free(mail->spool);
  g_free(mail->reason);
  g_free(mail);
}

void *inbox_read_row(const struct rows *rows)
{
  struct inbox_mail *mail = g_new0(struct inbox_mail, 1);
  mail->id = column_int(rows, 0);
  mail->received = column_int(rows, 1);
  mail->sender = column_text(rows, 2);
  g_autofree char *recipients = column_text(rows, 3);
  mail->recipients = g_strsplit(recipients, "\n", -1);
  mail->size_bytes = column_int(rows, 4);
  mail->spool = column_peek(rows, 5, NULL) ? column_text(rows, 5) : NULL;
  mail->attempts = (int)column_int(rows, 6);
  mail->aside = column_int(rows, 7);
  mail->reason = column_text(rows, 8);
  return mail;
}

/* A look from outside a transaction: if the file went away, what is at the path now is looked into. */
static bool may_read(struct inbox *inbox, GError **error)
{
  if (db_is_writing(inbox->db) || db_is_in_place(inbox->db)) return true;
  bool is_back = db_begin(inbox->db, error);
  db_rollback(inbox->db);
  return is_back;
}

GPtrArray *inbox_list(struct inbox *inbox, int64_t after, int limit, bool aside_only, GError **error)
{
  if (!may_read(inbox, error)) return NULL;
  enum query query = aside_only ? Q_INBOX_PAGE_ASIDE : Q_INBOX_PAGE;
  return rows_collect(db_query(inbox->db, query, INT(after), INT(limit)), inbox_read_row,
                      (GDestroyNotify)inbox_mail_free, error);
}

struct inbox_mail *inbox_get(struct inbox *inbox, int64_t id, GError **error)
{
  if (!may_read(inbox, error)) return NULL;
  return rows_first(db_query(inbox->db, Q_INBOX_GET, INT(id)), inbox_read_row, error);
}

int64_t inbox_count(struct inbox *inbox, GError **error)
{
  int64_t count;
  if (!may_read(inbox, error) || !db_number(inbox->db, Q_INBOX_COUNT, 0, &count, error)) return -1;
  return count;
}

/* Links (or copies) one spool file beside a copy. A file that is gone belongs to a mail that the worker has
 * finished since. */
static bool copy_spool_file(struct inbox *inbox, const char *name, const char *directory, bool *is_gone,
                            GError **error)
{
  g_autofree char *from = inbox_spool_path(inbox, name), *to = g_build_filename(directory, name, NULL);
  if (link(from, to) == 0) return true;
  *is_gone = errno == ENOENT;
  if (*is_gone) return true;
  g_autoptr(GMappedFile) file = g_mapped_file_new(from, FALSE, error);
  if (!file) return false;
  return durable_stage(to, g_mapped_file_get_contents(file), g_mapped_file_get_length(file), 0600, error);
}

static void *read_name(const struct rows *rows)
{
  return column_text(rows, 0);
}

/* One page of the copy's rows with files; *last becomes the last name seen, NULL at the end. */
static bool copy_spool_page(struct inbox *inbox, struct inbox *copy, char **last, GError **error)
{
  g_autoptr(GPtrArray) names = rows_collect(
      db_query(copy->db, Q_INBOX_SPOOLS_AFTER, TEXT(*last), INT(SPOOL_PAGE)), read_name, g_free, error);
  if (!names) return false;
  g_clear_pointer(last, g_free);
  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];
    bool is_gone = false;
    int64_t id;
    if (!copy_spool_file(inbox, name, copy->spool, &is_gone, error)) return false;
    if (is_gone &&
        (!db_number(copy->db, Q_INBOX_HAS_SPOOL, 0, &id, error, TEXT(name)) || !inbox_drop(copy, id, error)))
      return false;
  }
  if (names->len == SPOOL_PAGE) *last = g_strdup(names->pdata[names->len - 1]);
  return true;
}

bool inbox_copy_to(struct inbox *inbox, const char *directory, GError **error)
{
  g_autofree char *file = g_build_filename(directory, db_inbox_settings.file, NULL);
  g_autofree char *spool = g_build_filename(directory, "spool", NULL);
  if (!durable_make_directories(spool, 0700, error) || !db_copy_to(inbox->db, file, error)) return false;
  g_autoptr(inbox_t) copy = inbox_open(directory, false, error);
  if (!copy) return false;
  g_autofree char *last = g_strdup("");
  while (last)
    if (!copy_spool_page(inbox, copy, &last, error)) return false;
  return durable_sync_directory(spool, error);
}
