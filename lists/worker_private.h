/* The inside of the worker, shared by worker.c (rounds) and worker_duties.c (what is done beside the mails).
 */
#ifndef LISTS_WORKER_PRIVATE_H
#define LISTS_WORKER_PRIVATE_H

#include "lists/worker.h"

#include <sys/stat.h>

struct worker {
  struct work work;
  struct inbox *inbox;
  struct address_book *book;    /* owned; work.book is the same */
  bool is_published;            /* the address file holds this book */
  struct stat address_file;     /* as it was then */
  GArray *done;                 /* int64_t: rows of the inbox that are decided and still there */
  int64_t pruned_ms;            /* when the outbox was last looked through */
  int64_t gazetteer_generation; /* what work.gazetteer was loaded from, and when that was last looked at */
  int64_t looked_ms;
  int64_t ticked_ms;    /* when nothing was due */
  int64_t dated_minute; /* the minute in which the clock's date was last looked at */
};

/* A slice of expansion: up to 250 ms in small commits. Returns the rows written; -1 on error. */
int worker_expand(struct worker *worker, GError **error);
/* Sets a mail aside for the operator and writes the admin a letter. */
bool worker_set_aside(struct worker *worker, int64_t inbox_id, const char *reason, GError **error);
/* Reminds of questions, ends them and pauses, a few at a time. Returns how many; -1 on error. */
int worker_tick(struct worker *worker, GError **error);
/* There may be something to send, to publish, to reach. */
void worker_wake_others(const struct worker *worker);
/* Removes a few letters closed long ago, now and then. */
void worker_prune(struct worker *worker);

#endif
