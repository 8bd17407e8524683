/* Whom `deliver` talks LMTP with.
 *
 * Both speak through the same few functions. What is said to a local peer runs through the core at once, and
 * its answers wait to be heard; the mail is stored, alone in its group, at the dot. */
#include "mta-hooks/lmtp/peer.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/wake.h"
#include "mta-hooks/lmtp/core.h"
#include "mta-hooks/lmtp/parcel.h"
#include "mta-hooks/lmtp/recipients.h"
#include "mta-hooks/lmtp/sockets.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WAIT_SECONDS = 300, REPLY_MAX = 64 * 1024 };

struct peer {
  const struct config *config;
  int fd;        /* -1: local */
  GString *said; /* heard from the peer and not yet handed out */

  /* local */
  struct lmtp_core *core;
  struct recipients *recipients;
  inbox_t *inbox;
  struct parcel_budget budget;
  parcel_t *parcel;
  GError *fault; /* why the mail could not be stored */
};

/* ---- the core's owner, in this process
 * ----------------------------------------------------------------------------- */

static const char *on_recipient(const char *address, void *data)
{
  struct peer *peer = data;
  return recipients_reply(recipients_look_up(peer->recipients, address));
}

static bool on_begin(int64_t size_hint, void *data)
{
  struct peer *peer = data;
  peer->parcel = parcel_new(peer->inbox, &peer->budget, size_hint);
  return true;
}

static bool on_piece(const void *bytes, gsize size, void *data)
{
  struct peer *peer = data;
  return parcel_add(peer->parcel, bytes, size, &peer->fault);
}

static void on_abort(void *data)
{
  g_clear_pointer(&((struct peer *)data)->parcel, parcel_unref);
}

/* Makes the parcel durable. */
static bool store(struct peer *peer, GError **error)
{
  struct parcel *parcel = peer->parcel;
  if (!parcel_end(parcel, error)) return false;
  if (parcel->spool_fd >= 0 && fsync(parcel->spool_fd) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "The spool file of the mail cannot be synced");
  gsize culprit;
  return parcels_store(peer->inbox, &parcel, 1, &culprit, error);
}

static void on_end(const char *sender, const char *const *recipients, bool smtputf8, void *data)
{
  (void)smtputf8;
  struct peer *peer = data;
  parcel_address(peer->parcel, sender, recipients_stored(peer->recipients, recipients), clock_now());
  g_clear_error(&peer->fault);
  bool is_stored = store(peer, &peer->fault);
  if (is_stored) wake_send(peer->config->run, "work");
  on_abort(peer);
  lmtp_finish(peer->core, is_stored ? NULL : "451 4.3.0 The mail cannot be stored at the moment.",
              peer->said);
}

static const struct lmtp_owner owner = { on_recipient, on_begin, on_piece, on_end, on_abort };

/* ---- the interface
 * --------------------------------------------------------------------------------------------------- */

static struct peer *peer_new(const struct config *config)
{
  struct peer *peer = g_new0(struct peer, 1);
  peer->config = config;
  peer->fd = -1;
  peer->said = g_string_new(NULL);
  return peer;
}

struct peer *peer_connect(const struct config *config, GError **error)
{
  g_autoptr(peer_t) peer = peer_new(config);
  peer->fd = door_connect(config->listen, config->directory, WAIT_SECONDS, error);
  return peer->fd < 0 ? NULL : g_steal_pointer(&peer);
}

struct peer *peer_local(const struct config *config, GError **error)
{
  const struct lmtp_limits limits = { config->size_limit_bytes, config->recipients_max, config->domain };
  g_autoptr(peer_t) peer = peer_new(config);
  peer->inbox = inbox_open(config->inbox, false, error);
  if (!peer->inbox) return NULL;
  peer->recipients = recipients_new(config);
  peer->budget.limit_bytes = G_MAXINT64;
  peer->core = lmtp_core_new(&limits, &owner, peer);
  lmtp_greet(peer->core, peer->said);
  return g_steal_pointer(&peer);
}

void peer_free(struct peer *peer)
{
  if (!peer) return;
  if (peer->fd >= 0) close(peer->fd);
  lmtp_core_free(peer->core);
  recipients_free(peer->recipients);
  inbox_close(peer->inbox);
  g_clear_error(&peer->fault);
  g_string_free(peer->said, TRUE);
  g_free(peer);
}

bool peer_say(struct peer *peer, const char *bytes, gsize size, GError **error)
{
  if (peer->fd < 0) {
    while (size && !lmtp_has_quit(peer->core)) {
      gsize used = lmtp_feed(peer->core, bytes, size, peer->said);
      bytes += used, size -= used;
    }
    return true;
  }
  while (size) {
    ssize_t sent = send(peer->fd, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return fault_set_errno(error, FAULT_TEMPORARY, errno, "The receiver went away");
    bytes += sent, size -= (gsize)sent;
  }
  return true;
}

/* Waits for more of what the peer says. */
static bool hear_more(struct peer *peer, GError **error)
{
  char bytes[4096];
  if (peer->fd < 0) return fault_set(error, FAULT_BUG, "The receiving core did not answer.");
  if (peer->said->len > REPLY_MAX)
    return fault_set(error, FAULT_TEMPORARY, "The receiver does not speak LMTP.");
  ssize_t size = recv(peer->fd, bytes, sizeof bytes, 0);
  if (size < 0 && errno == EINTR) return true;
  if (size < 0) return fault_set_errno(error, FAULT_TEMPORARY, errno, "The receiver does not answer");
  if (size == 0) return fault_set(error, FAULT_TEMPORARY, "The receiver closed the connection.");
  g_string_append_len(peer->said, bytes, size);
  return true;
}

/* The next line, without its end. */
static char *hear_line(struct peer *peer, GError **error)
{
  char *lf;
  while (!(lf = memchr(peer->said->str, '\n', peer->said->len)))
    if (!hear_more(peer, error)) return NULL;
  gsize length = (gsize)(lf - peer->said->str);
  char *line = g_strndup(peer->said->str, length);
  g_strchomp(line);
  g_string_erase(peer->said, 0, (gssize)length + 1);
  return line;
}

char *peer_hear(struct peer *peer, GError **error)
{
  for (;;) {
    g_autofree char *line = hear_line(peer, error);
    if (!line) return NULL;
    if (strlen(line) > 3 && line[3] == '-') continue;
    if (peer->fault && line[0] == '4') { /* a local fault: say which */
      g_propagate_error(error, g_steal_pointer(&peer->fault));
      return NULL;
    }
    return g_steal_pointer(&line);
  }
}
