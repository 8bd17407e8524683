/* The receiver's loop.
 *
 * epoll hands back a pointer: to one of the doors, to the writer's mark, else to a connection. Connections
 * that end during a turn are freed after it, since a later event of the same turn may still name them. When
 * descriptors run out the doors are not watched for a moment: the kernel keeps who knocks in its queue, and
 * we do not spin. */
#include "mta-hooks/lmtp/server.h"

#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/log.h"
#include <errno.h>
#include <malloc.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  EVENTS_A_TURN = 64,
  ACCEPTS_A_TURN = 64,
  TICK_MS = 1000,
  REST_MS = 500,        /* doors rest so long when descriptors ran out */
  LEAVE_MS = 30 * 1000, /* a stop waits so long for the disk */
};

struct server {
  struct receiver *receiver;
  struct door *doors;
  GPtrArray *connections; /* struct connection*, owned */
  int served[SERVICE_COUNT];
  int64_t resting_until_ms; /* 0: the doors are watched */
  int64_t last_tick_ms;
  bool is_stopping, is_trimmed;
};

static bool watch_fd(struct server *server, int fd, void *token, GError **error)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = token };
  return epoll_ctl(server->receiver->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0 ||
         fault_set_errno(error, FAULT_TEMPORARY, errno, "The receiver cannot watch its sockets");
}

static bool watch_doors(struct server *server, GError **error)
{
  for (int i = 0; i < SERVICE_COUNT; i++)
    if (!watch_fd(server, server->doors[i].fd, &server->doors[i], error)) return false;
  server->resting_until_ms = 0;
  return true;
}

/* Lets the doors be for a moment. */
static void rest_doors(struct server *server)
{
  if (server->resting_until_ms) return;
  log_line("No descriptors are left (%s); new connections wait for a moment.", g_strerror(errno));
  for (int i = 0; i < SERVICE_COUNT; i++)
    epoll_ctl(server->receiver->epoll_fd, EPOLL_CTL_DEL, server->doors[i].fd, NULL);
  server->resting_until_ms = server->receiver->now_ms + REST_MS;
}

/* One more than we serve at a time. */
static void turn_away(int fd, enum service service)
{
  static const char sorry[] = "421 4.3.2 Too many connections; please try again later.\r\n";
  ssize_t size = service == SERVICE_LMTP ? send(fd, sorry, sizeof sorry - 1, MSG_NOSIGNAL) : 0;
  (void)size;
  close(fd);
}

static void accept_at(struct server *server, enum service service)
{
  for (int i = 0; i < ACCEPTS_A_TURN; i++) {
    int fd = accept4(server->doors[service].fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (fd < 0) {
      if (errno != EAGAIN) rest_doors(server);
      return;
    }
    if (server->served[service] >= server->receiver->config->connections_max) {
      turn_away(fd, service);
      continue;
    }
    server->served[service]++;
    g_ptr_array_add(server->connections, connection_new(server->receiver, fd, service));
  }
}

/* Mails that are decided are answered; connections that waited for the disk read on. */
static void take_from_writer(struct server *server)
{
  struct receiver *receiver = server->receiver;
  inbox_writer_drain(receiver->writer);
  for (struct parcel *parcel; (parcel = inbox_writer_done(receiver->writer));) {
    if (parcel->ticket) connection_finish(parcel->ticket, parcel->reply);
    parcel_unref(parcel);
  }
  for (guint i = 0; receiver->paused && i < server->connections->len; i++)
    connection_resume(g_ptr_array_index(server->connections, i));
}

static void dispatch(struct server *server, const struct epoll_event *event)
{
  const struct door *door = event->data.ptr;
  if (event->data.ptr == server->receiver->writer)
    take_from_writer(server);
  else if (door >= server->doors && door < server->doors + SERVICE_COUNT)
    accept_at(server, (enum service)(door - server->doors));
  else
    connection_event(event->data.ptr, event->events);
}

static void free_finished(struct server *server)
{
  for (guint i = server->connections->len; i > 0; i--) {
    struct connection *connection = g_ptr_array_index(server->connections, i - 1);
    if (!connection_is_finished(connection)) continue;
    server->served[connection_service(connection)]--;
    g_ptr_array_remove_index_fast(server->connections, i - 1);
    server->is_trimmed = false;
  }
}

/* Gives memory back once after a busy time. */
static void trim(struct server *server)
{
  if (server->is_trimmed || __atomic_load_n(&server->receiver->budget.used_bytes, __ATOMIC_RELAXED)) return;
  malloc_trim(0);
  server->is_trimmed = true;
}

/* What is due once a second. False: only a new start helps. */
static bool tick(struct server *server, GError **error)
{
  struct receiver *receiver = server->receiver;
  if (receiver->now_ms - server->last_tick_ms < TICK_MS) return true;
  server->last_tick_ms = receiver->now_ms;
  for (guint i = 0; i < server->connections->len; i++)
    connection_check_time(g_ptr_array_index(server->connections, i));
  free_finished(server);
  trim(server);
  if (server->is_stopping) return true;
  if (inbox_writer_needs_new_start(receiver->writer))
    return fault_set(
        error, FAULT_TEMPORARY,
        "%s is another directory than the one that was opened; the receiver has to be started anew.",
        receiver->config->inbox);
  for (int i = 0; i < SERVICE_COUNT; i++)
    if (!door_is_in_place(&server->doors[i]))
      return fault_set(error, FAULT_TEMPORARY,
                       "The socket %s was removed, so that nobody can come any more; the receiver has to be "
                       "started anew.",
                       server->doors[i].path);
  if (recipients_need_new_start(receiver->recipients))
    return fault_set(error, FAULT_TEMPORARY,
                     "The key file %s was replaced and cannot be read; the receiver has to be started anew.",
                     receiver->config->keys);
  return true;
}

/* One turn: waits, and does what there is to do. */
static bool turn(struct server *server, GError **error)
{
  struct epoll_event events[EVENTS_A_TURN];
  struct receiver *receiver = server->receiver;
  int count =
      epoll_wait(receiver->epoll_fd, events, EVENTS_A_TURN, server->resting_until_ms ? REST_MS : TICK_MS);
  if (count < 0 && errno != EINTR)
    return fault_set_errno(error, FAULT_TEMPORARY, errno, "The receiver cannot wait");
  receiver->now_ms = clock_monotonic_ms();
  for (int i = 0; i < count; i++) dispatch(server, &events[i]);
  free_finished(server);
  if (server->resting_until_ms && receiver->now_ms >= server->resting_until_ms && !server->is_stopping &&
      !watch_doors(server, error))
    return false;
  return tick(server, error);
}

/* Closes the doors, says goodbye, and lets what waits for the disk be answered. */
static void leave(struct server *server)
{
  server->is_stopping = true;
  server->resting_until_ms = 0;
  for (int i = 0; i < SERVICE_COUNT; i++) door_close(&server->doors[i]);
  for (guint i = 0; i < server->connections->len; i++)
    connection_stop(g_ptr_array_index(server->connections, i));
  free_finished(server);
  int64_t until_ms = server->receiver->now_ms + LEAVE_MS;
  while (server->connections->len && server->receiver->now_ms < until_ms && turn(server, NULL)) continue;
}

bool server_run(struct receiver *receiver, struct door doors[SERVICE_COUNT], bool (*should_stop)(void),
                GError **error)
{
  struct server server = { .receiver = receiver, .doors = doors };
  receiver->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  receiver->now_ms = clock_monotonic_ms();
  server.connections = g_ptr_array_new_with_free_func((GDestroyNotify)connection_free);
  bool is_well = receiver->epoll_fd >= 0 ||
                 fault_set_errno(error, FAULT_TEMPORARY, errno, "The receiver cannot watch its sockets");
  is_well = is_well && watch_fd(&server, inbox_writer_fd(receiver->writer), receiver->writer, error) &&
            watch_doors(&server, error);
  while (is_well && !should_stop()) is_well = turn(&server, error);
  leave(&server);
  g_ptr_array_free(server.connections, TRUE);
  if (receiver->epoll_fd >= 0) close(receiver->epoll_fd);
  return is_well;
}
