/* Crash points: names of the durable steps, for tests. In builds with KIEZPOST_TEST_HOOKS the environment
 * variable KIEZPOST_CRASH_AT="name" or "name:N" kills the process (SIGKILL) when it passes that point the
 * first or Nth time; KIEZPOST_CRASH_LIST=FILE appends each point passed to a file. In a release this is
 * nothing. */
#ifndef BASE_CRASH_H
#define BASE_CRASH_H

#ifdef KIEZPOST_TEST_HOOKS
void crash_point(const char *name);
#else
#define crash_point(name) ((void)0)
#endif

#endif
