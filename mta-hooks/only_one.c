/* The lock of the worker and of the sender. Two workers would count each other's mails as deaths; two senders
 * would send every letter twice. The lock goes with the process, however it ends. */
#include "mta-hooks/only_one.h"

#include "lib/base/durable.h"
#include "lib/base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

int only_one(const struct config *config, const char *name, GError **error)
{
  if (!durable_make_directories(config->run, 0750, error)) return -1;
  g_autofree char *path = g_strdup_printf("%s/%s.lock", config->run, name);
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    fault_set_errno(error, FAULT_FILE, errno, "%s cannot be opened", path);
    return -1;
  }
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
  close(fd);
  fault_set(error, FAULT_TEMPORARY, "Another kiezpost %s is running here; it does the work.", name);
  return -1;
}
