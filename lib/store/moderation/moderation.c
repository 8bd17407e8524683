/* Moderation in the store: decisions, redactions, rules, watched senders, closed threads; see moderation.h.
 */
#include "lib/store/moderation/moderation.h"

#include "lib/store/internal.h"
#include "lib/store/moderation/files.h"

void decision_row_free(struct decision_row *row)
{
  if (!row) return;
  char *texts[] = { row->item, row->code, row->decision, row->way };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(row);
}

bool decision_log(struct store *store, const struct decision_row *row, GError **error)
{
  return db_run(store->db, Q_DECISION_INSERT, error, INT(row->at), ID(row->list), TEXT(row->item),
                TEXT(row->code), INT(row->moderator), TEXT(row->decision), TEXT(row->way));
}

static void *read_decision(const struct rows *rows)
{
  struct decision_row *row = g_new0(struct decision_row, 1);
  row->id = column_int(rows, 0);
  row->at = column_int(rows, 1);
  row->list = column_int(rows, 2);
  row->item = column_text(rows, 3);
  row->code = column_text(rows, 4);
  row->moderator = column_int(rows, 5);
  row->decision = column_text(rows, 6);
  row->way = column_text(rows, 7);
  return row;
}

struct decision_row *decision_last(struct store *store, const char *item, GError **error)
{
  return rows_first(db_query(store->db, Q_DECISION_LAST, TEXT(item)), read_decision, error);
}

GPtrArray *decisions_page(struct store *store, int64_t after, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_DECISIONS_PAGE, INT(after), INT(limit)), read_decision,
                      (GDestroyNotify)decision_row_free, error);
}

bool redaction_put(struct store *store, int64_t original, int64_t list, int64_t mail, GError **error)
{
  return db_run(store->db, Q_REDACTION_PUT, error, INT(original), INT(list), INT(mail));
}

int64_t redaction_of(struct store *store, int64_t original, int64_t list, GError **error)
{
  int64_t mail = 0;
  return db_number(store->db, Q_REDACTION_GET, 0, &mail, error, INT(original), INT(list)) ? mail : -1;
}

static void *read_word(const struct rows *rows)
{
  return column_text(rows, 0);
}

/* One word, "" where there is no row; NULL on error. */
static char *word_of(struct rows rows, GError **error)
{
  GError *failed = NULL;
  char *word = rows_first(rows, read_word, &failed);
  if (word) return word;
  if (!failed) return g_strdup("");
  g_propagate_error(error, failed);
  return NULL;
}

char *list_rule_get(struct store *store, int64_t list, const char *rule, GError **error)
{
  return word_of(db_query(store->db, Q_LIST_RULE_GET, INT(list), TEXT(rule)), error);
}

GHashTable *list_rules(struct store *store, int64_t list, GError **error)
{
  g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  struct rows rows = db_query(store->db, Q_LIST_RULES, INT(list));
  while (rows_next(&rows, error)) g_hash_table_insert(found, column_text(&rows, 0), column_text(&rows, 1));
  return rows_end(&rows) ? g_steal_pointer(&found) : NULL;
}

bool list_rule_put(struct store *store, int64_t list, const char *rule, const char *action, GError **error)
{
  return action ? db_run(store->db, Q_LIST_RULE_PUT, error, INT(list), TEXT(rule), TEXT(action))
                : db_run(store->db, Q_LIST_RULE_REMOVE, error, INT(list), TEXT(rule));
}

char *watched_get(struct store *store, int64_t list, const char *address, GError **error)
{
  return word_of(db_query(store->db, Q_WATCHED_GET, INT(list), TEXT(address)), error);
}

bool watched_put(struct store *store, int64_t list, const char *address, const char *rule, int64_t now,
                 GError **error)
{
  return rule ? db_run(store->db, Q_WATCHED_PUT, error, INT(list), TEXT(address), TEXT(rule), INT(now))
              : db_run(store->db, Q_WATCHED_REMOVE, error, INT(list), TEXT(address));
}

bool thread_close(struct store *store, int64_t thread, int64_t now, GError **error)
{
  return db_run(store->db, Q_CLOSED_THREAD_PUT, error, INT(thread), INT(now));
}

bool thread_open(struct store *store, int64_t thread, GError **error)
{
  return db_run(store->db, Q_CLOSED_THREAD_REMOVE, error, INT(thread));
}

bool thread_is_closed(struct store *store, int64_t thread, bool *is_closed, GError **error)
{
  int64_t found = 0;
  if (!db_number(store->db, Q_CLOSED_THREAD_IS, 0, &found, error, INT(thread))) return false;
  *is_closed = found != 0;
  return true;
}

bool message_withdraw(struct store *store, int64_t message, const char *text, int64_t now, GError **error)
{
  return db_run(store->db, Q_WITHDRAWN_PUT, error, INT(message), INT(now)) &&
         db_run(store->db, Q_MESSAGE_EMPTY, error, INT(message), TEXT(text)) &&
         public_files_withdraw(store, message, now, error) &&
         db_run(store->db, Q_ATTACHMENTS_REMOVE, error, INT(message));
}

bool message_is_withdrawn(struct store *store, int64_t message, bool *is_withdrawn, GError **error)
{
  int64_t found = 0;
  if (!db_number(store->db, Q_WITHDRAWN_IS, 0, &found, error, INT(message))) return false;
  *is_withdrawn = found != 0;
  return true;
}
