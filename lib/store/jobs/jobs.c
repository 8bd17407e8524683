/* Jobs as rows; see jobs.h. */
#include "lib/store/jobs/jobs.h"

#include "lib/store/internal.h"

void job_free(struct job *job)
{
  if (!job) return;
  char *texts[] = { job->what, job->about, job->request, job->state, job->reply };
  for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) g_free(texts[i]);
  g_free(job);
}

static void free_job(void *job)
{
  job_free(job);
}

static void *read_job(const struct rows *rows)
{
  struct job *job = g_new0(struct job, 1);
  job->id = column_int(rows, 0);
  job->what = column_text(rows, 1);
  job->object = column_int(rows, 2);
  job->about = column_text(rows, 3);
  job->request = column_text(rows, 4);
  job->turn = (int)column_int(rows, 5);
  job->state = column_text(rows, 6);
  job->attempts = (int)column_int(rows, 7);
  job->since = column_int(rows, 8);
  job->next_try = column_int(rows, 9);
  job->until = column_int(rows, 10);
  job->reply = column_text(rows, 11);
  return job;
}

bool job_put(struct store *store, const struct job *job, GError **error)
{
  return db_run(store->db, Q_JOB_PUT, error, TEXT(job->what), INT(job->object), TEXT(job->about),
                TEXT(job->request), INT(job->since), INT(job->next_try), INT(job->until));
}

struct job *job_take(struct store *store, int64_t now, GError **error)
{
  g_autoptr(job_t) job = rows_first(db_query(store->db, Q_JOB_NEXT_DUE, INT(now)), read_job, error);
  if (!job || !db_run(store->db, Q_JOB_TAKE, error, INT(job->id))) return NULL;
  job->attempts++;
  return g_steal_pointer(&job);
}

int64_t job_next_try(struct store *store, GError **error)
{
  int64_t next = 0;
  return db_number(store->db, Q_JOB_NEXT_TRY, 0, &next, error) ? next : -1;
}

bool job_settle(struct store *store, const struct job *job, const char *state, int64_t next_try,
                const char *reply, bool *counts, GError **error)
{
  if (!db_run(store->db, Q_JOB_SETTLE, error, INT(job->id), INT(job->turn), TEXT(state), INT(next_try),
              TEXT(reply)))
    return false;
  *counts = db_changes(store->db) > 0;
  return true;
}

bool jobs_untake(struct store *store, GError **error)
{
  return db_run(store->db, Q_JOBS_UNTAKE, error);
}

GPtrArray *jobs_settled(struct store *store, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_JOBS_SETTLED, INT(limit)), read_job, free_job, error);
}

bool job_told(struct store *store, int64_t id, GError **error)
{
  return db_run(store->db, Q_JOB_TOLD, error, INT(id));
}

bool job_again(struct store *store, int64_t id, int64_t now, int64_t until, GError **error)
{
  return db_run(store->db, Q_JOB_AGAIN, error, INT(id), INT(now), INT(until));
}

bool job_remove(struct store *store, int64_t id, GError **error)
{
  return db_run(store->db, Q_JOB_REMOVE, error, INT(id));
}

struct job *job_get(struct store *store, int64_t id, GError **error)
{
  return rows_first(db_query(store->db, Q_JOB_GET, INT(id)), read_job, error);
}

GPtrArray *jobs_page(struct store *store, int64_t after, int limit, GError **error)
{
  return rows_collect(db_query(store->db, Q_JOBS_PAGE, INT(after), INT(limit)), read_job, free_job, error);
}
