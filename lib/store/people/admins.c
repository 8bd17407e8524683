/* Further admins; see admins.h. */
#include "lib/store/people/admins.h"

#include "lib/store/internal.h"

static void admin_free(void *data)
{
  struct admin *admin = data;
  if (!admin) return;
  g_free(admin->address);
  g_free(admin);
}

bool admin_put(struct store *store, const char *address, int64_t now, GError **error)
{
  return db_run(store->db, Q_ADMIN_PUT, error, TEXT(address), INT(now));
}

bool admin_remove(struct store *store, const char *address, bool *was, GError **error)
{
  bool is_done = db_run(store->db, Q_ADMIN_REMOVE, error, TEXT(address));
  if (was) *was = is_done && db_changes(store->db) > 0;
  return is_done;
}

static void *read_admin(const struct rows *rows)
{
  struct admin *admin = g_new(struct admin, 1);
  *admin = (struct admin){ .address = column_text(rows, 0), .since = column_int(rows, 1) };
  return admin;
}

GPtrArray *admins_all(struct store *store, GError **error)
{
  return rows_collect(db_query(store->db, Q_ADMINS_ALL), read_admin, admin_free, error);
}
