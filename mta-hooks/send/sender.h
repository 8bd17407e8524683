/* The sending core: the main thread of `kiezpost send`. Owns the store and hands work to the sessions. */
#ifndef MTA_HOOKS_SEND_SENDER_H
#define MTA_HOOKS_SEND_SENDER_H

#include "lib/base/config.h"
#include "lib/base/keys.h"
#include "lib/store/store.h"
#include "mta-hooks/send/session.h"

struct sender_context {
  const struct config *config;
  const struct keys *keys;
  struct store *store;
  struct relays *relays;
  const char *password; /* SASL; NULL: none */
  int wake_fd;          /* -1: none */
  int reply_seconds;    /* patience with a relay; 0: the usual */
  bool once;            /* until nothing is due; those put off stay */
  bool (*should_stop)(void);
};

/* Sends until told to stop, or once. False with *error: FAULT_UNAVAILABLE where --once found no relay that
 * answers; nothing is lost then. After a stop it waits a few seconds for mails under way; *is_clean false: a
 * session was left behind that still talks to a relay, so what it uses must not be freed. */
bool sender_run(const struct sender_context *context, bool *is_clean, GError **error);

#endif
