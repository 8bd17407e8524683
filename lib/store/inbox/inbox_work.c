/* The inbox, working: mails are handed out with their attempts counted up, and removed once their decision is
 * committed elsewhere.
 *
 * Removing the last batch and counting the next one is one commit. Where the file is another one by now, the
 * numbers of the last batch may be those of other mails: none is removed. A mail that was begun and not ended
 * (attempts not 0) is handed out alone, so that a mail that kills the worker takes no other with it. The
 * death of a batch is nobody's: attempts of several mails together are marked by -1 and not counted. Spool
 * files go after the commit: a crash in between leaves a stray for the sweep, never a row without its body.
 */
#include "lib/base/crash.h"
#include "lib/base/fault.h"
#include "lib/base/mapped.h"
#include "lib/store/inbox/inbox_internal.h"

enum { TAKE_BYTES = 8 << 20, WORKER_URGENCY = 4 };

bool inbox_delete_row(struct inbox *inbox, int64_t id, char **spool, GError **error)
{
  *spool = NULL;
  struct rows rows = db_query(inbox->db, Q_INBOX_SPOOL, INT(id));
  if (rows_next(&rows, error) && column_peek(&rows, 0, NULL)) *spool = column_text(&rows, 0);
  bool is_deleted = rows_end(&rows) && db_run(inbox->db, Q_INBOX_DELETE_BODY, error, INT(id)) &&
                    db_run(inbox->db, Q_INBOX_DELETE, error, INT(id));
  if (!is_deleted) g_clear_pointer(spool, g_free);
  return is_deleted;
}

/* Removes what is done; names of files to unlink are added to `spools`. */
static bool delete_done(struct inbox *inbox, const int64_t *done, gsize count, GPtrArray *spools,
                        GError **error)
{
  for (gsize i = 0; i < count; i++) {
    char *spool;
    if (!inbox_delete_row(inbox, done[i], &spool, error)) return false;
    if (spool) g_ptr_array_add(spools, spool);
  }
  return true;
}

/* How many of the waiting mails make one batch: up to one that was tried before, and up to 8 MB of bodies. */
static guint batch_length(const GPtrArray *waiting)
{
  int64_t bytes = 0;
  for (guint i = 0; i < waiting->len; i++) {
    const struct inbox_mail *mail = waiting->pdata[i];
    bytes += mail->spool ? 0 : mail->size_bytes;
    if (mail->attempts != 0) return MAX(i, 1);
    if (bytes > TAKE_BYTES && i > 0) return i;
  }
  return waiting->len;
}

static bool count_attempts(struct inbox *inbox, GPtrArray *batch, GError **error)
{
  for (guint i = 0; i < batch->len; i++) {
    struct inbox_mail *mail = batch->pdata[i];
    bool is_shared = batch->len > 1;
    if (!db_run(inbox->db, Q_INBOX_COUNT_ATTEMPT, error, INT(mail->id), INT(is_shared))) return false;
    mail->attempts = is_shared ? -1 : MAX(mail->attempts, 0) + 1;
  }
  return true;
}

/* Inside the lock: the rows without their bodies. */
static GPtrArray *take_rows(struct inbox *inbox, const int64_t *done, gsize count, int limit,
                            GPtrArray *spools, GError **error)
{
  if (!delete_done(inbox, done, count, spools, error)) return NULL;
  g_autoptr(GPtrArray) batch =
      rows_collect(db_query(inbox->db, Q_INBOX_WAITING, INT(limit), INT(inbox->passed_over)), inbox_read_row,
                   (GDestroyNotify)inbox_mail_free, error);
  if (!batch) return NULL;
  g_ptr_array_set_size(batch, (int)batch_length(batch));
  if (batch->len > 0 && !count_attempts(inbox, batch, error)) return NULL;
  return g_steal_pointer(&batch);
}

/* False without error: the row is gone. */
static bool load_body(struct inbox *inbox, struct inbox_mail *mail, GError **error)
{
  struct rows rows = db_query(inbox->db, Q_INBOX_BODY, INT(mail->id));
  if (rows_next(&rows, error)) mail->body = column_bytes(&rows, 0);
  return rows_end(&rows) && mail->body;
}

/* Bodies are read outside the lock. Only the worker removes rows, but for the operator who drops one just
 * now: that one is passed over. */
static bool load_bodies(struct inbox *inbox, GPtrArray *batch, GError **error)
{
  g_autoptr(GError) local = NULL;
  for (guint i = batch->len; i-- > 0 && !local;) {
    struct inbox_mail *mail = batch->pdata[i];
    if (!mail->spool && !load_body(inbox, mail, &local) && !local) g_ptr_array_remove_index(batch, i);
  }
  if (!local) return true;
  g_propagate_error(error, g_steal_pointer(&local));
  return false;
}

static void remove_spools(struct inbox *inbox, const GPtrArray *spools)
{
  if (spools->len == 0) return;
  crash_point("inbox.unlink.before");
  for (guint i = 0; i < spools->len; i++) inbox_spool_remove(inbox, spools->pdata[i]);
  crash_point("inbox.unlink.after");
}

/* Ends the transaction: commits if all went well, else undoes. */
static bool end(struct inbox *inbox, bool is_well, GError **error)
{
  if (is_well) return db_commit(inbox->db, error);
  db_rollback(inbox->db);
  return false;
}

void inbox_pass_over(struct inbox *inbox, int64_t until)
{
  inbox->passed_over = until;
}

bool inbox_untry(struct inbox *inbox, const int64_t *ids, gsize count, GError **error)
{
  if (!db_begin(inbox->db, error)) return false;
  bool is_well = true;
  for (gsize i = 0; i < count && is_well; i++) is_well = db_run(inbox->db, Q_INBOX_UNTRY, error, INT(ids[i]));
  return end(inbox, is_well, error);
}

/* A batch that could not be read was not tried: a disk's fault must not set mails aside. */
static void untry_batch(struct inbox *inbox, const GPtrArray *batch)
{
  g_autofree int64_t *ids = g_new(int64_t, batch->len + 1);
  for (guint i = 0; i < batch->len; i++) ids[i] = ((struct inbox_mail *)batch->pdata[i])->id;
  inbox_untry(inbox, ids, batch->len, NULL);
}

GPtrArray *inbox_take(struct inbox *inbox, const int64_t *done, gsize done_count, int limit, GError **error)
{
  int64_t waiting;
  g_autoptr(GPtrArray) spools = g_ptr_array_new_with_free_func(g_free);
  /* Nothing to remove and nothing there: no lock, no sync. */
  if (done_count == 0 && db_is_in_place(inbox->db)) {
    if (!db_number(inbox->db, Q_INBOX_ANY_WAITING, 0, &waiting, error, INT(inbox->passed_over))) return NULL;
    if (!waiting) return g_ptr_array_new_with_free_func((GDestroyNotify)inbox_mail_free);
  }
  inbox->db->urgency = WORKER_URGENCY;
  db_lighten(inbox->db); /* the receiver, whom somebody waits for, wants the lock that is taken now */
  if (!db_begin(inbox->db, error)) return NULL;
  if (inbox->taken_at != inbox->db->openings) done_count = inbox->passed_over = 0;
  g_autoptr(GPtrArray) batch = take_rows(inbox, done, done_count, limit, spools, error);
  crash_point("inbox.take.before");
  if (!end(inbox, batch != NULL, error)) return NULL;
  crash_point("inbox.take.after");
  inbox->taken_at = inbox->db->openings;
  remove_spools(inbox, spools);
  bool is_loaded = load_bodies(inbox, batch, error);
  db_checkpoint(inbox->db);
  if (is_loaded) return g_steal_pointer(&batch);
  untry_batch(inbox, batch);
  return NULL;
}

/* Fails unless the last statement met its row. */
static bool met_row(struct inbox *inbox, int64_t id, GError **error)
{
  return db_changes(inbox->db) == 1 ||
         fault_set(error, FAULT_INPUT, "There is no mail %" G_GINT64_FORMAT " in the inbox", id);
}

bool inbox_set_aside(struct inbox *inbox, int64_t id, const char *reason, int64_t now, GError **error)
{
  if (!db_begin(inbox->db, error)) return false;
  bool is_well = db_run(inbox->db, Q_INBOX_SET_ASIDE, error, INT(id), INT(now), TEXT(reason)) &&
                 met_row(inbox, id, error);
  return end(inbox, is_well, error);
}

bool inbox_release(struct inbox *inbox, int64_t id, GError **error)
{
  if (!db_begin(inbox->db, error)) return false;
  return end(inbox, db_run(inbox->db, Q_INBOX_RELEASE, error, INT(id)) && met_row(inbox, id, error), error);
}

bool inbox_drop(struct inbox *inbox, int64_t id, GError **error)
{
  g_autofree char *spool = NULL;
  if (!db_begin(inbox->db, error)) return false;
  bool is_well = inbox_delete_row(inbox, id, &spool, error) && met_row(inbox, id, error);
  if (!end(inbox, is_well, error)) return false;
  inbox_spool_remove(inbox, spool);
  return true;
}

GBytes *inbox_bytes(struct inbox *inbox, const struct inbox_mail *mail, GError **error)
{
  if (mail->body) return g_bytes_ref(mail->body);
  if (!mail->spool) {
    g_autoptr(GError) local = NULL;
    struct inbox_mail copy = { .id = mail->id };
    if (load_body(inbox, &copy, &local)) return copy.body;
    if (local)
      g_propagate_error(error, g_steal_pointer(&local));
    else
      fault_set(error, FAULT_TEMPORARY, "Mail %" G_GINT64_FORMAT " of the inbox is gone", mail->id);
    return NULL;
  }
  g_autoptr(GError) local = NULL;
  g_autofree char *path = inbox_spool_path(inbox, mail->spool);
  GBytes *file = mapped_file(path, &local);
  if (file) return file;
  fault_set(error, FAULT_TEMPORARY, "The spool file %s cannot be read: %s", path, local->message);
  return NULL;
}
