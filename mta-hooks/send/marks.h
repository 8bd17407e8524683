/* From answers to marks: what the sender learnt is written back to the store in small commits, never
 * forgotten. Main thread only. */
#ifndef MTA_HOOKS_SEND_MARKS_H
#define MTA_HOOKS_SEND_MARKS_H

#include "lib/base/config.h"
#include "lib/base/keys.h"
#include "mta-hooks/send/dispatcher.h"
#include "mta-hooks/send/stock.h"

struct marks_context {
  const struct config *config;
  const struct keys *keys; /* for the log's names of people */
  struct store *store;
  struct dispatcher *dispatcher;
  struct lots *lots;
  struct stock *stock;
  int64_t sent, failed, deferred; /* counted since the start */
};

/* Decides what each answer means for its delivery at `now`, marks them in the store, logs failures and
 * finished letters, hands those to be tried again at once back to the desk, and frees the envelopes. Taken
 * over: the envelopes, which leave `answered` as they are done. False: the store could not be written; what
 * is still in `answered` is to be given again. */
bool marks_settle(struct marks_context *context, GPtrArray *answered, int64_t now, GError **error);

/* What one answer does to a delivery: state, attempts, times and reply. chance (0 … 1) spreads the retries.
 */
void marks_apply(struct delivery *delivery, enum answer answer, const char *reply, int64_t now,
                 int retry_days, double chance);

#endif
