/* Files that survive a power cut. A name is only as durable as its directory: the bytes are synced before the
 * rename and the directory after it. What stays behind of a write that was cut off is called ".tmp-…" and
 * swept at start. */
#include "lib/base/durable.h"
#include "lib/base/crash.h"
#include "lib/base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool durable_write(int fd, const void *bytes, size_t size, GError **error)
{
  const char *rest = bytes;
  while (size > 0) {
    ssize_t written = write(fd, rest, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fault_set_errno(error, FAULT_FILE, errno, "writing to a file failed");
    rest += written;
    size -= (size_t)written;
  }
  return true;
}

bool durable_sync_directory(const char *path, GError **error)
{
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return fault_set_errno(error, FAULT_FILE, errno, "directory %s cannot be opened", path);
  bool is_synced = fsync(fd) == 0;
  int why = errno;
  close(fd);
  if (!is_synced) return fault_set_errno(error, FAULT_FILE, why, "directory %s cannot be synced", path);
  return true;
}

/* Fills and syncs an open temporary file. */
static bool fill(int fd, const char *path, const void *bytes, size_t size, mode_t mode, GError **error)
{
  if (!durable_write(fd, bytes, size, error)) {
    g_prefix_error(error, "%s: ", path);
    return false;
  }
  if (fchmod(fd, mode) != 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot get its mode", path);
  crash_point("durable-before-fsync");
  if (fsync(fd) != 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be synced", path);
  crash_point("durable-before-rename");
  return true;
}

bool durable_stage(const char *path, const void *bytes, size_t size, mode_t mode, GError **error)
{
  g_autofree char *directory = g_path_get_dirname(path);
  g_autofree char *temporary = g_build_filename(directory, ".tmp-XXXXXX", NULL);
  int fd = mkostemp(temporary, O_CLOEXEC);
  if (fd < 0) return fault_set_errno(error, FAULT_FILE, errno, "no file can be made in %s", directory);
  bool is_done = fill(fd, path, bytes, size, mode, error);
  if (close(fd) != 0 && is_done)
    is_done = fault_set_errno(error, FAULT_FILE, errno, "%s cannot be written", path);
  if (is_done && rename(temporary, path) != 0)
    is_done = fault_set_errno(error, FAULT_FILE, errno, "%s cannot be replaced", path);
  if (!is_done) unlink(temporary);
  return is_done;
}

bool durable_replace(const char *path, const void *bytes, size_t size, mode_t mode, GError **error)
{
  g_autofree char *directory = g_path_get_dirname(path);
  if (!durable_stage(path, bytes, size, mode, error)) return false;
  crash_point("durable-before-directory-sync");
  return durable_sync_directory(directory, error);
}

/* The mode was asked for, whatever the umask; a set-group-id bit that the parent hands down stays. */
static bool give_mode(const char *path, mode_t mode, GError **error)
{
  struct stat now;
  if (stat(path, &now) == 0 &&
      ((now.st_mode & 0777) == mode || chmod(path, (now.st_mode & 07000) | mode) == 0))
    return true;
  return fault_set_errno(error, FAULT_FILE, errno, "directory %s cannot get its mode", path);
}

/* One directory whose parent exists. */
static bool make_one(const char *path, mode_t mode, GError **error)
{
  if (mkdir(path, mode) != 0) {
    int why = errno;
    struct stat found;
    if (why == EEXIST && stat(path, &found) == 0) {
      if (S_ISDIR(found.st_mode)) return true;
      why = ENOTDIR;
    }
    return fault_set_errno(error, FAULT_FILE, why, "directory %s cannot be made", path);
  }
  g_autofree char *parent = g_path_get_dirname(path);
  return give_mode(path, mode, error) && durable_sync_directory(parent, error);
}

bool durable_make_directories(const char *path, mode_t mode, GError **error)
{
  g_autofree char *whole = g_canonicalize_filename(path, NULL);
  if (g_file_test(whole, G_FILE_TEST_IS_DIR)) return true;
  for (char *slash = strchr(whole + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    bool is_there = g_file_test(whole, G_FILE_TEST_IS_DIR) || make_one(whole, mode, error);
    *slash = '/';
    if (!is_there) return false;
  }
  return make_one(whole, mode, error);
}

int durable_sweep(const char *directory, GError **error)
{
  GError *why = NULL;
  g_autoptr(GDir) open_directory = g_dir_open(directory, 0, &why);
  if (!open_directory) {
    fault_set(error, FAULT_FILE, "directory %s cannot be read: %s", directory, why->message);
    g_clear_error(&why);
    return -1;
  }
  int swept = 0;
  const char *name;
  while ((name = g_dir_read_name(open_directory))) {
    g_autofree char *path = g_build_filename(directory, name, NULL);
    if (g_str_has_prefix(name, ".tmp-") && unlink(path) == 0) swept++;
  }
  return swept;
}
