/* Jobs for the outside: calls to other people's servers, which `kiezpost reach` does. Written in the
 * transaction of the decision that wants them; there is one of a kind for a thing. Whoever takes one counts
 * an attempt first, so that a job that ends the process does not do so for ever. */
#ifndef STORE_JOBS_H
#define STORE_JOBS_H

#include "lib/store/store.h"

struct job {
  int64_t id;
  char *what;     /* "bbb_create" */
  int64_t object; /* what it is for */
  char *about;    /* the same for people: "event 2026/12" */
  char *request;  /* what is asked for; never a secret */
  int turn;       /* how often it was put */
  char *state;    /* due, taken, answered, failed, told */
  int attempts;
  int64_t since, next_try;
  int64_t until; /* given up then */
  char *reply;   /* the answer, as lines; of a failure a sentence */
};
void job_free(struct job *job);
typedef struct job job_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(job_t, job_free)

/* Puts what, object, about, request, since, next_try, until. One that is there already is due anew, and
 * whatever is answered to its earlier turn counts no more. */
bool job_put(struct store *store, const struct job *job, GError **error);

/* The next one that is due, and is taken from here on; NULL without error: none. */
struct job *job_take(struct store *store, int64_t now, GError **error);
/* When the next one is due; 0: none waits. -1 on error. */
int64_t job_next_try(struct store *store, GError **error);

/* What came of a job that was taken: answered, failed, or due again at next_try. *counts false: it was put
 * anew or taken back meanwhile, and nothing was written. */
bool job_settle(struct store *store, const struct job *job, const char *state, int64_t next_try,
                const char *reply, bool *counts, GError **error);
/* Who took them is no more: they are due again. */
bool jobs_untake(struct store *store, GError **error);

/* What the worker has not looked at yet. struct job*. */
GPtrArray *jobs_settled(struct store *store, int limit, GError **error);
/* People know that it failed. */
bool job_told(struct store *store, int64_t id, GError **error);
/* Due once more (queue release). */
bool job_again(struct store *store, int64_t id, int64_t now, int64_t until, GError **error);
bool job_remove(struct store *store, int64_t id, GError **error);

struct job *job_get(struct store *store, int64_t id, GError **error);
/* With ids above `after`. struct job*. */
GPtrArray *jobs_page(struct store *store, int64_t after, int limit, GError **error);

#endif
