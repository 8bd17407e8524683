/* powercut.so: preloaded into kiezpost, it writes down, in one order for all processes, what reaches the file
 * system below $POWERCUT_ROOT, which of it is synced, and which answers left for the outside.
 * tests/tools/powercut_replay.c then builds the directory as a power cut would leave it: everything synced,
 * nothing else. So every durable step of the real program is tried, SQLite's own files and ours alike,
 * without a hook in either.
 *
 *   POWERCUT_ROOT=DIR   absolute; only files below it are recorded
 *   POWERCUT_LOG=FILE   where; appended to under a lock held over the call and its record
 *   POWERCUT_SAY=TEXT   writes to sockets that begin with TEXT ("250 2.0.0") are recorded as answers
 *   POWERCUT_SEEN=DIR   renames to below DIR are recorded as seen by the outside (letters in a maildir)
 *
 * SQLite's -shm is memory and is not recorded. Calls that libc makes inside itself (stdio) are not seen: what
 * must be durable is not written by stdio. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "powercut.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX], seen[PATH_MAX], say[128];
static int log_fd = -1;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name)
{
  return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void start(void)
{
  const char *value = getenv("POWERCUT_ROOT");
  if (value == NULL || realpath(value, root) == NULL) return;
  value = getenv("POWERCUT_SAY");
  snprintf(say, sizeof say, "%s", value != NULL ? value : "");
  value = getenv("POWERCUT_SEEN");
  snprintf(seen, sizeof seen, "%s", value != NULL ? value : "");
  value = getenv("POWERCUT_LOG");
  /* A private open file: flock belongs to it, so processes exclude each other; the mutex does that for
   * threads. */
  if (value != NULL) log_fd = REAL(open)(value, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
}

static void lock(void)
{
  pthread_mutex_lock(&mutex);
  while (flock(log_fd, LOCK_EX) != 0 && errno == EINTR) {
  }
}

static void unlock(void)
{
  int saved = errno;
  flock(log_fd, LOCK_UN);
  pthread_mutex_unlock(&mutex);
  errno = saved;
}

static void record(enum powercut_event event, uint64_t inode, uint64_t offset, const void *data, size_t size,
                   const char *path, const char *other)
{
  struct powercut_record head = { .event = event,
                                  .inode = inode,
                                  .offset = offset,
                                  .size = size,
                                  .path_size = (uint32_t)(path != NULL ? strlen(path) : 0),
                                  .other_size = (uint32_t)(other != NULL ? strlen(other) : 0) };
  struct iovec parts[4] = { { &head, sizeof head },
                            { (void *)(uintptr_t)path, head.path_size },
                            { (void *)(uintptr_t)other, head.other_size },
                            { (void *)(uintptr_t)data, size } };
  size_t whole = sizeof head + head.path_size + head.other_size + size;
  if (REAL(writev)(log_fd, parts, 4) != (ssize_t)whole) {
    static const char text[] = "powercut.so: the log cannot be written\n";
    if (REAL(write)(2, text, sizeof text - 1) < 0) {
    }
    abort();
  }
}

/* The path below the root ("" for the root itself), or NULL. */
static const char *below(const char *absolute, const char *directory)
{
  size_t length = strlen(directory);
  if (length == 0 || strncmp(absolute, directory, length) != 0) return NULL;
  if (absolute[length] == '\0') return "";
  return absolute[length] == '/' ? absolute + length + 1 : NULL;
}

/* An absolute path without symbolic links in its directory part; the last component need not exist. */
static bool resolve(int directory, const char *path, char out[PATH_MAX])
{
  char whole[PATH_MAX], base[PATH_MAX];
  if (path[0] == '/') {
    snprintf(whole, sizeof whole, "%s", path);
  } else {
    char link[64];
    if (directory == AT_FDCWD) {
      if (getcwd(base, sizeof base) == NULL) return false;
    } else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
      ssize_t n = readlink(link, base, sizeof base - 1);
      if (n < 0) return false;
      base[n] = '\0';
    }
    if (snprintf(whole, sizeof whole, "%s/%s", base, path) >= (int)sizeof whole) return false;
  }
  size_t end = strlen(whole);
  while (end > 1 && whole[end - 1] == '/') whole[--end] = '\0';
  char *slash = strrchr(whole, '/');
  if (slash == NULL) return false;
  char name[NAME_MAX + 1];
  snprintf(name, sizeof name, "%s", slash + 1);
  *slash = '\0';
  char parent[PATH_MAX];
  if (realpath(whole[0] != '\0' ? whole : "/", parent) == NULL) return false;
  return snprintf(out, PATH_MAX, "%s/%s", strcmp(parent, "/") == 0 ? "" : parent, name) < PATH_MAX;
}

static bool is_memory(const char *path)
{
  size_t length = strlen(path);
  return length >= 4 && strcmp(path + length - 4, "-shm") == 0;
}

/* True when fd is a file or directory below the root; inode and path (of its present name) come out. */
static bool watched(int fd, uint64_t *inode, char path[PATH_MAX])
{
  if (log_fd < 0 || fd < 0) return false;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n <= 0) return false;
  path[n] = '\0';
  char *deleted = strstr(path, " (deleted)");
  if (deleted != NULL) *deleted = '\0';
  if (below(path, root) == NULL || is_memory(path)) return false;
  struct stat status;
  if (fstat(fd, &status) != 0) return false;
  *inode = status.st_ino;
  return true;
}

static int open_recorded(int directory, const char *path, int flags, mode_t mode)
{
  __typeof__(&openat) call = REAL(openat);
  char absolute[PATH_MAX];
  if (log_fd < 0 || !resolve(directory, path, absolute) || below(absolute, root) == NULL ||
      is_memory(absolute) || !(flags & (O_CREAT | O_TRUNC)))
    return call(directory, path, flags, mode);
  lock();
  struct stat before;
  bool existed = lstat(absolute, &before) == 0;
  int fd = call(directory, path, flags, mode);
  struct stat status;
  if (fd >= 0 && fstat(fd, &status) == 0) {
    if (!existed)
      record(POWERCUT_CREATE, status.st_ino, status.st_mode & 07777, NULL, 0, below(absolute, root), NULL);
    else if (flags & O_TRUNC)
      record(POWERCUT_TRUNCATE, status.st_ino, 0, NULL, 0, NULL, NULL);
  }
  unlock();
  return fd;
}

#define OPEN_BODY(directory)                                                                                 \
  mode_t mode = 0;                                                                                           \
  if (flags & (O_CREAT | __O_TMPFILE)) {                                                                     \
    va_list list;                                                                                            \
    va_start(list, flags);                                                                                   \
    mode = va_arg(list, mode_t);                                                                             \
    va_end(list);                                                                                            \
  }                                                                                                          \
  return open_recorded(directory, path, flags, mode)

int open(const char *path, int flags, ...)
{
  OPEN_BODY(AT_FDCWD);
}
int open64(const char *path, int flags, ...)
{
  OPEN_BODY(AT_FDCWD);
}
int openat(int directory, const char *path, int flags, ...)
{
  OPEN_BODY(directory);
}
int openat64(int directory, const char *path, int flags, ...)
{
  OPEN_BODY(directory);
}
int creat(const char *path, mode_t mode)
{
  return open_recorded(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
/* libc's own makes its file inside itself; ours passes through open_recorded(). */
static int make_temporary(char *template, int flags)
{
  static unsigned counter;
  size_t length = strlen(template);
  for (int i = 0; i < 100; i++) {
    unsigned number =
        ((unsigned)getpid() << 10 ^ __atomic_fetch_add(&counter, 1, __ATOMIC_RELAXED)) & 0xffffff;
    snprintf(template + length - 6, 7, "%06x", number);
    int fd = open_recorded(AT_FDCWD, template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}
int mkstemp(char *template)
{
  return make_temporary(template, 0);
}
int mkostemp(char *template, int flags)
{
  return make_temporary(template, flags);
}
int mkstemp64(char *template)
{
  return make_temporary(template, 0);
}
int mkostemp64(char *template, int flags)
{
  return make_temporary(template, flags);
}

static bool is_answer(const void *bytes, size_t size)
{
  size_t length = strlen(say);
  return length > 0 && size >= length && memmem(bytes, size, say, length) != NULL;
}

/* Writes to sockets that hold an answer are recorded before they leave: a promise counts from here on. */
static void answer(int fd, const void *bytes, size_t size)
{
  struct stat status;
  if (log_fd < 0 || !is_answer(bytes, size) || fstat(fd, &status) != 0 || !S_ISSOCK(status.st_mode)) return;
  lock();
  record(POWERCUT_ANSWER, 0, 0, bytes, size, NULL, NULL);
  unlock();
}

static uint64_t position_of(int fd)
{
  int flags = fcntl(fd, F_GETFL);
  struct stat status;
  if (flags >= 0 && (flags & O_APPEND) && fstat(fd, &status) == 0) return (uint64_t)status.st_size;
  off_t at = lseek(fd, 0, SEEK_CUR);
  return at < 0 ? 0 : (uint64_t)at;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
  __typeof__(&write) call = REAL(write);
  uint64_t inode;
  char path[PATH_MAX];
  if (!watched(fd, &inode, path)) {
    answer(fd, bytes, size);
    return call(fd, bytes, size);
  }
  lock();
  uint64_t at = position_of(fd);
  ssize_t n = call(fd, bytes, size);
  if (n > 0) record(POWERCUT_WRITE, inode, at, bytes, (size_t)n, NULL, NULL);
  unlock();
  return n;
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
  __typeof__(&writev) call = REAL(writev);
  uint64_t inode;
  char path[PATH_MAX];
  if (!watched(fd, &inode, path)) {
    if (log_fd >= 0 && fd != log_fd)
      for (int i = 0; i < count; i++) answer(fd, parts[i].iov_base, parts[i].iov_len);
    return call(fd, parts, count);
  }
  lock();
  uint64_t at = position_of(fd);
  ssize_t n = call(fd, parts, count), left = n;
  for (int i = 0; i < count && left > 0; i++) {
    size_t size = parts[i].iov_len < (size_t)left ? parts[i].iov_len : (size_t)left;
    record(POWERCUT_WRITE, inode, at, parts[i].iov_base, size, NULL, NULL);
    at += size;
    left -= (ssize_t)size;
  }
  unlock();
  return n;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
  __typeof__(&pwrite64) call = REAL(pwrite64);
  uint64_t inode;
  char path[PATH_MAX];
  if (!watched(fd, &inode, path)) return call(fd, bytes, size, offset);
  lock();
  ssize_t n = call(fd, bytes, size, offset);
  if (n > 0) record(POWERCUT_WRITE, inode, (uint64_t)offset, bytes, (size_t)n, NULL, NULL);
  unlock();
  return n;
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
  return pwrite64(fd, bytes, size, offset);
}

ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
  answer(fd, bytes, size);
  return REAL(send)(fd, bytes, size, flags);
}

int ftruncate64(int fd, off64_t length)
{
  __typeof__(&ftruncate64) call = REAL(ftruncate64);
  uint64_t inode;
  char path[PATH_MAX];
  if (!watched(fd, &inode, path)) return call(fd, length);
  lock();
  int rc = call(fd, length);
  if (rc == 0) record(POWERCUT_TRUNCATE, inode, (uint64_t)length, NULL, 0, NULL, NULL);
  unlock();
  return rc;
}
int ftruncate(int fd, off_t length)
{
  return ftruncate64(fd, length);
}

static int sync_recorded(int fd, int (*call)(int))
{
  uint64_t inode;
  char path[PATH_MAX];
  if (!watched(fd, &inode, path)) return call(fd);
  lock();
  int rc = call(fd);
  struct stat status;
  if (rc == 0 && fstat(fd, &status) == 0) {
    if (S_ISDIR(status.st_mode))
      record(POWERCUT_SYNC_DIRECTORY, inode, 0, NULL, 0, below(path, root), NULL);
    else
      record(POWERCUT_SYNC, inode, 0, NULL, 0, NULL, NULL);
  }
  unlock();
  return rc;
}
int fsync(int fd)
{
  return sync_recorded(fd, REAL(fsync));
}
int fdatasync(int fd)
{
  return sync_recorded(fd, REAL(fdatasync));
}

int renameat2(int from_directory, const char *from, int to_directory, const char *to, unsigned flags)
{
  __typeof__(&renameat2) call = REAL(renameat2);
  char a[PATH_MAX], b[PATH_MAX];
  if (log_fd < 0 || !resolve(from_directory, from, a) || !resolve(to_directory, to, b))
    return call(from_directory, from, to_directory, to, flags);
  bool outside = below(b, seen) != NULL, inside = below(a, root) != NULL && below(b, root) != NULL;
  if (!outside && !inside) return call(from_directory, from, to_directory, to, flags);
  lock();
  int rc = call(from_directory, from, to_directory, to, flags);
  if (rc == 0 && inside) record(POWERCUT_RENAME, 0, 0, NULL, 0, below(a, root), below(b, root));
  if (rc == 0 && outside) record(POWERCUT_SEEN, 0, 0, NULL, 0, below(b, seen), NULL);
  unlock();
  return rc;
}
int rename(const char *from, const char *to)
{
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}
int renameat(int from_directory, const char *from, int to_directory, const char *to)
{
  return renameat2(from_directory, from, to_directory, to, 0);
}

int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags)
{
  __typeof__(&linkat) call = REAL(linkat);
  char b[PATH_MAX];
  if (log_fd < 0 || !resolve(to_directory, to, b) || below(b, root) == NULL)
    return call(from_directory, from, to_directory, to, flags);
  lock();
  int rc = call(from_directory, from, to_directory, to, flags);
  struct stat status;
  if (rc == 0 && lstat(b, &status) == 0)
    record(POWERCUT_LINK, status.st_ino, 0, NULL, 0, below(b, root), NULL);
  unlock();
  return rc;
}
int link(const char *from, const char *to)
{
  return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

static int remove_recorded(int directory, const char *path, int flags)
{
  __typeof__(&unlinkat) call = REAL(unlinkat);
  char a[PATH_MAX];
  if (log_fd < 0 || !resolve(directory, path, a) || below(a, root) == NULL || is_memory(a))
    return call(directory, path, flags);
  lock();
  int rc = call(directory, path, flags);
  if (rc == 0) record(POWERCUT_UNLINK, 0, 0, NULL, 0, below(a, root), NULL);
  unlock();
  return rc;
}
int unlink(const char *path)
{
  return remove_recorded(AT_FDCWD, path, 0);
}
int unlinkat(int directory, const char *path, int flags)
{
  return remove_recorded(directory, path, flags);
}
int rmdir(const char *path)
{
  return remove_recorded(AT_FDCWD, path, AT_REMOVEDIR);
}

int mkdirat(int directory, const char *path, mode_t mode)
{
  __typeof__(&mkdirat) call = REAL(mkdirat);
  char a[PATH_MAX];
  if (log_fd < 0 || !resolve(directory, path, a) || below(a, root) == NULL)
    return call(directory, path, mode);
  lock();
  int rc = call(directory, path, mode);
  if (rc == 0) record(POWERCUT_MAKE_DIRECTORY, 0, mode, NULL, 0, below(a, root), NULL);
  unlock();
  return rc;
}
int mkdir(const char *path, mode_t mode)
{
  return mkdirat(AT_FDCWD, path, mode);
}
