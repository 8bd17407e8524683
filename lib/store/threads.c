/* Threads as rows; see threads.h. A thread's number is its address and is given once, for a list and a year;
 * its position in the month says on which part of the month's page it stands, and never changes. */
#include "lib/store/threads.h"
#include "lib/base/fault.h"
#include "lib/store/counters.h"
#include "lib/store/pages.h"
#include "lib/store/public_threads.h"

void thread_free(struct thread *thread)
{
  if (!thread) return;
  g_free(thread->subject);
  g_free(thread->subject_key);
  g_free(thread);
}

static void *read_thread(const struct rows *rows)
{
  struct thread *thread = g_new0(struct thread, 1);
  thread->id = column_int(rows, 0);
  thread->list = column_int(rows, 1);
  thread->year = (int)column_int(rows, 2);
  thread->number = (int)column_int(rows, 3);
  thread->month = (int)column_int(rows, 4);
  thread->month_position = (int)column_int(rows, 5);
  thread->subject = column_text(rows, 6);
  thread->subject_key = column_text(rows, 7);
  thread->started = column_int(rows, 8);
  thread->last = column_int(rows, 9);
  thread->messages = column_int(rows, 10);
  thread->public_messages = column_int(rows, 11);
  thread->next_position = column_int(rows, 12);
  thread->merged_into = column_int(rows, 13);
  return thread;
}

bool thread_create(struct store *store, struct thread *thread, GError **error)
{
  int64_t number, position;
  if (!db_number(store->db, Q_THREAD_NUMBER_NEXT, 1, &number, error, INT(thread->list), INT(thread->year)) ||
      !db_run(store->db, Q_THREAD_NUMBER_TAKE, error, INT(thread->list), INT(thread->year)) ||
      !db_number(store->db, Q_MONTH_POSITION_LAST, 0, &position, error, INT(thread->list), INT(thread->year),
                 INT(thread->month)) ||
      !db_run(store->db, Q_MONTH_POSITION_TAKE, error, INT(thread->list), INT(thread->year),
              INT(thread->month)))
    return false;
  position++;
  thread->number = (int)number;
  thread->month_position = (int)position;
  thread->next_position = 1;
  return db_insert(store->db, Q_THREAD_INSERT, &thread->id, error, INT(thread->list), INT(thread->year),
                   INT(number), INT(thread->month), INT(position), TEXT(thread->subject),
                   TEXT(thread->subject_key), INT(thread->started), INT(thread->last));
}

bool thread_update(struct store *store, const struct thread *thread, GError **error)
{
  return db_run(store->db, Q_THREAD_CHANGE, error, INT(thread->id), TEXT(thread->subject),
                TEXT(thread->subject_key), INT(thread->started), INT(thread->last));
}

struct thread *thread_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_THREAD_GET, INT(id)), read_thread, error);
}

struct thread *thread_find_number(struct store *store, int64_t list, int year, int number, GError **error)
{
  return rows_first(db_query(store->db, Q_THREAD_BY_NUMBER, INT(list), INT(year), INT(number)), read_thread,
                    error);
}

struct thread *thread_find_subject(struct store *store, int64_t list, const char *subject_key,
                                   int64_t not_before, int64_t not_after, GError **error)
{
  return rows_first(
      db_query(store->db, Q_THREAD_BY_SUBJECT, INT(list), TEXT(subject_key), INT(not_before), INT(not_after)),
      read_thread, error);
}

/* Marks what a merge changes: every part of the thread that becomes a signpost, and the parts of the other
 * that grow. */
static bool mark_merged(struct store *store, const struct thread *from, const struct thread *into,
                        GError **error)
{
  int64_t end = into->next_position + from->next_position - 1;
  for (int64_t position = 1; position < MAX(from->next_position, 2); position += THREAD_PART_MESSAGES)
    if (!pages_mark_message(store, from->list, from->id, position, error)) return false;
  for (int64_t position = into->next_position; position < end; position += THREAD_PART_MESSAGES)
    if (!pages_mark_message(store, into->list, into->id, position, error)) return false;
  return pages_mark_message(store, into->list, into->id, MAX(end - 1, 1), error);
}

/* Marks the signposts that lead to `from` and from now on lead to where it went. */
static bool mark_repointed(struct store *store, const struct thread *from, GError **error)
{
  g_autoptr(GArray) signposts = threads_merged_into(store, from->id, error);
  for (guint i = 0; signposts && i < signposts->len; i++)
    if (!pages_mark_message(store, from->list, g_array_index(signposts, int64_t, i), 1, error)) return false;
  return signposts != NULL;
}

/* A thread less is public where both were; where only `from` was, its place in the months moves. */
static bool count_merged(struct store *store, const struct thread *from, const struct thread *into,
                         GError **error)
{
  if (from->public_messages == 0) return true;
  return counters_thread(store, from->list, from->year, from->month, -1, error) &&
         (into->public_messages > 0 || counters_thread(store, into->list, into->year, into->month, 1, error));
}

bool thread_merge(struct store *store, int64_t from_id, int64_t into_id, GError **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(thread_row) from = thread_get(store, from_id, &local);
  g_autoptr(thread_row) into = local ? NULL : thread_get(store, into_id, &local);
  if (local) {
    g_propagate_error(error, g_steal_pointer(&local));
    return false;
  }
  if (!from || !into || from_id == into_id || from->list != into->list || from->merged_into ||
      into->merged_into)
    return fault_set(error, FAULT_BUG, "Threads %d and %d cannot become one", (int)from_id, (int)into_id);
  return mark_merged(store, from, into, error) && mark_repointed(store, from, error) &&
         count_merged(store, from, into, error) &&
         db_run(store->db, Q_MESSAGES_MOVE, error, INT(from_id), INT(into_id),
                INT(into->next_position - 1)) &&
         db_run(store->db, Q_THREAD_TAKE_MESSAGES, error, INT(into_id), INT(from->messages),
                INT(from->public_messages), INT(from->next_position - 1), INT(from->started),
                INT(from->last)) &&
         db_run(store->db, Q_THREAD_MAKE_SIGNPOST, error, INT(from_id), INT(into_id)) &&
         db_run(store->db, Q_THREAD_REPOINT, error, INT(from_id), INT(into_id)) &&
         db_run(store->db, Q_MUTED_FOLLOW, error, INT(from_id), INT(into_id)) &&
         db_run(store->db, Q_MUTED_FORGET_THREAD, error, INT(from_id));
}

static GPtrArray *collect(struct rows rows, GError **error)
{
  return rows_collect(rows, read_thread, (GDestroyNotify)thread_free, error);
}

GPtrArray *threads_of_month_part(struct store *store, int64_t list, int year, int month, int part,
                                 GError **error)
{
  return collect(db_query(store->db, Q_THREADS_OF_MONTH_PART, INT(list), INT(year), INT(month),
                          INT((int64_t)(part - 1) * MONTH_PART_THREADS),
                          INT((int64_t)part * MONTH_PART_THREADS)),
                 error);
}

GPtrArray *threads_latest(struct store *store, int64_t list, int limit, bool public_only, GError **error)
{
  enum query query = public_only ? Q_THREADS_LATEST_PUBLIC : Q_THREADS_LATEST;
  return collect(db_query(store->db, query, INT(list), INT(limit)), error);
}

GPtrArray *threads_of_year(struct store *store, int64_t list, int year, int after_number, int limit,
                           bool with_merged, GError **error)
{
  return collect(db_query(store->db, Q_THREADS_OF_YEAR, INT(list), INT(year), INT(after_number), INT(limit),
                          INT(with_merged)),
                 error);
}

GPtrArray *threads_page(struct store *store, int64_t list, int64_t after, int limit, GError **error)
{
  return collect(db_query(store->db, Q_THREADS_PAGE, INT(list), INT(after), INT(limit)), error);
}

GArray *threads_months(struct store *store, int64_t list, GError **error)
{
  g_autoptr(GArray) months = g_array_new(FALSE, FALSE, sizeof(struct thread_month));
  struct rows rows = db_query(store->db, Q_THREADS_MONTHS, INT(list));
  while (rows_next(&rows, error)) {
    struct thread_month month = { .year = (int)column_int(&rows, 0),
                                  .month = (int)column_int(&rows, 1),
                                  .threads = column_int(&rows, 2),
                                  .parts = (int)((column_int(&rows, 3) - 1) / MONTH_PART_THREADS) + 1 };
    g_array_append_val(months, month);
  }
  return rows_end(&rows) ? g_steal_pointer(&months) : NULL;
}
