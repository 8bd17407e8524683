/* Doing jobs: what `kiezpost reach` does round by round, apart from process and sandbox. */
#ifndef HOOKS_REACH_REACHER_H
#define HOOKS_REACH_REACHER_H

#include "lib/store/store.h"

struct bbb;
struct http_client;
struct http_reply;

struct reacher {
  struct store *store;
  const struct bbb *bbb;
  struct http_client *client;
  /* How an address is called; http_client_get but in tests. */
  bool (*get)(struct http_client *client, const char *url, const char *host, struct http_reply *reply,
              char **why);
};

enum { REACH_ATTEMPTS_MAX = 20 };

/* Does the next job that is due. Returns 1 when it did one, 0 when none is due, -1 on a fault of ours. */
int reacher_step(struct reacher *reacher, GError **error);

#endif
