/* Questions that wait for an answer by mail; see requests.h. */
#include "lib/store/requests.h"

#include "lib/store/internal.h"

#include <string.h>

void request_free(struct request *request)
{
  if (!request) return;
  char *texts[] = { request->purpose, request->address,   request->details,
                    request->state,   request->answer_id, request->shown };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(request);
}

char *request_detail(const struct request *request, const char *name)
{
  g_auto(GStrv) lines = g_strsplit(request->details ? request->details : "", "\n", -1);
  gsize size = strlen(name);
  for (char **line = lines; *line; line++)
    if (strncmp(*line, name, size) == 0 && (*line)[size] == '=') return g_strdup(*line + size + 1);
  return NULL;
}

int64_t request_number(const struct request *request, const char *name)
{
  g_autofree char *text = request_detail(request, name);
  return text ? g_ascii_strtoll(text, NULL, 10) : 0;
}

bool request_put(struct store *store, struct request *request, const char *rate_key, GError **error)
{
  return db_insert(store->db, Q_REQUEST_INSERT, &request->id, error, TEXT(request->purpose),
                   ID(request->list), INT(request->person), TEXT(request->address), TEXT(rate_key),
                   INT(request->object), TEXT(request->details), INT(request->asked), INT(request->due));
}

bool request_set_shown(struct store *store, int64_t id, const unsigned char sha256[32], GError **error)
{
  return db_run(store->db, Q_REQUEST_SET_SHOWN, error, INT(id), BLOB(sha256, 32));
}

static void *read_request(const struct rows *rows)
{
  struct request *request = g_new0(struct request, 1);
  request->id = column_int(rows, 0);
  request->purpose = column_text(rows, 1);
  request->list = column_int(rows, 2);
  request->person = column_int(rows, 3);
  request->address = column_text(rows, 4);
  request->object = column_int(rows, 5);
  request->details = column_text(rows, 6);
  request->state = column_text(rows, 7);
  request->asked = column_int(rows, 8);
  request->reminders = (int)column_int(rows, 9);
  request->due = column_int(rows, 10);
  request->answered = column_int(rows, 11);
  request->answer_id = column_text(rows, 12);
  request->shown = column_text(rows, 13);
  return request;
}

bool request_set_details(struct store *store, int64_t id, const char *details, GError **error)
{
  return db_run(store->db, Q_REQUEST_SET_DETAILS, error, INT(id), TEXT(details));
}

struct request *request_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_REQUEST_GET, INT(id)), read_request, error);
}

struct request *request_find_open(struct store *store, const char *purpose, const char *address, int64_t list,
                                  int64_t object, GError **error)
{
  return rows_first(db_query(store->db, Q_REQUEST_OPEN, TEXT(purpose), TEXT(address), ID(list), INT(object)),
                    read_request, error);
}

static GPtrArray *collect(struct rows rows, GError **error)
{
  return rows_collect(rows, read_request, (GDestroyNotify)request_free, error);
}

GPtrArray *requests_about(struct store *store, const char *purpose, int64_t object, GError **error)
{
  return collect(db_query(store->db, Q_REQUESTS_ABOUT, TEXT(purpose), INT(object)), error);
}

GPtrArray *requests_due(struct store *store, int64_t now, int limit, GError **error)
{
  return collect(db_query(store->db, Q_REQUESTS_DUE, INT(now), INT(limit)), error);
}

GPtrArray *requests_page(struct store *store, int64_t after, int limit, bool open_only, GError **error)
{
  return collect(db_query(store->db, Q_REQUESTS_PAGE, INT(after), INT(limit), INT(open_only)), error);
}

int64_t requests_count(struct store *store, const char *purpose, const char *rate_key, int64_t since,
                       GError **error)
{
  int64_t count;
  return db_number(store->db, Q_REQUEST_COUNT_SINCE, 0, &count, error, TEXT(rate_key), INT(since),
                   TEXT(purpose))
             ? count
             : -1;
}

bool request_end(struct store *store, int64_t id, const char *state, int64_t now, const char *answer_id,
                 bool *is_first, GError **error)
{
  if (!db_run(store->db, Q_REQUEST_END, error, INT(id), TEXT(state), INT(now), TEXT(answer_id))) return false;
  *is_first = db_changes(store->db) == 1;
  return true;
}

bool request_put_off(struct store *store, int64_t id, int64_t due, GError **error)
{
  return db_run(store->db, Q_REQUEST_PUT_OFF, error, INT(id), INT(due));
}

bool request_again(struct store *store, int64_t id, int64_t due, GError **error)
{
  return db_run(store->db, Q_REQUEST_AGAIN, error, INT(id), INT(due));
}

int requests_forget(struct store *store, const char *state, int64_t before, int limit, GError **error)
{
  if (!db_run(store->db, Q_REQUESTS_FORGET, error, TEXT(state), INT(before), INT(limit))) return -1;
  return db_changes(store->db);
}
