/* Waiting before the next try.
 *
 * Both kinds of waiting double with every failure and stop growing at a bound. The jitter is a fifth to
 * either side: enough that mails put off in one second by a full relay do not all return in one second, and
 * little enough that a person reading `kiezpost show outbox` finds the times plausible. */
#include "mta-hooks/send/backoff.h"

/* `first` doubled `times` times, at most `longest`; no overflow however often. */
static int64_t doubled(int64_t first, int times, int64_t longest)
{
  int64_t value = first;
  for (int i = 0; i < times && value < longest; i++) value *= 2;
  return value < longest ? value : longest;
}

/* `value` times 0.8 … 1.2 for a chance of 0 … 1; a chance outside counts as its nearer end. */
static int64_t with_jitter(int64_t value, double chance)
{
  if (!(chance > 0)) chance = 0;
  if (chance > 1) chance = 1;
  return (int64_t)((double)value * (0.8 + 0.4 * chance));
}

int64_t backoff_recipient_seconds(int attempts, double chance)
{
  return with_jitter(doubled(BACKOFF_FIRST_SECONDS, attempts - 1, BACKOFF_LONGEST_SECONDS), chance);
}

bool backoff_is_over(int64_t first_try, int64_t now, int retry_days)
{
  return first_try > 0 && now - first_try >= (int64_t)retry_days * 24 * 60 * 60;
}

int64_t backoff_job_seconds(int attempts, double chance)
{
  return with_jitter(doubled(BACKOFF_JOB_FIRST_SECONDS, attempts - 1, BACKOFF_JOB_LONGEST_SECONDS), chance);
}

int64_t backoff_relay_ms(int failures, double chance)
{
  return with_jitter(doubled(BACKOFF_RELAY_FIRST_MS, failures - 1, BACKOFF_RELAY_LONGEST_MS), chance);
}
