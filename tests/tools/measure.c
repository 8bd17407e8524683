/* measure COMMAND…: runs it and prints one line to file descriptor 3 (or standard error):
 *   wall_s=… user_s=… sys_s=… rss_mb=… status=…
 * rss_mb is the most that the command itself or any waited-for child of it used at once (ru_maxrss). SIGTERM
 * and SIGINT are handed on. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t child;

static void hand_on(int signal_number)
{
  if (child > 0) kill((pid_t)child, signal_number);
}

static double seconds(struct timeval time)
{
  return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
  if (argc < 2) {
    fputs("usage: measure COMMAND…\n", stderr);
    return 64;
  }
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  pid_t pid = fork();
  if (pid < 0) return 71;
  if (pid == 0) {
    execvp(argv[1], argv + 1);
    perror(argv[1]);
    _exit(127);
  }
  child = pid;
  signal(SIGTERM, hand_on);
  signal(SIGINT, hand_on);
  int status = 0;
  struct rusage usage;
  while (wait4(pid, &status, 0, &usage) < 0) {
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  double wall = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  char line[200];
  int length =
      snprintf(line, sizeof line, "wall_s=%.3f user_s=%.3f sys_s=%.3f rss_mb=%.1f status=%d\n", wall,
               seconds(usage.ru_utime), seconds(usage.ru_stime), (double)usage.ru_maxrss / 1024, code);
  if (write(3, line, (size_t)length) < 0 && write(2, line, (size_t)length) < 0) return 74;
  return code;
}
