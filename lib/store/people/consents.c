/* Consents; see consents.h. */
#include "lib/store/people/consents.h"
#include "lib/store/internal.h"

bool consent_get(struct store *store, int64_t person, struct consent *consent, GError **error)
{
  *consent = (struct consent){ 0 };
  struct rows rows = db_query(store->db, Q_OFFICE_MAIL_GET, INT(person));
  if (rows_next(&rows, error))
    *consent = (struct consent){ .is_known = true,
                                 .asked = column_int(&rows, 0),
                                 .given = column_int(&rows, 1),
                                 .revoked = column_int(&rows, 2) };
  return rows_end(&rows);
}

bool consent_put(struct store *store, int64_t person, const struct consent *consent, GError **error)
{
  return db_run(store->db, Q_OFFICE_MAIL_PUT, error, INT(person), INT(consent->asked), INT(consent->given),
                INT(consent->revoked));
}

bool consent_say(struct store *store, int64_t person, bool is_given, int64_t now, GError **error)
{
  struct consent consent;
  if (!consent_get(store, person, &consent, error)) return false;
  if (is_given && !consent.given) consent.given = now;
  if (!is_given) consent.given = 0;
  if (!is_given) consent.revoked = now;
  return consent_put(store, person, &consent, error);
}
