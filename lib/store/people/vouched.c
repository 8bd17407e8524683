/* Senders who vouched for their own mails; see vouched.h. */
#include "lib/store/people/vouched.h"

#include "lib/store/internal.h"

bool vouched_put(struct store *store, const char *address, const char *evidence, int64_t now, GError **error)
{
  return db_run(store->db, Q_VOUCHED_PUT, error, TEXT(address), TEXT(evidence), INT(now));
}

bool vouched_is(struct store *store, const char *address, const char *evidence, bool *is, GError **error)
{
  struct rows rows = db_query(store->db, Q_VOUCHED_GET, TEXT(address), TEXT(evidence));
  *is = rows_next(&rows, error);
  return rows_end(&rows);
}
