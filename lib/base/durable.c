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

/* A file on its way: open, written beside its place, not yet synced. */
struct staged {
  int fd;
  char *temporary, *path;
};

enum { BATCH_MAX = 256 }; /* files open at once */

static bool fill(int fd, const char *path, const void *bytes, size_t size, mode_t mode, GError **error)
{
  if (!durable_write(fd, bytes, size, error)) {
    g_prefix_error(error, "%s: ", path);
    return false;
  }
  if (fchmod(fd, mode) != 0) return fault_set_errno(error, FAULT_FILE, errno, "%s cannot get its mode", path);
  return true;
}

/* Opens the temporary file and fills it. On failure nothing is left. */
static bool stage(struct staged *staged, const char *path, const void *bytes, size_t size, mode_t mode,
                  GError **error)
{
  g_autofree char *directory = g_path_get_dirname(path);
  g_autofree char *temporary = g_build_filename(directory, ".tmp-XXXXXX", NULL);
  int fd = mkostemp(temporary, O_CLOEXEC);
  if (fd < 0) return fault_set_errno(error, FAULT_FILE, errno, "no file can be made in %s", directory);
  if (!fill(fd, path, bytes, size, mode, error)) {
    close(fd);
    unlink(temporary);
    return false;
  }
  *staged = (struct staged){ .fd = fd, .temporary = g_steal_pointer(&temporary), .path = g_strdup(path) };
  return true;
}

/* Syncs the bytes and closes. */
static bool sync_staged(struct staged *staged, GError **error)
{
  crash_point("durable-before-fsync");
  bool is_synced = fsync(staged->fd) == 0;
  int why = errno;
  bool is_closed = close(staged->fd) == 0;
  if (is_synced && !is_closed) why = errno;
  staged->fd = -1;
  return (is_synced && is_closed) ||
         fault_set_errno(error, FAULT_FILE, why, "%s cannot be synced", staged->path);
}

static bool rename_staged(struct staged *staged, GError **error)
{
  crash_point("durable-before-rename");
  if (rename(staged->temporary, staged->path) != 0)
    return fault_set_errno(error, FAULT_FILE, errno, "%s cannot be replaced", staged->path);
  g_clear_pointer(&staged->temporary, g_free);
  return true;
}

/* What has no name yet is removed. */
static void staged_clear(void *data)
{
  struct staged *staged = data;
  if (staged->fd >= 0) close(staged->fd);
  if (staged->temporary) unlink(staged->temporary);
  g_free(staged->temporary);
  g_free(staged->path);
}

bool durable_stage(const char *path, const void *bytes, size_t size, mode_t mode, GError **error)
{
  struct staged staged;
  if (!stage(&staged, path, bytes, size, mode, error)) return false;
  bool is_done = sync_staged(&staged, error) && rename_staged(&staged, error);
  staged_clear(&staged);
  return is_done;
}

bool durable_replace(const char *path, const void *bytes, size_t size, mode_t mode, GError **error)
{
  g_autofree char *directory = g_path_get_dirname(path);
  if (!durable_stage(path, bytes, size, mode, error)) return false;
  crash_point("durable-before-directory-sync");
  return durable_sync_directory(directory, error);
}

struct durable_batch {
  GArray *files; /* struct staged */
};

struct durable_batch *durable_batch_new(void)
{
  struct durable_batch *batch = g_new0(struct durable_batch, 1);
  batch->files = g_array_new(FALSE, FALSE, sizeof(struct staged));
  g_array_set_clear_func(batch->files, staged_clear);
  return batch;
}

void durable_batch_free(struct durable_batch *batch)
{
  if (!batch) return;
  g_array_unref(batch->files);
  g_free(batch);
}

bool durable_batch_add(struct durable_batch *batch, const char *path, const void *bytes, size_t size,
                       mode_t mode, GError **error)
{
  if (batch->files->len >= BATCH_MAX && !durable_batch_settle(batch, error)) return false;
  struct staged staged;
  if (!stage(&staged, path, bytes, size, mode, error)) return false;
  /* Only a hint that the disk may begin; the sync is what counts. */
  (void)sync_file_range(staged.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  g_array_append_val(batch->files, staged);
  return true;
}

bool durable_batch_settle(struct durable_batch *batch, GError **error)
{
  bool is_done = true;
  for (guint i = 0; is_done && i < batch->files->len; i++)
    is_done = sync_staged(&g_array_index(batch->files, struct staged, i), error);
  for (guint i = 0; is_done && i < batch->files->len; i++)
    is_done = rename_staged(&g_array_index(batch->files, struct staged, i), error);
  g_array_set_size(batch->files, 0);
  return is_done;
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
