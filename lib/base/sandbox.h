/* The sandbox: after start-up each process gives up what it does not need. Landlock for the file system,
 * seccomp for calls; what is refused answers EPERM or EACCES, it does not kill. One call a process, a
 * checklist one can read. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <glib.h>
#include <stdbool.h>

enum sandbox_network {
  SANDBOX_NO_NETWORK, /* UNIX sockets only */
  SANDBOX_CONNECT,    /* may connect by TCP/UDP (the sender), not listen */
  SANDBOX_ACCEPT,     /* may serve sockets it already listens on; no new connections by TCP/UDP */
};

struct sandbox {
  const char *process;         /* for the sentence when it fails */
  const char *const *writable; /* NULL-ended: directories it may read and write below */
  const char *const *readable; /* NULL-ended: files and directories it may read */
  enum sandbox_network network;
  /* exec is never allowed. gconv, zoneinfo, locale, ICU data, resolv.conf & co are always readable. */
};

/* Enters it, for this process and all it becomes. Paths that do not exist are passed over. Fails with
 * FAULT_UNAVAILABLE and a sentence when the kernel refuses: the caller logs that loudly and goes on
 * (KIEZPOST_SANDBOX=require: stops). */
bool sandbox_enter(const struct sandbox *sandbox, GError **error);

/* What every process loop calls: enter, or log loudly. False only where KIEZPOST_SANDBOX=require. */
bool sandbox_enter_or_say(const struct sandbox *sandbox, GError **error);

/* The sandbox knows its directories by what they were when it was entered. Returns the first writable one
 * whose path leads to another directory by now (a copy was put in its place): the process can no longer work
 * there and should end, to be started anew. NULL: all are as they were, or away for the moment. */
const char *sandbox_replaced_directory(void);

/* The same as a fault: false with FAULT_TEMPORARY when a directory was replaced. */
bool sandbox_still_fits(GError **error);

/* If run as root: becomes the owner of `directory` (supplementary groups dropped). Called by root verbs
 * first. */
bool sandbox_become_owner_of(const char *directory, GError **error);

#endif
