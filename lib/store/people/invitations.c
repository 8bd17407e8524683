/* Invitations; see invitations.h. Of those who were invited and did not come nothing is kept but a digest of
 * the address: enough to write to nobody twice. */
#include "lib/store/people/invitations.h"
#include "lib/store/internal.h"

static char *digest_of(const char *rate_key)
{
  return g_compute_checksum_for_string(G_CHECKSUM_SHA256, rate_key, -1);
}

bool invitation_is_known(struct store *store, int64_t list, const char *rate_key, bool *is_known,
                         GError **error)
{
  int64_t found = 0;
  g_autofree char *digest = digest_of(rate_key);
  bool done = db_number(store->db, Q_INVITED_IS, 0, &found, error, INT(list), TEXT(digest));
  *is_known = found != 0;
  return done;
}

bool invitation_put(struct store *store, int64_t list, const char *rate_key, int64_t person, int64_t now,
                    GError **error)
{
  g_autofree char *digest = digest_of(rate_key);
  return db_run(store->db, Q_INVITED_PUT, error, INT(list), TEXT(digest), INT(person), INT(now));
}

int64_t invitations_count(struct store *store, int64_t person, int64_t since, GError **error)
{
  int64_t count = 0;
  return db_number(store->db, Q_INVITED_COUNT, 0, &count, error, INT(person), INT(since)) ? count : -1;
}
