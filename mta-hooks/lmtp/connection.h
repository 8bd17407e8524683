/* One connection of the receiver, LMTP or socketmap: bytes in, through its state machine, answers out. For
 * the server's loop, which waits, accepts, and frees what is finished. */
#ifndef MTA_HOOKS_LMTP_CONNECTION_H
#define MTA_HOOKS_LMTP_CONNECTION_H

#include "mta-hooks/lmtp/core.h"
#include "mta-hooks/lmtp/inbox_writer.h"
#include "mta-hooks/lmtp/recipients.h"

enum service { SERVICE_LMTP, SERVICE_SOCKETMAP, SERVICE_COUNT };

/* What all connections share. */
struct receiver {
  const struct config *config;
  struct lmtp_limits limits;
  struct recipients *recipients;
  struct inbox_writer *writer;
  struct parcel_budget budget;
  int epoll_fd;
  int64_t now_ms; /* of this turn of the loop */
  int paused;     /* connections that wait for the disk to catch up */
};

struct connection;

/* Takes over `fd` (non-blocking), greets, and waits for input. It is the pointer that epoll hands back. */
struct connection *connection_new(struct receiver *receiver, int fd, enum service service);
void connection_free(struct connection *connection);

/* epoll's events of this connection. */
void connection_event(struct connection *connection, uint32_t events);
/* Its mail is decided: the reply for all recipients, NULL for "250". */
void connection_finish(struct connection *connection, const char *reply_or_null);
/* The disk went on: reads again where it had stopped for that. */
void connection_resume(struct connection *connection);
/* Ends it when it idles or takes too long. */
void connection_check_time(struct connection *connection);
/* Says goodbye (421) and ends it, now or when its mail is decided. */
void connection_stop(struct connection *connection);

bool connection_is_finished(const struct connection *connection); /* to be freed */
enum service connection_service(const struct connection *connection);

#endif
