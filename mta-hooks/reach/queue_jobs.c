/* Jobs for the outside in `kiezpost queue`: j7 waits for its next try, or was given up with the server's last
 * word. `release` has it done once more at once, `drop` does without. */
#include "mta-hooks/verbs/queue.h"

#include "lib/base/clock.h"
#include "lib/base/wake.h"
#include "lib/store/jobs/jobs.h"

#include <string.h>

enum { PAGE = 100, RELEASED_SECONDS = 3600 };

static void put_job(struct queue *queue, const struct job *job)
{
  bool is_given_up = strcmp(job->state, "failed") == 0 || strcmp(job->state, "told") == 0;
  g_autofree char *subject = g_strdup_printf("video room of %s", job->about);
  g_autofree char *next = clock_format_in(job->next_try, queue->command->config->zone);
  g_autofree char *reason =
      is_given_up                           ? g_strdup_printf("It was given up. %s", job->reply)
      : strcmp(job->state, "answered") == 0 ? g_strdup("It was answered; the worker looks at it next.")
      : job->attempts > 0 ? g_strdup_printf("It is tried again at %.16s. %s", next, job->reply)
                          : g_strdup("It waits for `kiezpost reach`.");
  queue_put(queue, &(struct waiting){ .letter = 'j',
                                      .id = job->id,
                                      .state = is_given_up ? "aside" : "waiting",
                                      .list = "",
                                      .reason = reason,
                                      .subject = subject,
                                      .since = job->since,
                                      .attempts = job->attempts });
}

bool queue_list_jobs(struct queue *queue, GError **error)
{
  for (int64_t after = 0;;) {
    g_autoptr(GPtrArray) page = jobs_page(queue->store, after, PAGE, error);
    if (!page) return false;
    for (guint i = 0; i < page->len; i++) {
      const struct job *job = page->pdata[i];
      put_job(queue, job);
      after = job->id;
    }
    if (page->len < PAGE) return true;
  }
}

bool queue_show_job(struct queue *queue, int64_t id, GError **error)
{
  GError *failed = NULL;
  g_autoptr(job_t) job = job_get(queue->store, id, &failed);
  if (!job) return queue_not_there('j', id, failed, error);
  put_job(queue, job);
  return true;
}

static bool again(struct store *store, int64_t id, GError **error)
{
  return job_again(store, id, clock_now(), clock_now() + RELEASED_SECONDS, error);
}

bool queue_release_job(struct queue *queue, int64_t id, GError **error)
{
  GError *failed = NULL;
  g_autoptr(job_t) job = job_get(queue->store, id, &failed);
  if (!job) return queue_not_there('j', id, failed, error);
  if (!queue_change(queue, again, id, error)) return false;
  wake_send(queue->command->config->run, "reach");
  return true;
}

bool queue_drop_job(struct queue *queue, int64_t id, GError **error)
{
  GError *failed = NULL;
  g_autoptr(job_t) job = job_get(queue->store, id, &failed);
  return job ? queue_change(queue, job_remove, id, error) : queue_not_there('j', id, failed, error);
}
