/* Waking one another: a process that has put down work for another one nudges it by an empty datagram on a
 * UNIX socket in the run directory ("work.wake", "send.wake", "publish.wake"), so that nobody polls and a
 * page is there a moment later. A lost nudge costs at most the waiter's timeout; nothing depends on it. */
#ifndef BASE_WAKE_H
#define BASE_WAKE_H

#include <glib.h>
#include <stdbool.h>

/* Binds <directory>/<name>.wake (replacing a stale one), non-blocking. Returns the descriptor, -1 on error:
 * FAULT_TEMPORARY where another process listens there. */
int wake_listen(const char *directory, const char *name, GError **error);

/* Waits for a nudge, a signal or the timeout, and drains what came. Returns true for a nudge. */
bool wake_wait(int fd, int timeout_ms);

/* Nudges; a missing or full socket is no error. */
void wake_send(const char *directory, const char *name);

#endif
