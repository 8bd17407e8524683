/* Whom `deliver` talks LMTP with: the receiver's socket, or the receiving core in this very process, which
 * writes the inbox itself. */
#ifndef MTA_HOOKS_LMTP_PEER_H
#define MTA_HOOKS_LMTP_PEER_H

#include "lib/base/config.h"

struct peer;

/* FAULT_TEMPORARY when nobody answers. */
struct peer *peer_connect(const struct config *config, GError **error);
/* Opens the inbox; only its owner may. */
struct peer *peer_local(const struct config *config, GError **error);
void peer_free(struct peer *peer);
typedef struct peer peer_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(peer_t, peer_free)

/* Says all these bytes. */
bool peer_say(struct peer *peer, const char *bytes, gsize size, GError **error);
/* The last line of the next reply ("250 2.1.0 Ok"), without its end. NULL with FAULT_TEMPORARY when the peer
 * is gone. Caller frees. */
char *peer_hear(struct peer *peer, GError **error);

#endif
