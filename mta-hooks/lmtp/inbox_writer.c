/* The inbox writer.
 *
 *   receiver ──▶ sync thread (spooled ones: fsync) ──▶ commit thread: one group ──▶ receiver
 *
 * Two handles of the inbox are open: the receiver makes spool files through one, the commit thread writes
 * rows through the other and opens it anew after any fault, so that the server recovers by itself when the
 * trouble has ended.
 *
 * A group is what is there when the commit starts, at most GROUP_MAILS and GROUP_BYTES; while the disk syncs,
 * the next one gathers. If one mail of a group cannot be put, it is put off,
 * and the others get their commit without it. */
#include "mta-hooks/lmtp/inbox_writer.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/base/wake.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  GROUP_MAILS = 200,
  GROUP_BYTES = 1 << 20,
  SLICE_BYTES = 1 << 20,
};

static const char reply_full[] = "452 4.3.1 The disk is full; please try again later.";
static const char reply_fault[] =
    "451 4.3.0 The mail cannot be stored at the moment; please try again later.";

/* What the sync thread is asked for. */
struct sync_job {
  struct parcel *parcel; /* a reference */
  gint64 until_bytes;
  bool is_last; /* the mail is complete: fsync, then to the commit thread */
};

struct inbox_writer {
  const char *directory, *run;
  struct inbox *rows;  /* the commit thread's; NULL after a fault */
  struct inbox *spool; /* the receiver's */
  dev_t device;        /* of the directory, when it was opened */
  ino_t inode;
  int event_fd;

  GMutex mutex; /* guards what follows */
  GCond sync_wanted, commit_wanted;
  GQueue sync_jobs; /* struct sync_job* */
  GQueue complete;  /* struct parcel*, ready for the commit */
  GQueue done;      /* struct parcel*, decided */
  bool is_sync_closing, is_commit_closing;

  GThread *sync_thread, *commit_thread;
  int64_t fault_said_ms;   /* when the last fault was logged */
  int64_t longest_wait_ms; /* for the inbox's lock, of handles closed by now */
};

static void tell_receiver(struct inbox_writer *writer)
{
  uint64_t one = 1;
  ssize_t written = write(writer->event_fd, &one, sizeof one);
  (void)written; /* full only when it is readable anyway */
}

/* ---- the sync thread
 * ----------------------------------------------------------------------------------------------- */

/* Waits until a slice is on its way to the disk and has arrived; the fsync at the end confirms it. */
static void sync_slice(struct parcel *parcel, gint64 until_bytes)
{
  gint64 from_bytes = __atomic_load_n(&parcel->synced_bytes, __ATOMIC_RELAXED);
  sync_file_range(parcel->spool_fd, from_bytes, until_bytes - from_bytes,
                  SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
  __atomic_store_n(&parcel->synced_bytes, until_bytes, __ATOMIC_RELEASE);
}

static void give_to_commit(struct inbox_writer *writer, struct parcel *parcel)
{
  g_mutex_lock(&writer->mutex);
  g_queue_push_tail(&writer->complete, parcel);
  g_cond_signal(&writer->commit_wanted);
  g_mutex_unlock(&writer->mutex);
}

static void give_to_receiver(struct inbox_writer *writer, struct parcel *parcel)
{
  g_mutex_lock(&writer->mutex);
  g_queue_push_tail(&writer->done, parcel);
  g_mutex_unlock(&writer->mutex);
  tell_receiver(writer);
}

/* Does one job and lets go of its reference, or passes it on. */
static void do_sync_job(struct inbox_writer *writer, struct sync_job *job)
{
  sync_slice(job->parcel, job->until_bytes);
  if (!job->is_last) {
    parcel_unref(job->parcel);
    tell_receiver(writer);
  } else if (fsync(job->parcel->spool_fd) == 0) {
    give_to_commit(writer, job->parcel);
  } else {
    log_line("A spool file in %s cannot be synced: %s.", writer->directory, g_strerror(errno));
    job->parcel->reply = errno == ENOSPC || errno == EDQUOT ? reply_full : reply_fault;
    give_to_receiver(writer, job->parcel);
  }
  g_free(job);
}

static gpointer sync_loop(gpointer data)
{
  struct inbox_writer *writer = data;
  g_mutex_lock(&writer->mutex);
  for (;;) {
    struct sync_job *job = g_queue_pop_head(&writer->sync_jobs);
    if (job) {
      g_mutex_unlock(&writer->mutex);
      do_sync_job(writer, job);
      g_mutex_lock(&writer->mutex);
    } else if (writer->is_sync_closing) {
      break;
    } else {
      g_cond_wait(&writer->sync_wanted, &writer->mutex);
    }
  }
  g_mutex_unlock(&writer->mutex);
  return NULL;
}

/* ---- the commit thread
 * --------------------------------------------------------------------------------------------- */

/* Logs a fault, at most once a second. */
static void say_fault(struct inbox_writer *writer, const GError *fault)
{
  int64_t now_ms = clock_monotonic_ms();
  if (writer->fault_said_ms && now_ms - writer->fault_said_ms < 1000) return;
  writer->fault_said_ms = now_ms;
  log_line("Mail is put off (4xx): %s", fault->message);
}

/* Closes the commit thread's handle, which may be closed already, and keeps what it knows. */
static void close_rows(struct inbox_writer *writer)
{
  if (!writer->rows) return;
  int64_t waited_ms = inbox_longest_wait_ms(writer->rows); /* asking starts it anew: once, and not inside MAX */
  writer->longest_wait_ms = MAX(writer->longest_wait_ms, waited_ms);
  g_clear_pointer(&writer->rows, inbox_close);
}

/* Answers a group that could not be stored, and closes the inbox, to be opened anew for the next one. */
static void put_off(struct inbox_writer *writer, struct parcel **parcels, gsize count, const GError *fault)
{
  bool is_full = !inbox_has_room(writer->spool, 0);
  for (gsize i = 0; i < count; i++) {
    parcels[i]->reply = is_full ? reply_full : reply_fault;
    if (is_full) parcels[i]->leave_spool = false; /* nothing was committed, and the room is needed */
  }
  say_fault(writer, fault);
  close_rows(writer);
}

static bool store_group(struct inbox_writer *writer, struct parcel **parcels, gsize count, gsize *culprit,
                        GError **error)
{
  *culprit = count;
  if (!writer->rows) writer->rows = inbox_open(writer->directory, false, error);
  return writer->rows && parcels_store(writer->rows, parcels, count, culprit, error);
}

/* Stores a group. One mail that cannot be put is put off, and the others are tried without it. */
static void commit_group(struct inbox_writer *writer, struct parcel **parcels, gsize count)
{
  while (count) {
    g_autoptr(GError) fault = NULL;
    gsize culprit;
    if (store_group(writer, parcels, count, &culprit, &fault)) {
      wake_send(writer->run, "work");
      return;
    }
    if (culprit == count) {
      put_off(writer, parcels, count, fault);
      return;
    }
    struct parcel *odd = parcels[culprit];
    put_off(writer, &odd, 1, fault);
    parcels[culprit] = parcels[--count];
    parcels[count] = odd; /* all stay in the array: each is answered */
  }
}

/* Takes the next group off the queue; the mutex is held. */
static gsize take_group(struct inbox_writer *writer, struct parcel **parcels)
{
  gsize count = 0;
  int64_t bytes = 0;
  while (count < GROUP_MAILS && bytes < GROUP_BYTES && !g_queue_is_empty(&writer->complete)) {
    parcels[count] = g_queue_pop_head(&writer->complete);
    if (!parcels[count]->spool) bytes += parcels[count]->size_bytes;
    count++;
  }
  return count;
}

static void log_group(struct parcel **parcels, gsize count)
{
  int64_t bytes = 0;
  gsize stored = 0;
  for (gsize i = 0; i < count; i++) {
    bytes += parcels[i]->size_bytes;
    stored += !parcels[i]->reply;
  }
  log_line("accepted=%zu put_off=%zu bytes=%" G_GINT64_FORMAT, stored, count - stored, (gint64)bytes);
}

/* Lets the inbox clear up while nobody waits; the mutex is held. */
static void tidy(struct inbox_writer *writer)
{
  if (!writer->rows || !g_queue_is_empty(&writer->complete)) return;
  g_mutex_unlock(&writer->mutex);
  inbox_tidy(writer->rows);
  g_mutex_lock(&writer->mutex);
}

static gpointer commit_loop(gpointer data)
{
  struct inbox_writer *writer = data;
  struct parcel *parcels[GROUP_MAILS];
  g_mutex_lock(&writer->mutex);
  for (;;) {
    gsize count = take_group(writer, parcels);
    if (count) {
      g_mutex_unlock(&writer->mutex);
      commit_group(writer, parcels, count);
      log_group(parcels, count);
      g_mutex_lock(&writer->mutex);
      for (gsize i = 0; i < count; i++) g_queue_push_tail(&writer->done, parcels[i]);
      tell_receiver(writer);
      tidy(writer);
    } else if (writer->is_commit_closing) {
      break;
    } else {
      g_cond_wait(&writer->commit_wanted, &writer->mutex);
    }
  }
  g_mutex_unlock(&writer->mutex);
  return NULL;
}

/* ---- the receiver's side
 * ------------------------------------------------------------------------------------------- */

static bool open_both(struct inbox_writer *writer, GError **error)
{
  struct stat st;
  writer->rows = inbox_open(writer->directory, true, error);
  if (!writer->rows) return false;
  writer->spool = inbox_open(writer->directory, false, error);
  if (!writer->spool) return false;
  if (stat(writer->directory, &st) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "The inbox %s cannot be looked at", writer->directory);
  writer->device = st.st_dev;
  writer->inode = st.st_ino;
  writer->event_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (writer->event_fd < 0)
    return fault_set_errno(error, FAULT_TEMPORARY, errno, "No event descriptor can be had");
  return true;
}

struct inbox_writer *inbox_writer_open(const char *inbox, const char *run, GError **error)
{
  struct inbox_writer *writer = g_new0(struct inbox_writer, 1);
  writer->directory = inbox;
  writer->run = run;
  writer->event_fd = -1;
  g_mutex_init(&writer->mutex);
  g_cond_init(&writer->sync_wanted);
  g_cond_init(&writer->commit_wanted);
  if (open_both(writer, error)) return writer;
  inbox_writer_close(writer);
  return NULL;
}

void inbox_writer_start(struct inbox_writer *writer)
{
  writer->sync_thread = g_thread_new("spool sync", sync_loop, writer);
  writer->commit_thread = g_thread_new("inbox commit", commit_loop, writer);
}

/* Ends one thread: it finishes its queue first. */
static void end_thread(struct inbox_writer *writer, GThread *thread, bool *is_closing, GCond *wanted)
{
  if (!thread) return;
  g_mutex_lock(&writer->mutex);
  *is_closing = true;
  g_cond_signal(wanted);
  g_mutex_unlock(&writer->mutex);
  g_thread_join(thread);
}

void inbox_writer_close(struct inbox_writer *writer)
{
  if (!writer) return;
  end_thread(writer, writer->sync_thread, &writer->is_sync_closing, &writer->sync_wanted);
  end_thread(writer, writer->commit_thread, &writer->is_commit_closing, &writer->commit_wanted);
  for (struct parcel *parcel; (parcel = g_queue_pop_head(&writer->done));) parcel_unref(parcel);
  close_rows(writer);
  if (writer->commit_thread)
    log_line("state=stopped longest_wait_for_inbox_ms=%" G_GINT64_FORMAT, writer->longest_wait_ms);
  g_clear_pointer(&writer->spool, inbox_close);
  if (writer->event_fd >= 0) close(writer->event_fd);
  g_cond_clear(&writer->commit_wanted);
  g_cond_clear(&writer->sync_wanted);
  g_mutex_clear(&writer->mutex);
  g_free(writer);
}

struct inbox *inbox_writer_inbox(struct inbox_writer *writer)
{
  return writer->spool;
}

int inbox_writer_fd(const struct inbox_writer *writer)
{
  return writer->event_fd;
}

void inbox_writer_drain(struct inbox_writer *writer)
{
  uint64_t count;
  ssize_t size = read(writer->event_fd, &count, sizeof count);
  (void)size;
}

/* Puts a job for the sync thread; takes over the reference. */
static void ask_sync(struct inbox_writer *writer, struct parcel *parcel, bool is_last)
{
  struct sync_job *job = g_new(struct sync_job, 1);
  *job = (struct sync_job){ .parcel = parcel, .until_bytes = parcel->size_bytes, .is_last = is_last };
  parcel->asked_bytes = parcel->size_bytes;
  g_mutex_lock(&writer->mutex);
  g_queue_push_tail(&writer->sync_jobs, job);
  g_cond_signal(&writer->sync_wanted);
  g_mutex_unlock(&writer->mutex);
}

void inbox_writer_sync(struct inbox_writer *writer, struct parcel *parcel)
{
  if (parcel->spool_fd >= 0 && parcel->size_bytes - parcel->asked_bytes >= SLICE_BYTES)
    ask_sync(writer, parcel_ref(parcel), false);
}

gint64 inbox_writer_backlog(const struct parcel *parcel)
{
  return parcel->spool_fd < 0 ? 0
                              : parcel->size_bytes - __atomic_load_n(&parcel->synced_bytes, __ATOMIC_ACQUIRE);
}

void inbox_writer_put(struct inbox_writer *writer, struct parcel *parcel)
{
  if (parcel->spool_fd >= 0)
    ask_sync(writer, parcel, true);
  else
    give_to_commit(writer, parcel);
}

struct parcel *inbox_writer_done(struct inbox_writer *writer)
{
  g_mutex_lock(&writer->mutex);
  struct parcel *parcel = g_queue_pop_head(&writer->done);
  g_mutex_unlock(&writer->mutex);
  return parcel;
}

bool inbox_writer_needs_new_start(const struct inbox_writer *writer)
{
  struct stat st;
  return stat(writer->directory, &st) == 0 && (st.st_dev != writer->device || st.st_ino != writer->inode);
}
