/* Crash points of test builds: the process kills itself where the environment says so. What to do is read and
 * the list is opened before main, since a sandbox entered later would keep both away. */
#include "lib/base/crash.h"

#ifdef KIEZPOST_TEST_HOOKS

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *crash_name;
static int crash_countdown = 1;
static int list_fd = -1;

/* "name" or "name:N". */
static void read_crash_at(const char *text)
{
  const char *colon = strrchr(text, ':');
  guint64 count = 0;
  if (colon && g_ascii_string_to_unsigned(colon + 1, 10, 1, 1000000000, &count, NULL)) {
    crash_name = g_strndup(text, (gsize)(colon - text));
    crash_countdown = (int)count;
  } else {
    crash_name = g_strdup(text);
  }
}

__attribute__((constructor)) static void crash_prepare(void)
{
  const char *at = getenv("KIEZPOST_CRASH_AT");
  const char *list = getenv("KIEZPOST_CRASH_LIST");
  if (at && *at) read_crash_at(at);
  if (list && *list) list_fd = open(list, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

void crash_point(const char *name)
{
  if (list_fd >= 0) {
    g_autofree char *line = g_strconcat(name, "\n", NULL);
    ssize_t written = write(list_fd, line, strlen(line));
    (void)written;
  }
  if (crash_name && strcmp(crash_name, name) == 0 && g_atomic_int_dec_and_test(&crash_countdown))
    kill(getpid(), SIGKILL);
}

#else
typedef int crash_is_empty_in_a_release;
#endif
