/* Processor time, for tests that say how long something may take: a busy machine makes wall time longer, and
 * a test that fails because somebody else was at work says nothing. */
#ifndef SUPPORT_CPU_H
#define SUPPORT_CPU_H

#include <stdint.h>
#include <time.h>

/* Milliseconds of processor time that this process has used. */
static inline int64_t cpu_ms(void)
{
  struct timespec used;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

#endif
