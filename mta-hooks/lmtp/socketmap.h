/* socketmap: how Postfix asks at SMTP time whether a recipient exists (socketmap_table(5)). Netstrings "rcpt
 * ADDRESS" in, netstrings "OK ADDRESS", "NOTFOUND ", "TEMP reason", "PERM reason" out. A state machine over
 * bytes, without sockets. */
#ifndef MTA_HOOKS_LMTP_SOCKETMAP_H
#define MTA_HOOKS_LMTP_SOCKETMAP_H

#include "mta-hooks/lmtp/recipients.h"

enum { SOCKETMAP_REQUEST_MAX = 100000 }; /* bytes of one request, as Postfix bounds it */

/* Is this recipient ours? */
typedef enum recipient_verdict socketmap_look_up(const char *address, void *data);

struct socketmap;
struct socketmap *socketmap_new(socketmap_look_up *look_up, void *data);
void socketmap_free(struct socketmap *map);

/* Takes bytes in any pieces and appends the answers to `out`. False: that was no socketmap request; the
 * caller closes the connection. */
bool socketmap_feed(struct socketmap *map, const char *bytes, gsize size, GString *out);

#endif
