/* The working core. A round takes a batch from the inbox, reads it outside the lock, decides inside it, and
 * gives a slice of time to writing the rows of letters. What was decided is removed from the inbox with the
 * next batch that is taken; a crash in between means that the mail comes again, is found by its key, and
 * nothing happens.
 *
 * Three things can go wrong with a mail, and none of them loses it:
 *   - a fault that passes (disk full, a file that cannot be read): it stays where it is, its attempt does not
 * count, the others go on, those behind a batch of such mails too, and the round says so when nothing else
 * could be done;
 *   - a fault that will not pass: it is set aside with its reason (`kiezpost queue`), the admin gets a
 * letter;
 *   - it kills the process: attempts are counted before it is read. A batch that dies is taken one by one;
 *     the third death of a mail alone sets it aside.
 * Memory stays small on large mails: they are mapped, not copied, and read one at a time. */
#include "lists/worker.h"

#include "lists/comprehend.h"
#include "lists/decide.h"
#include "lists/letters.h"
#include "lists/list_cache.h"
#include "lists/parent.h"
#include "lists/worker_private.h"

#include "lib/base/clock.h"
#include "lib/base/crash.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/base/wake.h"
#include "lib/mail/read.h"
#include "lib/store/mails.h"

#include <string.h>

enum {
  BATCH_MAILS = 64,           /* removed and counted in one commit: three rows each, STORE_HOLD_ROWS */
  BATCHES_PASSED_OVER = 20,   /* in one round */
  READ_AHEAD_BYTES = 2 << 20, /* raw bytes whose text is in memory at once */
  COMMIT_MAILS = 16,          /* about ten rows each: STORE_HOLD_ROWS */
  COMMIT_MS = STORE_HOLD_MS - 15,
  DEATHS_MAX = 3,
};

struct worker *worker_new(const struct config *config, const struct keys *keys, struct store *store,
                          struct inbox *inbox, GError **error)
{
  struct worker *worker = g_new0(struct worker, 1);
  worker->inbox = inbox;
  worker->done = g_array_new(FALSE, FALSE, sizeof(int64_t));
  worker->work = (struct work){ .store = store, .config = config, .keys = keys };
  worker->work.letters = letters_new(config);
  worker->work.lists = list_cache_new(store);
  if (mail_init(config, error) && mail_sweep_files(store, error) && worker_housekeeping(worker, error))
    return worker;
  worker_free(worker);
  return NULL;
}

void worker_free(struct worker *worker)
{
  if (!worker) return;
  if (worker->done->len > 0) { /* a courtesy; what stays is found by its key */
    GPtrArray *none = inbox_take(worker->inbox, (int64_t *)worker->done->data, worker->done->len, 0, NULL);
    g_clear_pointer(&none, g_ptr_array_unref);
  }
  g_array_unref(worker->done);
  letters_free(worker->work.letters);
  list_cache_free(worker->work.lists);
  gazetteer_free(worker->work.gazetteer);
  if (worker->work.list_regions) g_hash_table_unref(worker->work.list_regions);
  addresses_free(worker->book);
  g_free(worker);
}

void worker_set_pictures(struct worker *worker, struct pictures *pictures)
{
  worker->work.pictures = pictures;
}

void worker_set_smime(struct worker *worker, const struct smime *smime)
{
  worker->work.smime = smime;
}

void worker_set_pgp(struct worker *worker, struct pgp *pgp)
{
  worker->work.pgp = pgp;
}

void worker_set_keys(struct worker *worker, const struct keys *keys)
{
  worker->work.keys = keys;
}

/* One batch on its way. */
struct batch {
  GPtrArray *mails; /* struct inbox_mail*, as taken */
  GArray *untried;  /* ids whose attempt shall not count */
  GError *fault;    /* the first one that may pass */
  bool is_general;  /* a fault of the store, not of single mails */
  int done;
};

/* Does this fault pass by itself? In doubt it does. */
static bool may_pass(const GError *fault)
{
  switch (fault_of(fault)) {
  case FAULT_PERMANENT:
  case FAULT_BUG:
  case FAULT_USAGE:
  case FAULT_INPUT:
  case FAULT_NO_ADDRESS:
  case FAULT_DENIED: return false;
  case FAULT_TEMPORARY:
  case FAULT_UNAVAILABLE:
  case FAULT_FILE:
  case FAULT_CONFIG: return true;
  }
  return true;
}

/* Puts a mail off: it stays in the inbox as if it had not been touched. Takes over the fault. */
static void put_off(struct batch *batch, int64_t id, GError *fault)
{
  g_array_append_val(batch->untried, id);
  log_line("inbox=i%" G_GINT64_FORMAT " outcome=again reason=\"%s\"", id, fault->message);
  if (batch->fault)
    g_error_free(fault);
  else
    batch->fault = fault;
}

/* A mail failed: it is put off, or set aside for good. Takes over the fault. */
static void fail_mail(struct worker *worker, struct batch *batch, int64_t id, GError *fault)
{
  g_autoptr(GError) trouble = NULL;
  if (may_pass(fault)) {
    put_off(batch, id, fault);
  } else if (!worker_set_aside(worker, id, fault->message, &trouble)) {
    g_error_free(fault);
    put_off(batch, id, g_steal_pointer(&trouble));
  } else {
    g_error_free(fault);
    batch->done++;
  }
}

/* Reads one mail of the batch, outside any lock. NULL on error. */
static struct incoming *read_mail(struct worker *worker, const struct inbox_mail *mail, GError **error)
{
  g_autoptr(GBytes) raw = inbox_bytes(worker->inbox, mail, error);
  if (!raw) return NULL;
  struct incoming *incoming = incoming_new(worker->work.config, mail->received, mail->sender,
                                           (const char *const *)mail->recipients, raw);
  parent_compare(&worker->work, incoming);
  comprehend(&worker->work, incoming);
  incoming->inbox_id = mail->id;
  if (mail->spool) incoming->spool_path = inbox_spool_path(worker->inbox, mail->spool);
  return incoming;
}

/* Writes the log's lines of what is committed. */
static void log_lines(const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) log_line("%s", (char *)g_ptr_array_index(lines, i));
}

/* A mail that failed inside a transaction, to be dealt with after it. */
struct failure {
  int64_t id;
  GError *fault;
};

/* One transaction and what became of its mails. */
struct transaction {
  struct worker *worker;
  struct batch *batch;
  GPtrArray *lines; /* for the log */
  GArray *ids;      /* int64_t: decided */
  GArray *failures; /* struct failure */
  bool is_sound;    /* it can still be committed */
  GError *fault;    /* why it was lost */
};

/* Decides one mail in a savepoint of its own, so that the others outlast its failure. */
static bool decide_one(struct transaction *t, const struct incoming *incoming, GError **error)
{
  struct store *store = t->worker->work.store;
  guint before = t->lines->len;
  if (!store_savepoint(store, error)) {
    t->is_sound = false;
    return false;
  }
  bool is_decided =
      decide_incoming(&t->worker->work, incoming, t->lines, error) && store_release(store, error);
  crash_point("worker.decided");
  if (is_decided) return true;
  g_ptr_array_set_size(t->lines, (int)before);
  t->is_sound = store_rollback_to(store, NULL);
  return false;
}

/* Decides mails from *next on, as many as the lock's bounds allow. */
static void decide_some(struct transaction *t, const GPtrArray *chunk, guint *next)
{
  struct store *store = t->worker->work.store;
  guint first = *next;
  while (t->is_sound && *next < chunk->len && *next - first < COMMIT_MAILS &&
         (*next == first || store_held_ms(store) < COMMIT_MS)) {
    const struct incoming *incoming = g_ptr_array_index(chunk, (*next)++);
    struct failure failure = { .id = incoming->inbox_id };
    if (decide_one(t, incoming, &failure.fault))
      g_array_append_val(t->ids, failure.id);
    else
      g_array_append_val(t->failures, failure);
  }
}

/* Commits: what was decided is remembered for removal and logged. Else all of it waits. */
static void end_transaction(struct transaction *t)
{
  struct store *store = t->worker->work.store;
  crash_point("worker.commit.before");
  if (t->is_sound && store_commit(store, &t->fault)) {
    crash_point("worker.commit.after");
    g_array_append_vals(t->worker->done, t->ids->data, t->ids->len);
    t->batch->done += (int)t->ids->len;
    log_lines(t->lines);
    return;
  }
  store_rollback(store);
  t->batch->is_general = true;
  if (!t->fault) fault_set(&t->fault, FAULT_TEMPORARY, "The store undid a transaction; its mails wait.");
  for (guint i = 0; i < t->ids->len; i++)
    put_off(t->batch, g_array_index(t->ids, int64_t, i), g_error_copy(t->fault));
}

/* The mails that failed one by one. */
static void deal_with_failures(struct transaction *t)
{
  for (guint i = 0; i < t->failures->len; i++) {
    struct failure failure = g_array_index(t->failures, struct failure, i);
    fail_mail(t->worker, t->batch, failure.id, failure.fault);
  }
}

/* No lock to be had: everything from *next on waits. */
static void put_off_rest(struct transaction *t, const GPtrArray *chunk, guint *next)
{
  t->batch->is_general = true;
  for (; *next < chunk->len; ++*next)
    put_off(t->batch, ((const struct incoming *)g_ptr_array_index(chunk, *next))->inbox_id,
            g_error_copy(t->fault));
}

/* One transaction: mails from *next on. */
static void commit_some(struct worker *worker, struct batch *batch, const GPtrArray *chunk, guint *next)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
  g_autoptr(GArray) failures = g_array_new(FALSE, FALSE, sizeof(struct failure));
  struct transaction t = {
    .worker = worker,
    .batch = batch,
    .lines = lines,
    .ids = ids,
    .failures = failures,
  };
  t.is_sound = store_begin(worker->work.store, &t.fault);
  bool is_begun = t.is_sound;
  if (is_begun)
    decide_some(&t, chunk, next);
  else
    put_off_rest(&t, chunk, next);
  if (is_begun) end_transaction(&t);
  deal_with_failures(&t);
  g_clear_error(&t.fault);
}

static void free_incoming(gpointer incoming)
{
  incoming_free(incoming);
}

/* Reads mails from *next on, as many as one transaction takes and until their raw bytes reach the bound; then
 * decides them, while what was read is still in the processor's cache. A large mail comes alone. */
static void work_chunk(struct worker *worker, struct batch *batch, guint *next)
{
  g_autoptr(GPtrArray) chunk = g_ptr_array_new_with_free_func(free_incoming);
  int64_t bytes = 0;
  while (*next < batch->mails->len && chunk->len < COMMIT_MAILS) {
    const struct inbox_mail *mail = g_ptr_array_index(batch->mails, *next);
    if (chunk->len > 0 && (mail->spool || bytes + mail->size_bytes > READ_AHEAD_BYTES)) break;
    ++*next;
    bytes += mail->spool ? READ_AHEAD_BYTES : mail->size_bytes;
    GError *fault = NULL;
    struct incoming *incoming = read_mail(worker, mail, &fault);
    if (incoming)
      g_ptr_array_add(chunk, incoming);
    else
      fail_mail(worker, batch, mail->id, fault);
  }
  for (guint i = 0; i < chunk->len;) commit_some(worker, batch, chunk, &i);
}

/* Mails that have killed the process too often are not read again. Leaves the others in the batch. */
static void set_killers_aside(struct worker *worker, struct batch *batch)
{
  for (guint i = 0; i < batch->mails->len;) {
    const struct inbox_mail *mail = g_ptr_array_index(batch->mails, i);
    if (mail->attempts <= DEATHS_MAX) {
      i++;
      continue;
    }
    g_autofree char *reason = g_strdup_printf(
        "Working on it ended the process %d times; it was not tried again.", mail->attempts - 1);
    GError *trouble = NULL;
    if (worker_set_aside(worker, mail->id, reason, &trouble))
      batch->done++;
    else
      put_off(batch, mail->id, trouble);
    g_ptr_array_remove_index(batch->mails, i);
  }
}

/* All mails of a batch. */
static void work_batch(struct worker *worker, struct batch *batch)
{
  set_killers_aside(worker, batch);
  for (guint next = 0; next < batch->mails->len;) work_chunk(worker, batch, &next);
  if (batch->untried->len > 0)
    inbox_untry(worker->inbox, (int64_t *)batch->untried->data, batch->untried->len, NULL);
  if (batch->done > 0) {
    worker_wake_others(worker);
  }
}

/* Takes the next batch; what was done is removed by the same commit. */
static GPtrArray *take(struct worker *worker, GError **error)
{
  bool removes = worker->done->len > 0;
  GPtrArray *mails =
      inbox_take(worker->inbox, (int64_t *)worker->done->data, worker->done->len, BATCH_MAILS, error);
  if (!mails) return NULL;
  g_array_set_size(worker->done, 0);
  if (removes) crash_point("worker.done");
  if (mails->len > 0) crash_point("worker.taken");
  return mails;
}

/* Takes a batch and works on it. False: there is none. *is_stuck: each of its mails must wait, for reasons of
 * its own. */
static bool work_next(struct worker *worker, struct batch *batch, bool *is_stuck, GError **error)
{
  *is_stuck = false;
  g_autoptr(GPtrArray) mails = take(worker, error);
  if (!mails || mails->len == 0) return false;
  guint count = mails->len;
  int64_t last = ((const struct inbox_mail *)g_ptr_array_index(mails, count - 1))->id;
  batch->mails = mails;
  g_array_set_size(batch->untried, 0);
  work_batch(worker, batch);
  *is_stuck = batch->untried->len == count && !batch->is_general;
  if (*is_stuck) inbox_pass_over(worker->inbox, last);
  return true;
}

/* The mails of a round: a batch, and where that is stuck, those behind it. */
static bool work_mails(struct worker *worker, struct batch *batch, GError **error)
{
  GError *failed = NULL;
  bool is_stuck = false, is_there = true;
  batch->untried = g_array_new(FALSE, FALSE, sizeof(int64_t));
  for (int i = 0; i < BATCHES_PASSED_OVER && is_there && (i == 0 || is_stuck); i++)
    is_there = work_next(worker, batch, &is_stuck, &failed);
  g_array_unref(batch->untried);
  if (!is_there) inbox_pass_over(worker->inbox, 0); /* the end: the next round begins with the oldest again */
  if (!failed) return true;
  g_propagate_error(error, failed);
  return false;
}

int worker_round(struct worker *worker, GError **error)
{
  worker->work.now = clock_now();
  if (!worker_housekeeping(worker, error)) return -1;
  struct batch batch = { 0 };
  if (!work_mails(worker, &batch, error)) {
    g_clear_error(&batch.fault);
    return -1;
  }
  if (batch.done > 0) worker->ticked_ms = 0; /* what they set off is due at once */
  int ticked = worker_tick(worker, batch.fault ? NULL : &batch.fault);
  if (ticked > 0) batch.done += ticked;
  int rows = worker_expand(worker, batch.fault ? NULL : &batch.fault);
  if (rows > 0) batch.done += rows;
  if (batch.done == 0 && batch.fault) {
    g_propagate_error(error, batch.fault);
    return -1;
  }
  g_clear_error(&batch.fault);
  if (batch.done == 0) worker_prune(worker);
  return batch.done;
}
