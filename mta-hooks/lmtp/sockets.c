/* Sockets by the words of kiezpost.conf. */
#include "mta-hooks/lmtp/sockets.h"

#include "lib/base/fault.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* An address of either kind. */
struct where {
  struct sockaddr_storage address;
  socklen_t size;
  char *path; /* UNIX */
};

static bool read_unix(const char *text, const char *directory, struct where *where, GError **error)
{
  struct sockaddr_un *address = (struct sockaddr_un *)&where->address;
  g_autofree char *path = g_path_is_absolute(text) ? g_strdup(text) : g_build_filename(directory, text, NULL);
  if (strlen(path) >= sizeof address->sun_path)
    return fault_set(error, FAULT_CONFIG,
                     "The path of the socket %s is longer than the %zu bytes that the system allows.", path,
                     sizeof address->sun_path - 1);
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path, path, strlen(path) + 1);
  where->size = sizeof *address;
  where->path = g_steal_pointer(&path);
  return true;
}

static bool read_tcp(const char *text, struct where *where, GError **error)
{
  const char *colon = strrchr(text, ':');
  g_autofree char *host = colon ? g_strndup(text, (gsize)(colon - text)) : NULL;
  if (host && host[0] == '[' && host[strlen(host) - 1] == ']') {
    memmove(host, host + 1, strlen(host));
    host[strlen(host) - 1] = '\0';
  }
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
  struct addrinfo *found = NULL;
  if (!colon || !*host || !colon[1] || getaddrinfo(host, colon + 1, &hints, &found) != 0)
    return fault_set(error, FAULT_CONFIG, "tcp:%s is no socket; write tcp:127.0.0.1:2424, say.", text);
  memcpy(&where->address, found->ai_addr, found->ai_addrlen);
  where->size = found->ai_addrlen;
  freeaddrinfo(found);
  return true;
}

static bool read_where(const char *text, const char *directory, struct where *where, GError **error)
{
  *where = (struct where){ .size = 0 };
  if (g_str_has_prefix(text, "unix:") && text[5]) return read_unix(text + 5, directory, where, error);
  if (g_str_has_prefix(text, "tcp:")) return read_tcp(text + 4, where, error);
  return fault_set(error, FAULT_CONFIG, "%s is no socket; write unix:/path or tcp:127.0.0.1:2424, say.",
                   text);
}

/* Removes a socket file where nobody answers. */
static bool clear_stale(const struct where *where, GError **error)
{
  struct stat st;
  if (lstat(where->path, &st) != 0) return true;
  if (!S_ISSOCK(st.st_mode))
    return fault_set(error, FAULT_CONFIG, "%s is in the way: it is a file and not a socket.", where->path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return fault_set_errno(error, FAULT_TEMPORARY, errno, "No socket can be had");
  bool is_stale =
      connect(fd, (const struct sockaddr *)&where->address, where->size) != 0 && errno == ECONNREFUSED;
  close(fd);
  if (!is_stale) return fault_set(error, FAULT_UNAVAILABLE, "Somebody else serves %s already.", where->path);
  if (unlink(where->path) != 0 && errno != ENOENT)
    return fault_set_errno(error, FAULT_FILE, errno, "The old socket %s cannot be removed", where->path);
  return true;
}

static bool bind_and_listen(struct door *door, const struct where *where, const char *text, GError **error)
{
  int one = 1;
  if (!where->path) setsockopt(door->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(door->fd, (const struct sockaddr *)&where->address, where->size) != 0)
    return fault_set_errno(error, FAULT_UNAVAILABLE, errno, "%s cannot be bound", text);
  struct stat st;
  if (where->path) {
    door->path = g_strdup(where->path);
    if (chmod(where->path, 0666) != 0 || lstat(where->path, &st) != 0)
      return fault_set_errno(error, FAULT_FILE, errno, "The mode of %s cannot be set", where->path);
    door->device = st.st_dev;
    door->inode = st.st_ino;
  }
  if (listen(door->fd, SOMAXCONN) != 0)
    return fault_set_errno(error, FAULT_UNAVAILABLE, errno, "Nobody can listen at %s", text);
  return true;
}

bool door_open(struct door *door, const char *text, const char *directory, GError **error)
{
  struct where where;
  *door = (struct door){ .fd = -1 };
  if (!read_where(text, directory, &where, error)) return false;
  g_autofree char *path = where.path;
  if (path && !clear_stale(&where, error)) return false;
  door->fd = socket(where.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (door->fd < 0)
    return fault_set_errno(error, FAULT_TEMPORARY, errno, "No socket can be had for %s", text);
  if (bind_and_listen(door, &where, text, error)) return true;
  door_close(door);
  return false;
}

bool door_is_in_place(const struct door *door)
{
  struct stat st;
  return !door->path ||
         (lstat(door->path, &st) == 0 && st.st_dev == door->device && st.st_ino == door->inode);
}

void door_close(struct door *door)
{
  if (door->fd >= 0) close(door->fd);
  if (door->path && door_is_in_place(door)) unlink(door->path);
  g_clear_pointer(&door->path, g_free);
  door->fd = -1;
}

int door_connect(const char *text, const char *directory, int timeout_seconds, GError **error)
{
  struct where where;
  if (!read_where(text, directory, &where, error)) return -1;
  g_free(where.path); /* the address holds it */
  int fd = socket(where.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct timeval limit = { .tv_sec = timeout_seconds };
  if (fd >= 0) {
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (connect(fd, (const struct sockaddr *)&where.address, where.size) == 0) return fd;
  }
  fault_set_errno(error, FAULT_TEMPORARY, errno, "Nobody answers at %s (does kiezpost lmtpd run?)", text);
  if (fd >= 0) close(fd);
  return -1;
}
