/* What of the threads is public; see public_threads.h. */
#include "lib/store/public_threads.h"
#include "lib/store/internal.h"
#include "lib/store/statement.h"
#include "lib/store/threads.h"

int64_t thread_last_public(struct store *store, int64_t thread, GError **error)
{
  int64_t position;
  return db_number(store->db, Q_THREAD_LAST_PUBLIC, 0, &position, error, INT(thread)) ? position : -1;
}

GArray *threads_public_numbers(struct store *store, int64_t list, int year, int after, int limit,
                               GError **error)
{
  GArray *numbers = g_array_new(FALSE, FALSE, sizeof(struct thread_number));
  struct rows rows =
      db_query(store->db, Q_THREADS_PUBLIC_NUMBERS, INT(list), INT(year), INT(after), INT(limit));
  while (rows_next(&rows, error)) {
    struct thread_number number = { .number = (int)column_int(&rows, 0), .last = column_int(&rows, 1) };
    g_array_append_val(numbers, number);
  }
  if (rows_end(&rows)) return numbers;
  g_array_unref(numbers);
  return NULL;
}

int64_t month_last_public(struct store *store, int64_t list, int year, int month, GError **error)
{
  int64_t position;
  return db_number(store->db, Q_MONTH_LAST_PUBLIC, 0, &position, error, INT(list), INT(year), INT(month))
             ? position
             : -1;
}

GArray *threads_merged_into(struct store *store, int64_t thread, GError **error)
{
  GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
  struct rows rows = db_query(store->db, Q_THREADS_MERGED_INTO, INT(thread));
  while (rows_next(&rows, error)) {
    int64_t id = column_int(&rows, 0);
    g_array_append_val(ids, id);
  }
  if (rows_end(&rows)) return ids;
  g_array_unref(ids);
  return NULL;
}

GArray *attachments_counted(struct store *store, int64_t thread, int part, GError **error)
{
  GArray *counts = g_array_new(FALSE, FALSE, sizeof(struct attachment_count));
  int64_t after = (int64_t)(part - 1) * THREAD_PART_MESSAGES;
  struct rows rows =
      db_query(store->db, Q_ATTACHMENTS_COUNTED, INT(thread), INT(after), INT(after + THREAD_PART_MESSAGES));
  while (rows_next(&rows, error)) {
    struct attachment_count count = { .position = column_int(&rows, 0),
                                      .photos = (unsigned)column_int(&rows, 1),
                                      .documents = (unsigned)column_int(&rows, 2) };
    g_array_append_val(counts, count);
  }
  if (rows_end(&rows)) return counts;
  g_array_unref(counts);
  return NULL;
}

GArray *offers_of_part(struct store *store, int64_t thread, int part, GError **error)
{
  GArray *offers = g_array_new(FALSE, FALSE, sizeof(struct offer_shown));
  int64_t after = (int64_t)(part - 1) * THREAD_PART_MESSAGES;
  struct rows rows =
      db_query(store->db, Q_OFFERS_OF_PART, INT(thread), INT(after), INT(after + THREAD_PART_MESSAGES));
  while (rows_next(&rows, error)) {
    struct offer_shown offer = { .position = column_int(&rows, 0),
                                 .expires = column_int(&rows, 1),
                                 .is_over = column_int(&rows, 2) != 0 };
    g_array_append_val(offers, offer);
  }
  if (rows_end(&rows)) return offers;
  g_array_unref(offers);
  return NULL;
}
