/* Which messages an office wrote as itself; see official_messages.h. */
#include "lib/store/cases/official_messages.h"

#include "lib/store/internal.h"

bool official_message_put(struct store *store, int64_t message, int64_t office, GError **error)
{
  return db_run(store->db, Q_OFFICIAL_MESSAGE_PUT, error, INT(message), INT(office));
}

bool official_message_of(struct store *store, int64_t message, int64_t *office, GError **error)
{
  return db_number(store->db, Q_OFFICIAL_MESSAGE, 0, office, error, INT(message));
}
