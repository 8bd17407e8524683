/* What waits for a person's decision; see mails.h. A mail is held at most once for each address of ours that
 * it went to. */
#include "lib/base/fault.h"
#include "lib/store/internal.h"
#include "lib/store/mails.h"

void hold_free(struct hold *hold)
{
  if (!hold) return;
  char *texts[] = { hold->recipient, hold->list_name,    hold->code,
                    hold->reason,    hold->from_address, hold->subject };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(hold);
}

bool hold_put(struct store *store, struct hold *hold, GError **error)
{
  return db_number(store->db, Q_HOLD_PUT, 0, &hold->id, error, INT(hold->mail), TEXT(hold->recipient),
                   ID(hold->list), TEXT(hold->code), TEXT(hold->reason), INT(hold->since),
                   TEXT(hold->from_address), TEXT(hold->subject), INT(hold->is_asked));
}

static void *read_hold(const struct rows *rows)
{
  struct hold *hold = g_new0(struct hold, 1);
  hold->id = column_int(rows, 0);
  hold->mail = column_int(rows, 1);
  hold->recipient = column_text(rows, 2);
  hold->list = column_int(rows, 3);
  hold->list_name = column_text(rows, 4);
  hold->code = column_text(rows, 5);
  hold->reason = column_text(rows, 6);
  hold->since = column_int(rows, 7);
  hold->from_address = column_text(rows, 8);
  hold->subject = column_text(rows, 9);
  return hold;
}

struct hold *hold_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_HOLD_GET, INT(id)), read_hold, error);
}

bool hold_remove(struct store *store, int64_t id, GError **error)
{
  if (!db_run(store->db, Q_HOLD_REMOVE, error, INT(id))) return false;
  return db_changes(store->db) == 1 ||
         fault_set(error, FAULT_INPUT, "Nothing is held under number %" G_GINT64_FORMAT, id);
}

bool hold_remove_of(struct store *store, int64_t mail, const char *recipient, GError **error)
{
  return db_run(store->db, Q_HOLD_REMOVE_OF, error, INT(mail), TEXT(recipient));
}

GPtrArray *holds_page(struct store *store, int64_t list, int64_t after, int limit, GError **error)
{
  struct rows rows = list ? db_query(store->db, Q_HOLDS_PAGE_OF_LIST, INT(list), INT(after), INT(limit))
                          : db_query(store->db, Q_HOLDS_PAGE, INT(after), INT(limit));
  return rows_collect(rows, read_hold, (GDestroyNotify)hold_free, error);
}

bool hold_set_asked(struct store *store, int64_t id, GError **error)
{
  return db_run(store->db, Q_HOLD_SET_ASKED, error, INT(id));
}

GPtrArray *holds_unasked(struct store *store, int64_t after, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_HOLDS_UNASKED, INT(after), INT(limit)), read_hold,
                      (GDestroyNotify)hold_free, error);
}

GPtrArray *holds_of_mail(struct store *store, int64_t mail, GError **error)
{
  return rows_collect(db_query(store->db, Q_HOLDS_OF_MAIL, INT(mail)), read_hold, (GDestroyNotify)hold_free,
                      error);
}
