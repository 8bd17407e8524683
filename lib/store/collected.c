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
    next->begun = column_int(&rows, 3);
    next->newest = column_int(&rows, 4);
    next->person = column_int(&rows, 5);
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

bool collected_go_on(struct store *store, const char *delivery, const struct collected *state, GError **error)
{
  return db_run(store->db, Q_COLLECTED_GO_ON, error, INT(state->list), TEXT(delivery), INT(state->begun),
                INT(state->newest), INT(state->person));
}

static void *read_reader(const struct rows *rows)
{
  struct collected_reader *reader = g_new(struct collected_reader, 1);
  *reader = (struct collected_reader){ .person = column_int(rows, 0), .address = column_text(rows, 1) };
  return reader;
}

static void reader_free(void *data)
{
  struct collected_reader *reader = data;
  if (!reader) return;
  g_free(reader->address);
  g_free(reader);
}

GPtrArray *collected_muters(struct store *store, const char *delivery, const struct collected *state,
                            int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_COLLECTED_MUTERS, INT(state->list), TEXT(delivery),
                               INT(state->person), INT(state->begun), INT(limit)),
                      read_reader, reader_free, error);
}
