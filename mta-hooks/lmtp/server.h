/* The receiver's loop: LMTP and socketmap in one process, one thread for all connections. */
#ifndef MTA_HOOKS_LMTP_SERVER_H
#define MTA_HOOKS_LMTP_SERVER_H

#include "mta-hooks/lmtp/connection.h"
#include "mta-hooks/lmtp/sockets.h"

/* Serves the doors until `should_stop` says so, then lets mails that wait for a commit be answered. Fails
 * only when it cannot go on and a new start would help. The doors are closed on return. */
bool server_run(struct receiver *receiver, struct door doors[SERVICE_COUNT], bool (*should_stop)(void),
                GError **error);

#endif
