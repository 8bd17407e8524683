/* Between the main thread, which owns the store, and the sessions, which talk to relays: envelopes out,
 * answers back, and the bound on how many answers may be unknown to the store at any moment. */
#ifndef MTA_HOOKS_SEND_DISPATCHER_H
#define MTA_HOOKS_SEND_DISPATCHER_H

#include "mta-hooks/send/envelope.h"
#include <stdint.h>

enum {
  DISPATCHER_WINDOW = 100,      /* mails under way or answered and not yet marked: what a crash may repeat */
  DISPATCHER_BATCH_WEIGHT = 25, /* an envelope of many counts as so many in it */
  DISPATCHER_COMMIT_MS = 50,    /* the longest an answer waits for its mark */
};

struct dispatcher;
struct dispatcher *dispatcher_new(void);
void dispatcher_free(
    struct dispatcher *dispatcher); /* with the envelopes still in it; no session may be left */

/* How much of the window an envelope takes. */
guint dispatcher_weight(const struct envelope *envelope);

/* ---- the main thread ---- */
/* Puts envelopes out to be taken, behind those of their priority or before them. Takes them over. */
void dispatcher_put(struct dispatcher *dispatcher, struct envelope *envelope, bool is_first);
/* How much waits to be taken of a priority, as weight. */
guint dispatcher_waiting(struct dispatcher *dispatcher, int priority);
/* Waits until answers are worth a commit (half the window, or the first is DISPATCHER_COMMIT_MS old), at most
 * `most_ms`; returns what is there, perhaps nothing: struct envelope*, the caller's. */
GPtrArray *dispatcher_collect(struct dispatcher *dispatcher, int64_t most_ms);
/* The marks of envelopes of this weight are in the store. */
void dispatcher_committed(struct dispatcher *dispatcher, guint weight);
/* From now on nobody takes anything; sessions end after the mail in hand. */
void dispatcher_stop(struct dispatcher *dispatcher);
/* Waits until all sessions have left or the time is over; true: all have. Answers still come in meanwhile. */
bool dispatcher_is_deserted(struct dispatcher *dispatcher);

/* ---- sessions ---- */
void dispatcher_enter(struct dispatcher *dispatcher);
void dispatcher_leave(struct dispatcher *dispatcher);
/* The next envelope, ordinary before bulk; waits at most `most_ms`. NULL: none came, or stop. */
struct envelope *dispatcher_take(struct dispatcher *dispatcher, int64_t most_ms);
/* Waits until the window has room for the envelope, and takes it. Before its content is sent. False: stop. */
bool dispatcher_reserve(struct dispatcher *dispatcher, const struct envelope *envelope);
/* It has its answers. */
void dispatcher_report(struct dispatcher *dispatcher, struct envelope *envelope);
/* It has none and comes first in its queue again; is_reserved: its room in the window is free again. */
void dispatcher_put_back(struct dispatcher *dispatcher, struct envelope *envelope, bool is_reserved);
/* Rests; ends early when there is reason to stop. */
void dispatcher_rest(struct dispatcher *dispatcher, int64_t ms);
bool dispatcher_is_stopping(struct dispatcher *dispatcher);

#endif
