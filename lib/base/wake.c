/* Waking one another by datagrams. Whoever put down work sends one, whoever waits for it drains them all: a
 * hundred nudges are one. Paths longer than a socket address can hold (108 bytes) go by way of the
 * directory's descriptor. */
#include "lib/base/wake.h"
#include "lib/base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Fills the address; *directory_fd is -1 or has to be closed after use. */
static bool wake_address(const char *directory, const char *name, struct sockaddr_un *address,
                         int *directory_fd)
{
  g_autofree char *path = g_strdup_printf("%s/%s.wake", directory, name);
  *directory_fd = -1;
  if (strlen(path) >= sizeof address->sun_path) {
    *directory_fd = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*directory_fd < 0) return false;
    g_free(path);
    path = g_strdup_printf("/proc/self/fd/%d/%s.wake", *directory_fd, name);
    if (strlen(path) >= sizeof address->sun_path) return false;
  }
  *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  memcpy(address->sun_path, path, strlen(path));
  return true;
}

static void close_if_open(int fd)
{
  if (fd >= 0) close(fd);
}

/* A socket at the address, for the owner and his group; -1 with errno set: EADDRINUSE where somebody listens,
 * whose nudges would be lost. */
static int bind_there(const struct sockaddr_un *address)
{
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  if (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0) {
    close(fd);
    errno = EADDRINUSE;
    return -1;
  }
  unlink(address->sun_path);
  if (bind(fd, (const struct sockaddr *)address, sizeof *address) == 0 && chmod(address->sun_path, 0660) == 0)
    return fd;
  int why = errno;
  close(fd);
  errno = why;
  return -1;
}

int wake_listen(const char *directory, const char *name, GError **error)
{
  struct sockaddr_un address;
  int directory_fd, fd = -1;
  if (wake_address(directory, name, &address, &directory_fd)) fd = bind_there(&address);
  if (fd < 0 && errno == EADDRINUSE)
    fault_set(error, FAULT_TEMPORARY, "Another kiezpost %s is running here; it does the work.", name);
  else if (fd < 0)
    fault_set_errno(error, FAULT_FILE, errno, "%s/%s.wake cannot be listened on", directory, name);
  close_if_open(directory_fd);
  return fd;
}

/* Takes all that waits; says whether there was any. */
static bool drain(int fd)
{
  char nothing[16];
  bool any = false;
  while (recv(fd, nothing, sizeof nothing, MSG_DONTWAIT) >= 0) any = true;
  return any;
}

bool wake_wait(int fd, int timeout_ms)
{
  struct pollfd wait = { .fd = fd, .events = POLLIN };
  if (poll(&wait, 1, timeout_ms) <= 0 || !(wait.revents & POLLIN)) return false;
  return drain(fd);
}

void wake_send(const char *directory, const char *name)
{
  struct sockaddr_un address;
  int directory_fd;
  if (wake_address(directory, name, &address, &directory_fd)) {
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0) sendto(fd, "", 0, MSG_NOSIGNAL, (const struct sockaddr *)&address, sizeof address);
    close_if_open(fd);
  }
  close_if_open(directory_fd);
}
