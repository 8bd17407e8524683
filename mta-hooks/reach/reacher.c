/* Doing jobs. Each is taken in a commit of its own, which counts the attempt; then the server is called,
 * outside of any transaction; then what came of it is written. A crash in between leaves a job that is taken,
 * which the next process does again: so every job says what may be said twice. What a server does not do now
 * is tried again after a pause that doubles, until the job's time is over; then it is given up with the last
 * reason. */
#include "mta-hooks/reach/reacher.h"

#include "lists/video/bbb.h"
#include "lists/video/rooms.h"
#include "mta-hooks/reach/http_client.h"
#include "mta-hooks/send/backoff.h"

#include "lib/base/clock.h"
#include "lib/base/crash.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "lib/store/jobs/jobs.h"

#include <string.h>

/* What came of a call. */
struct result {
  enum room_outcome outcome;
  char *reply; /* lines, or a sentence */
  long status; /* of HTTP; 0: none */
};

static const char *const outcome_words[] = {
  [ROOM_ANSWERED] = "answered", [ROOM_AGAIN] = "later", [ROOM_FAILED] = "failed"
};

/* A job, and the address to call; *url NULL: it was wanted no more, and is gone. *job NULL: none is due. */
static bool take(struct reacher *reacher, struct job **job, char **url, GError **error)
{
  GError *failed = NULL;
  *url = NULL;
  if (!store_begin(reacher->store, error)) return false;
  *job = job_take(reacher->store, clock_now(), &failed);
  if (*job && !failed) *url = room_job_url(reacher->store, reacher->bbb, *job, &failed);
  if (*job && !*url && !failed) job_remove(reacher->store, (*job)->id, &failed);
  if (!failed && store_commit(reacher->store, error)) return true;
  store_rollback(reacher->store);
  fault_hand_on(failed, error);
  return false;
}

/* Calls, and reads what is answered. 5xx is the server's own trouble, other statuses the address's; both may
 * pass. */
static struct result call(const struct reacher *reacher, const char *url)
{
  struct result result = { .outcome = ROOM_AGAIN };
  const char *host = bbb_host(reacher->bbb);
  struct http_reply reply = { .body = g_string_new(NULL) };
  bool is_answered = reacher->get(reacher->client, url, host, &reply, &result.reply);
  result.status = reply.status;
  if (is_answered && reply.status == 200)
    result.outcome = room_job_read(reacher->bbb, reply.body->str, reply.body->len, &result.reply);
  else if (is_answered)
    result.reply = g_strdup_printf("%s answers with HTTP status %ld.%s", host, reply.status,
                                   reply.status < 500 ? " Is bbb_url right?" : "");
  g_string_free(reply.body, TRUE);
  return result;
}

/* Is there no use in trying again? */
static bool is_over(const struct job *job, int64_t next_try)
{
  return next_try >= job->until || job->attempts >= REACH_ATTEMPTS_MAX;
}

/* Writes what came of it; one line for the log. */
static bool settle(struct reacher *reacher, const struct job *job, struct result *result, GError **error)
{
  bool counts = false;
  int64_t next_try = clock_now() + backoff_job_seconds(job->attempts, g_random_double());
  if (result->outcome == ROOM_AGAIN && is_over(job, next_try)) result->outcome = ROOM_FAILED;
  static const char *const states[] = {
    [ROOM_ANSWERED] = "answered", [ROOM_AGAIN] = "due", [ROOM_FAILED] = "failed"
  };
  if (!store_begin(reacher->store, error)) return false;
  if (!job_settle(reacher->store, job, states[result->outcome], next_try, result->reply, &counts, error) ||
      !store_commit(reacher->store, error)) {
    store_rollback(reacher->store);
    return false;
  }
  const char *outcome = counts ? outcome_words[result->outcome] : "superseded";
  bool is_sentence = result->outcome != ROOM_ANSWERED;
  log_line("job=j%" G_GINT64_FORMAT " what=%s attempt=%d status=%ld outcome=%s%s%s%s", job->id, job->what,
           job->attempts, result->status, outcome, is_sentence ? " reason=\"" : "",
           is_sentence ? result->reply : "", is_sentence ? "\"" : "");
  return true;
}

int reacher_step(struct reacher *reacher, GError **error)
{
  struct job *taken = NULL;
  g_autofree char *url = NULL;
  bool is_well = take(reacher, &taken, &url, error);
  g_autoptr(job_t) job = taken;
  if (!is_well || !job) return is_well ? 0 : -1;
  if (!url) {
    log_line("job=j%" G_GINT64_FORMAT " what=%s outcome=unwanted", job->id, job->what);
    return 1;
  }
  crash_point("reach.taken");
  struct result result = { .outcome = ROOM_AGAIN };
  if (job->attempts > REACH_ATTEMPTS_MAX)
    result.reply = g_strdup("Each attempt ended the process.");
  else
    result = call(reacher, url);
  crash_point("reach.called");
  is_well = settle(reacher, job, &result, error);
  g_free(result.reply);
  crash_point("reach.settled");
  return is_well ? 1 : -1;
}
