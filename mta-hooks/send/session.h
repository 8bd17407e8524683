/* A session: a thread that takes envelopes from the desk and brings them to a relay, over a connection of its
 * own. */
#ifndef MTA_HOOKS_SEND_SESSION_H
#define MTA_HOOKS_SEND_SESSION_H

#include "mta-hooks/send/dispatcher.h"
#include "mta-hooks/send/relay.h"

/* What all sessions share; must outlive them. Strings are only read. */
struct session_context {
  struct dispatcher *dispatcher;
  struct relays *relays;
  const char *helo, *starttls, *username, *password;
  int connect_seconds, reply_seconds; /* 0: the usual */
};

/* Starts one; it ends after dispatcher_stop. */
GThread *session_start(const struct session_context *context);

#endif
