/* One connection of the receiver.
 *
 * It reads only when it can use what it reads: not while answers wait to be taken, not while a mail waits for
 * the disk, not when its spool file is far ahead of the disk. So a client that only sends, or only pipelines,
 * costs the one buffer of the loop and what is left over of it. epoll is told lazily: interest is taken back
 * only when an event comes that nobody wants, which spares two calls a mail with clients that wait for their
 * answers. */
#include "mta-hooks/lmtp/connection.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include "mta-hooks/lmtp/socketmap.h"
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  COMMAND_BYTES = 4096,    /* read at once while commands are expected */
  DATA_BYTES = 32 * 1024,  /* and within a mail */
  ANSWERS_MAX = 16 * 1024, /* answers that wait before we stop obeying */
  ANSWERS_KEPT = 4096,     /* a larger buffer is given back once it is empty */
  BACKLOG_BYTES = 2 << 20, /* a spool file may be so far ahead of the disk */
};

struct connection {
  struct receiver *receiver;
  int fd;
  enum service service;
  struct lmtp_core *core;
  struct socketmap *map;
  struct parcel *parcel;  /* the mail in progress, ours */
  struct parcel *waiting; /* the mail that waits for the disk, the writer's */
  GString *out;
  gsize sent;       /* of out */
  GByteArray *held; /* read and not yet obeyed */
  uint32_t events;  /* what epoll watches */
  bool is_watched;
  bool is_paused, is_stopping, is_finished;
  int64_t opened_ms, active_ms;
};

/* ---- what the core asks
 * ---------------------------------------------------------------------------------------------- */

static const char *on_recipient(const char *address, void *data)
{
  struct connection *connection = data;
  return recipients_reply(recipients_look_up(connection->receiver->recipients, address));
}

static bool on_begin(int64_t size_hint, void *data)
{
  struct connection *connection = data;
  struct receiver *receiver = connection->receiver;
  if (!inbox_has_room(inbox_writer_inbox(receiver->writer), size_hint)) {
    log_line("A mail is put off (4xx): the disk of %s is all but full.", receiver->config->inbox);
    return false;
  }
  connection->parcel = parcel_new(inbox_writer_inbox(receiver->writer), &receiver->budget, size_hint);
  return true;
}

static bool on_piece(const void *bytes, gsize size, void *data)
{
  struct connection *connection = data;
  g_autoptr(GError) fault = NULL;
  if (!parcel_add(connection->parcel, bytes, size, &fault)) {
    log_line("A mail is put off (4xx): %s", fault->message);
    return false;
  }
  inbox_writer_sync(connection->receiver->writer, connection->parcel);
  return true;
}

static void on_end(const char *sender, const char *const *recipients, bool smtputf8, void *data)
{
  (void)smtputf8;
  struct connection *connection = data;
  struct parcel *parcel = g_steal_pointer(&connection->parcel);
  g_autoptr(GError) fault = NULL;
  parcel_address(parcel, sender, recipients_stored(connection->receiver->recipients, recipients),
                 clock_now());
  if (!parcel_end(parcel, &fault)) {
    log_line("A mail is put off (4xx): %s", fault->message);
    parcel_unref(parcel);
    lmtp_finish(connection->core, "452 4.3.1 There is no room for the mail now; please try again later.",
                connection->out);
    return;
  }
  parcel->ticket = connection;
  connection->waiting = parcel;
  inbox_writer_put(connection->receiver->writer, parcel);
}

static void on_abort(void *data)
{
  struct connection *connection = data;
  g_clear_pointer(&connection->parcel, parcel_unref);
}

static const struct lmtp_owner owner = { on_recipient, on_begin, on_piece, on_end, on_abort };

static enum recipient_verdict on_map_request(const char *address, void *data)
{
  struct connection *connection = data;
  return recipients_look_up(connection->receiver->recipients, address);
}

/* ---- epoll
 * ------------------------------------------------------------------------------------------------------------
 */

static gsize unsent(const struct connection *connection)
{
  return connection->out->len - connection->sent;
}

static uint32_t wanted_events(const struct connection *connection)
{
  if (unsent(connection)) return EPOLLOUT;
  return connection->waiting || connection->held || connection->is_paused ? 0 : EPOLLIN;
}

static void watch(struct connection *connection, uint32_t events)
{
  struct epoll_event event = { .events = events, .data.ptr = connection };
  int operation = connection->is_watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  if (epoll_ctl(connection->receiver->epoll_fd, operation, connection->fd, &event) != 0)
    connection->is_finished = true;
  connection->is_watched = true;
  connection->events = events;
}

static void stop_watching(struct connection *connection)
{
  epoll_ctl(connection->receiver->epoll_fd, EPOLL_CTL_DEL, connection->fd, NULL);
  connection->is_watched = false;
  connection->events = 0;
}

/* ---- bytes out and in
 * -------------------------------------------------------------------------------------------------- */

/* Sends what can be sent now. */
static void flush(struct connection *connection)
{
  while (unsent(connection) && !connection->is_finished) {
    ssize_t size =
        send(connection->fd, connection->out->str + connection->sent, unsent(connection), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) {
      if (errno != EAGAIN) connection->is_finished = true;
      return;
    }
    connection->sent += (gsize)size;
    connection->active_ms = connection->receiver->now_ms;
  }
  connection->sent = 0;
  g_string_truncate(connection->out, 0);
  if (connection->out->allocated_len > ANSWERS_KEPT) {
    g_string_free(connection->out, TRUE);
    connection->out = g_string_new(NULL);
  }
}

static bool may_obey(const struct connection *connection)
{
  return !connection->waiting && !lmtp_has_quit(connection->core) && unsent(connection) < ANSWERS_MAX;
}

/* Feeds LMTP as much as it may obey; returns how much it took. */
static gsize feed_lmtp(struct connection *connection, const char *bytes, gsize size)
{
  gsize at = 0;
  while (at < size && may_obey(connection)) {
    gsize length = lmtp_is_in_data(connection->core) ? size - at : MIN(size - at, (gsize)COMMAND_BYTES);
    at += lmtp_feed(connection->core, bytes + at, length, connection->out);
  }
  return at;
}

/* Gives bytes to the state machine and holds what it does not take now. */
static void take(struct connection *connection, const char *bytes, gsize size)
{
  if (connection->service == SERVICE_SOCKETMAP) {
    if (!socketmap_feed(connection->map, bytes, size, connection->out)) connection->is_stopping = true;
    return;
  }
  gsize used = feed_lmtp(connection, bytes, size);
  if (lmtp_has_quit(connection->core)) {
    connection->is_stopping = true;
  } else if (used < size) {
    connection->held = g_byte_array_sized_new((guint)(size - used));
    g_byte_array_append(connection->held, (const guint8 *)bytes + used, (guint)(size - used));
  }
}

/* Notes whether the disk is too far behind to go on reading. */
static void check_backlog(struct connection *connection)
{
  bool is_behind = connection->parcel && inbox_writer_backlog(connection->parcel) >= BACKLOG_BYTES;
  if (is_behind == connection->is_paused) return;
  connection->is_paused = is_behind;
  connection->receiver->paused += is_behind ? 1 : -1;
}

/* Sends, obeys what is held, and sends again, as far as it goes now; then says what to wait for. */
static void go_on(struct connection *connection)
{
  flush(connection);
  while (!connection->is_finished && connection->held && !unsent(connection) && !connection->waiting) {
    g_autoptr(GByteArray) held = g_steal_pointer(&connection->held);
    take(connection, (const char *)held->data, held->len);
    flush(connection);
  }
  check_backlog(connection);
  if (connection->is_stopping && !unsent(connection) && !connection->waiting) connection->is_finished = true;
  if (connection->is_finished) return;
  uint32_t wanted = wanted_events(connection);
  if (wanted & ~connection->events) watch(connection, wanted);
}

/* Reads once and goes on with it. */
static void receive(struct connection *connection)
{
  static char bytes[DATA_BYTES];
  gsize limit = connection->core && lmtp_is_in_data(connection->core) ? DATA_BYTES : COMMAND_BYTES;
  ssize_t size = recv(connection->fd, bytes, limit, 0);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (size <= 0) {
    connection->is_finished = true;
    return;
  }
  connection->active_ms = connection->receiver->now_ms;
  take(connection, bytes, (gsize)size);
  go_on(connection);
}

/* ---- the interface
 * ------------------------------------------------------------------------------------------------------ */

struct connection *connection_new(struct receiver *receiver, int fd, enum service service)
{
  struct connection *connection = g_new0(struct connection, 1);
  *connection = (struct connection){ .receiver = receiver, .fd = fd, .service = service };
  connection->opened_ms = connection->active_ms = receiver->now_ms;
  connection->out = g_string_new(NULL);
  if (service == SERVICE_LMTP) {
    connection->core = lmtp_core_new(&receiver->limits, &owner, connection);
    lmtp_greet(connection->core, connection->out);
  } else {
    connection->map = socketmap_new(on_map_request, connection);
  }
  go_on(connection);
  return connection;
}

void connection_free(struct connection *connection)
{
  if (!connection) return;
  if (connection->waiting) connection->waiting->ticket = NULL;
  lmtp_core_free(connection->core); /* gives up the mail in progress */
  socketmap_free(connection->map);
  if (connection->is_paused) connection->receiver->paused--;
  if (connection->held) g_byte_array_unref(connection->held);
  g_string_free(connection->out, TRUE);
  close(connection->fd);
  g_free(connection);
}

void connection_event(struct connection *connection, uint32_t events)
{
  if (connection->is_finished) return;
  uint32_t wanted = wanted_events(connection);
  if (events & wanted & EPOLLOUT) {
    go_on(connection);
  } else if (wanted & EPOLLIN) {
    receive(connection); /* also tells of an error or the end */
  } else if (!wanted && events & (EPOLLHUP | EPOLLERR)) {
    stop_watching(connection); /* gone; what waits for the disk is still stored */
  } else if (events & (EPOLLHUP | EPOLLERR)) {
    connection->is_finished = true;
  } else {
    watch(connection, wanted);
  }
}

void connection_finish(struct connection *connection, const char *reply_or_null)
{
  connection->waiting = NULL;
  connection->active_ms = connection->receiver->now_ms;
  lmtp_finish(connection->core, reply_or_null, connection->out);
  if (connection->is_stopping)
    connection_stop(connection);
  else
    go_on(connection);
}

void connection_resume(struct connection *connection)
{
  if (connection->is_paused && !connection->is_finished) go_on(connection);
}

/* Ends it with a last line. */
static void say_goodbye(struct connection *connection, const char *line)
{
  if (connection->service == SERVICE_LMTP && !lmtp_has_quit(connection->core))
    g_string_append(connection->out, line);
  flush(connection);
  connection->is_finished = true;
}

void connection_check_time(struct connection *connection)
{
  const struct config *config = connection->receiver->config;
  int64_t now_ms = connection->receiver->now_ms;
  if (connection->waiting || connection->is_finished) return;
  if (now_ms - connection->opened_ms > (int64_t)config->total_timeout_seconds * 1000)
    say_goodbye(connection, "421 4.4.2 This connection has lasted too long.\r\n");
  else if (!connection->is_paused &&
           now_ms - connection->active_ms > (int64_t)config->idle_timeout_seconds * 1000)
    say_goodbye(connection, "421 4.4.2 Nothing was said for too long.\r\n");
}

void connection_stop(struct connection *connection)
{
  connection->is_stopping = true;
  if (connection->waiting || connection->is_finished) return;
  say_goodbye(connection, "421 4.3.2 The server is being stopped; please try again later.\r\n");
}

bool connection_is_finished(const struct connection *connection)
{
  return connection->is_finished;
}

enum service connection_service(const struct connection *connection)
{
  return connection->service;
}
