/* Backups come from anywhere: any bytes are an archive of ours or a sentence, and nothing is placed before
 * its header was right. */
#include "lib/base/tar.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool pass_over(const char *name, int64_t size, char **path, void *count, GError **error)
{
  (void)path, (void)error;
  g_assert(strlen(name) <= 100 && size >= 0);
  ++*(int *)count;
  return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  int fd = memfd_create("archive", MFD_CLOEXEC), count = 0;
  if (fd < 0 || write(fd, data, size) != (ssize_t)size) g_error("no memory for a file");
  g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
  g_autoptr(GError) error = NULL;
  bool is_read = tar_extract(path, pass_over, &count, &error);
  g_assert(is_read == (error == NULL));
  close(fd);
  return 0;
}
