/* Counting what was done lately; see rates.h. */
#include "lib/store/returns/rates.h"

#include "lib/store/internal.h"

bool rate_note(struct store *store, const char *key, const char *purpose, int64_t now, GError **error)
{
  return db_run(store->db, Q_RATE_NOTE, error, TEXT(key), TEXT(purpose), INT(now));
}

int64_t rate_count(struct store *store, const char *key, const char *purpose, int64_t since, GError **error)
{
  int64_t count = 0;
  bool is_read =
      key ? db_number(store->db, Q_RATE_COUNT, 0, &count, error, TEXT(key), TEXT(purpose), INT(since))
          : db_number(store->db, Q_RATE_COUNT_ALL, 0, &count, error, TEXT(purpose), INT(since));
  return is_read ? count : -1;
}

bool rate_prune(struct store *store, int64_t before, int limit, GError **error)
{
  return db_run(store->db, Q_RATE_PRUNE, error, INT(before), INT(limit));
}
