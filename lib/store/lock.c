/* A fair lock between processes, from two locks on one file.
 *
 * flock(2) is the lock itself: it dies with its process and anybody may take it by hand (flock(1)) to keep
 * kiezpost from writing. On its own it is not fair: a process that releases it and asks again at once is back
 * before the waiter has woken up. So whoever wants it first takes the turn, a record lock on the same file
 * (the two sorts do not see each other), and gives the turn back when it has the lock. The one that wants it
 * again finds the turn taken and waits behind.
 *
 * Neither call knows a timeout, and polling would give up the queue. So a timer sends this thread a signal
 * whose handler does nothing: the call ends with EINTR and the caller hears "not to be had". */
#include "lib/store/lock.h"
#include "lib/base/fault.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int lock_open(const char *path, GError **error)
{
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) fault_set_errno(error, FAULT_FILE, errno, "The lock file %s cannot be opened", path);
  return fd;
}

/* Takes or gives back the turn; false: taken by another (no waiting) or interrupted. */
static bool turn(int fd, short type, bool wait)
{
  struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 1 };
  return fcntl(fd, wait ? F_OFD_SETLKW : F_OFD_SETLK, &range) == 0;
}

static bool take_now(int fd)
{
  if (!turn(fd, F_WRLCK, false)) return false;
  bool has_it = flock(fd, LOCK_EX | LOCK_NB) == 0;
  turn(fd, F_UNLCK, false);
  return has_it;
}

static void wake(int signal_number)
{
  (void)signal_number;
}

enum { WAKE_SIGNAL_OFFSET = 7 };

/* A timer that interrupts this thread after `ms`, and then again and again: the first might come between two
 * calls. */
static bool start_alarm(timer_t *timer, int ms)
{
  int number = SIGRTMIN + WAKE_SIGNAL_OFFSET;
  struct sigaction action = { .sa_handler = wake };
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  if (sigaction(number, &action, NULL) != 0 || pthread_sigmask(SIG_UNBLOCK, &set, NULL) != 0) return false;
  struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = number };
  event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
  if (timer_create(CLOCK_MONOTONIC, &event, timer) != 0) return false;
  struct itimerspec when = { .it_value = { ms / 1000, ms % 1000 * 1000000L + 1 },
                             .it_interval = { 0, 20000000 } };
  return timer_settime(*timer, 0, &when, NULL) == 0;
}

bool lock_take(int fd, int patience_ms)
{
  if (take_now(fd)) return true;
  timer_t timer;
  if (patience_ms <= 0 || !start_alarm(&timer, patience_ms)) return false;
  gint64 end = g_get_monotonic_time() + patience_ms * (gint64)1000;
  bool has_turn = false, has_lock = false;
  /* Other signals interrupt too; only the clock ends the wait. */
  while (!has_turn && !(has_turn = turn(fd, F_WRLCK, true)) && errno == EINTR && g_get_monotonic_time() < end)
    continue;
  while (has_turn && !(has_lock = flock(fd, LOCK_EX) == 0) && errno == EINTR && g_get_monotonic_time() < end)
    continue;
  timer_delete(timer);
  if (has_turn) turn(fd, F_UNLCK, false);
  return has_lock;
}

void lock_release(int fd)
{
  flock(fd, LOCK_UN);
}
