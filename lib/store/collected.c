/* How far collected letters go; see collected.h. */
#include "lib/store/collected.h"
#include "lib/store/internal.h"

bool collected_next(struct store *store, const char *delivery, const char *day, struct collected *next,
                    GError **error)
{
  *next = (struct collected){ 0 };
  struct rows rows = db_query(store->db, Q_COLLECTED_NEXT, TEXT(delivery), TEXT(day));
  if (rows_next(&rows, error)) {
    next->list = column_int(&rows, 0);
    next->message = column_int(&rows, 1);
    next->is_first = column_peek(&rows, 2, NULL) == NULL;
  }
  return rows_end(&rows);
}

bool collected_put(struct store *store, int64_t list, const char *delivery, const char *day, int64_t message,
                   GError **error)
{
  return db_run(store->db, Q_COLLECTED_PUT, error, INT(list), TEXT(delivery), TEXT(day), INT(message));
}

bool collected_newest(struct store *store, int64_t list, int64_t *message, GError **error)
{
  return db_number(store->db, Q_COLLECTED_NEWEST, 0, message, error, INT(list));
}

bool collected_has_readers(struct store *store, int64_t list, const char *delivery, bool *has_readers,
                           GError **error)
{
  int64_t found = 0;
  bool done = db_number(store->db, Q_COLLECTED_READERS, 0, &found, error, INT(list), TEXT(delivery));
  *has_readers = found != 0;
  return done;
}
