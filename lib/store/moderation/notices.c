/* Notices as rows; see notices.h. */
#include "lib/store/moderation/notices.h"

#include "lib/store/internal.h"

void notice_free(struct notice *notice)
{
  if (!notice) return;
  g_free(notice->recipient);
  g_free(notice->address);
  g_free(notice->state);
  g_free(notice);
}

bool notice_put(struct store *store, struct notice *notice, GError **error)
{
  return db_number(store->db, Q_NOTICE_INSERT, 0, &notice->id, error, INT(notice->mail),
                   TEXT(notice->recipient), ID(notice->list), TEXT(notice->address), INT(notice->is_proven),
                   INT(notice->since));
}

static void *read_notice(const struct rows *rows)
{
  struct notice *notice = g_new0(struct notice, 1);
  notice->id = column_int(rows, 0);
  notice->mail = column_int(rows, 1);
  notice->recipient = column_text(rows, 2);
  notice->list = column_int(rows, 3);
  notice->address = column_text(rows, 4);
  notice->is_proven = column_int(rows, 5) != 0;
  notice->since = column_int(rows, 6);
  notice->state = column_text(rows, 7);
  notice->decided = column_int(rows, 8);
  return notice;
}

struct notice *notice_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_NOTICE_GET, INT(id)), read_notice, error);
}

struct notice *notice_of_mail(struct store *store, int64_t mail, const char *recipient, GError **error)
{
  return rows_first(db_query(store->db, Q_NOTICE_OF_MAIL, INT(mail), TEXT(recipient)), read_notice, error);
}

GPtrArray *notices_page(struct store *store, int64_t after, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_NOTICES_PAGE, INT(after), INT(limit)), read_notice,
                      (GDestroyNotify)notice_free, error);
}

bool notice_decide(struct store *store, int64_t id, const char *state, int64_t now, GError **error)
{
  return db_run(store->db, Q_NOTICE_DECIDE, error, INT(id), TEXT(state), INT(now));
}
