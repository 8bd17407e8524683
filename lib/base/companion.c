/* Companions; see companion.h. */
#include "lib/base/companion.h"

#include "lib/base/fault.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

bool companion_start(struct companion *companion, companion_serve *serve, const void *data, const char *what,
                     GError **error)
{
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return fault_set_errno(error, FAULT_TEMPORARY, errno, "The process %s gets no socket", what);
  pid_t process = fork();
  if (process == 0) {
    close(ends[0]);
    serve(ends[1], data);
    _exit(0);
  }
  int why = errno;
  close(ends[1]);
  *companion = (struct companion){ .fd = ends[0], .process = process };
  if (process > 0) return true;
  companion_give_up(companion);
  return fault_set_errno(error, FAULT_TEMPORARY, why, "The process %s cannot be started", what);
}

void companion_give_up(struct companion *companion)
{
  if (companion->fd >= 0) close(companion->fd);
  companion->fd = -1;
}

void companion_stop(struct companion *companion)
{
  companion_give_up(companion);
  kill(companion->process, SIGKILL);
  while (waitpid(companion->process, NULL, 0) < 0 && errno == EINTR) {
  }
}

/* MSG_NOSIGNAL: a dead process is no reason for us to die. */
static bool transfer(int fd, void *bytes, gsize size, bool sends, int ms)
{
  for (char *at = bytes; size > 0;) {
    struct pollfd ready = { .fd = fd, .events = sends ? POLLOUT : POLLIN };
    int polled = poll(&ready, 1, ms);
    if (polled < 0 && errno == EINTR) continue;
    if (polled != 1) return false;
    ssize_t moved =
        sends ? send(fd, at, size, MSG_NOSIGNAL | MSG_DONTWAIT) : recv(fd, at, size, MSG_DONTWAIT);
    if (moved < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (moved <= 0) return false;
    at += moved;
    size -= (gsize)moved;
  }
  return true;
}

bool companion_send(struct companion *companion, const void *bytes, gsize size, int ms)
{
  return companion->fd >= 0 && transfer(companion->fd, (void *)bytes, size, true, ms);
}

bool companion_receive(struct companion *companion, void *bytes, gsize size, int ms)
{
  return companion->fd >= 0 && transfer(companion->fd, bytes, size, false, ms);
}

static bool move(int fd, void *bytes, gsize size, bool writes)
{
  for (char *at = bytes; size > 0;) {
    ssize_t moved = writes ? write(fd, at, size) : read(fd, at, size);
    if (moved < 0 && errno == EINTR) continue;
    if (moved <= 0) return false;
    at += moved;
    size -= (gsize)moved;
  }
  return true;
}

bool companion_read(int fd, void *bytes, gsize size)
{
  return move(fd, bytes, size, false);
}

bool companion_write(int fd, const void *bytes, gsize size)
{
  return move(fd, (void *)bytes, size, true);
}
