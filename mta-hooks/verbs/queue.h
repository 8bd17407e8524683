/* What the parts of `kiezpost queue` share. */
#ifndef HOOKS_VERBS_QUEUE_H
#define HOOKS_VERBS_QUEUE_H

#include "mta-hooks/verb.h"

struct json_out;

/* One thing that waits, whatever place it is from. */
struct waiting {
  char letter; /* i, h, l, j */
  int64_t id;
  const char *state; /* "waiting", "aside", "held", "paused" */
  const char *list;  /* "" if none */
  const char *reason;
  const char *from, *subject; /* NULL: not known without reading the mail */
  char **recipients;          /* NULL: one, or none */
  int64_t since, size_bytes;
  int attempts;
};

/* What the verb works on. */
struct queue {
  struct command *command;
  struct store *store;
  struct inbox *inbox;
  struct json_out *json; /* NULL: sentences */
  int count;
};

/* One thing more, as a line or as an object. */
void queue_put(struct queue *queue, const struct waiting *waiting);
/* No such thing: `failed`, or a sentence. Returns false. */
bool queue_not_there(char letter, int64_t id, GError *failed, GError **error);
/* One change of the store in a transaction of its own. */
bool queue_change(struct queue *queue, bool (*act)(struct store *, int64_t, GError **), int64_t id,
                  GError **error);

/* ---- jobs for the outside; mta-hooks/reach/queue_jobs.c ---- */
bool queue_list_jobs(struct queue *queue, GError **error);
bool queue_show_job(struct queue *queue, int64_t id, GError **error);
bool queue_release_job(struct queue *queue, int64_t id, GError **error);
bool queue_drop_job(struct queue *queue, int64_t id, GError **error);

#endif
