/* The counters of what is public; see counters.h. They stand in the rows so that a page costs the same in an
 * archive of a hundred threads or of a million: a list knows its public threads, messages and the last one, a
 * month its public threads. What counts is message.is_public alone; whether the list has an archive at all is
 * not asked here, so turning it on needs no counting. */
#include "lib/store/counters.h"

bool counters_thread(struct store *store, int64_t list, int64_t year, int64_t month, int by, GError **error)
{
  return db_run(store->db, Q_LIST_COUNT_THREADS, error, INT(list), INT(by)) &&
         db_run(store->db, Q_THREAD_MONTH_COUNT, error, INT(list), INT(year), INT(month), INT(by));
}

bool counters_list(struct store *store, int64_t list, int64_t received, int by, GError **error)
{
  if (by > 0) return db_run(store->db, Q_LIST_ADD_PUBLIC, error, INT(list), INT(received));
  return by == 0 || db_run(store->db, Q_LIST_DROP_PUBLIC, error, INT(list));
}

bool counters_message(struct store *store, int64_t list, int64_t thread, int64_t received, int messages,
                      int public_messages, GError **error)
{
  int64_t now = 0, year = 0, month = 0;
  struct rows rows =
      db_query(store->db, Q_THREAD_COUNT_MESSAGE, INT(thread), INT(messages), INT(public_messages));
  while (rows_next(&rows, error)) {
    now = column_int(&rows, 0);
    year = column_int(&rows, 1);
    month = column_int(&rows, 2);
  }
  if (!rows_end(&rows)) return false;
  bool is_first = public_messages > 0 && now == public_messages, was_last = public_messages < 0 && now == 0;
  if ((is_first || was_last) && !counters_thread(store, list, year, month, public_messages, error))
    return false;
  return counters_list(store, list, received, public_messages, error);
}
