/* Sockets by the words of kiezpost.conf: "unix:/path" (relative paths count from the configuration's
 * directory) and "tcp:host:port" with a numeric host, "[::1]" for IPv6. */
#ifndef MTA_HOOKS_LMTP_SOCKETS_H
#define MTA_HOOKS_LMTP_SOCKETS_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct door {
  int fd;
  char *path; /* of a UNIX socket, else NULL */
  dev_t device;
  ino_t inode; /* of its file */
};

/* Listens, non-blocking. A UNIX socket may be used by everybody who reaches its directory (mode 0666: the MTA
 * runs as another user); a file left by a server that died is replaced, one where somebody answers is
 * FAULT_UNAVAILABLE. */
bool door_open(struct door *door, const char *where, const char *directory, GError **error);
/* Is its file still there, so that it can be reached? */
bool door_is_in_place(const struct door *door);
/* Closes it and removes the file, if it is still ours. */
void door_close(struct door *door);

/* Connects, blocking, with a limit for each wait. Returns the descriptor, -1 with FAULT_TEMPORARY when nobody
 * answers. */
int door_connect(const char *where, const char *directory, int timeout_seconds, GError **error);

#endif
