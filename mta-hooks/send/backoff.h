/* How long to wait before trying again: a recipient that was put off, and a relay that does not answer. Pure
 * functions; chance comes in as a number, so that tests can choose it. */
#ifndef MTA_HOOKS_SEND_BACKOFF_H
#define MTA_HOOKS_SEND_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

enum {
  BACKOFF_FIRST_SECONDS = 5 * 60,
  BACKOFF_LONGEST_SECONDS = 4 * 60 * 60,
  BACKOFF_JOB_FIRST_SECONDS = 30,
  BACKOFF_JOB_LONGEST_SECONDS = 30 * 60,
  BACKOFF_RELAY_FIRST_MS = 1000,
  BACKOFF_RELAY_LONGEST_MS = 5 * 60 * 1000,
};

/* Seconds until a recipient is tried again after `attempts` answers of "not now" (1, 2, …): 5 minutes,
 * doubling to 4 hours (RFC 5321, 4.5.4.1), a fifth more or less by `chance` (0 … 1), so that a day's deferred
 * mails do not come back in one heap. */
int64_t backoff_recipient_seconds(int attempts, double chance);

/* Has a recipient that was first tried at `first_try` been tried for long enough? */
bool backoff_is_over(int64_t first_try, int64_t now, int retry_days);

/* Seconds until a job for the outside is tried again after `attempts`: half a minute, doubling to half an
 * hour, a fifth more or less. */
int64_t backoff_job_seconds(int attempts, double chance);

/* Milliseconds that a relay rests after `failures` in a row (1, 2, …): 1 s, doubling to 5 minutes, a fifth
 * more or less. */
int64_t backoff_relay_ms(int failures, double chance);

#endif
