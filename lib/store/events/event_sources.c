/* Invitations of foreign calendars as rows; see event_sources.h. */
#include "lib/store/events/event_sources.h"

#include "lib/store/internal.h"

bool event_source_put(struct store *store, const char *uid, int64_t event, const char *original,
                      const struct event_version *version, GError **error)
{
  return db_run(store->db, Q_EVENT_SOURCE_PUT, error, TEXT(uid), INT(event), TEXT(original),
                INT(version->sequence), INT(version->stamp));
}

static void *read_version(const struct rows *rows)
{
  struct event_version *version = g_new0(struct event_version, 1);
  version->sequence = column_int(rows, 0);
  version->stamp = column_int(rows, 1);
  return version;
}

bool event_source_get(struct store *store, const char *uid, int64_t event, const char *original,
                      struct event_version *version, bool *is_there, GError **error)
{
  GError *failed = NULL;
  g_autofree struct event_version *row = rows_first(
      db_query(store->db, Q_EVENT_SOURCE_GET, TEXT(uid), INT(event), TEXT(original)), read_version, &failed);
  *is_there = row != NULL;
  *version = row ? *row : (struct event_version){ 0 };
  if (failed) g_propagate_error(error, failed);
  return failed == NULL;
}

struct event *event_of_source(struct store *store, const char *uid, int64_t list, const char *address,
                              GError **error)
{
  int64_t id = 0;
  if (!db_number(store->db, Q_EVENT_OF_SOURCE, 0, &id, error, TEXT(uid), INT(list), TEXT(address)) || !id)
    return NULL;
  return event_get(store, id, error);
}
