/* The lock that writers take before BEGIN IMMEDIATE. SQLite's own waiting is unfair: who asks again at once
 * gets it again. Known to lib/store only. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include <glib.h>
#include <stdbool.h>

/* Opens (or makes) the lock file; -1 on error. */
int lock_open(const char *path, GError **error);
/* Waits for the lock, at most `patience_ms`; false without error: it was not to be had. */
bool lock_take(int fd, int patience_ms);
void lock_release(int fd);

#endif
