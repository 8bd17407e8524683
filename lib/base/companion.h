/* A companion: a process of ours that does one dangerous thing (reads pictures, runs gpg) and holds nothing
 * else. It is started before the sandbox and before any database is opened; bytes go over a socket, each way
 * in time. When it is gone, or does not answer in time, it is given up, and its caller goes on without. */
#ifndef BASE_COMPANION_H
#define BASE_COMPANION_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct companion {
  int fd; /* -1: given up */
  pid_t process;
};

/* What the process does with its end of the socket; it ends when that returns. */
typedef void companion_serve(int fd, const void *data);

/* `what` names it in faults: "that reads pictures". FAULT_TEMPORARY. */
bool companion_start(struct companion *companion, companion_serve *serve, const void *data, const char *what,
                     GError **error);
/* Ends the process and waits for it. */
void companion_stop(struct companion *companion);
/* Nothing more is asked of it. */
void companion_give_up(struct companion *companion);

/* All of it, within `ms` a step; false: not. */
bool companion_send(struct companion *companion, const void *bytes, gsize size, int ms);
bool companion_receive(struct companion *companion, void *bytes, gsize size, int ms);

/* For the process's side: all of it, however long it takes; false at the end of the socket. */
bool companion_read(int fd, void *bytes, gsize size);
bool companion_write(int fd, const void *bytes, gsize size);

#endif
