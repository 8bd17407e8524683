/* What a process can do from inside its sandbox, tried by itself. The list is read and the file for the
 * verdicts is opened before the sandbox is entered, which would keep both away. A program is tried in a
 * child, since this process would be gone if it were allowed. */
#include "lib/base/sandbox_try.h"

#ifdef KIEZPOST_TEST_HOOKS

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SUMMER = 1782900000, BERLIN_SUMMER_SECONDS = 7200, NOT_RIGHT = EILSEQ };

static char **lines;
static int verdicts = -1;

void sandbox_try_prepare(void)
{
  const char *path = g_getenv("KIEZPOST_SANDBOX_TRY");
  g_autofree char *text = NULL;
  if (!path || !g_file_get_contents(path, &text, NULL, NULL)) return;
  g_autofree char *said = g_strconcat(path, ".said", NULL);
  lines = g_strsplit(g_strchomp(text), "\n", -1);
  verdicts = open(said, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

/* Each try returns 0 or an errno. */

static int try_open(const char *path, int flags)
{
  int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0600);
  if (fd < 0) return errno;
  close(fd);
  return 0;
}

static int try_read(const char *path)
{
  return try_open(path, O_RDONLY);
}

static int try_write(const char *path)
{
  return try_open(path, O_WRONLY);
}

static int try_create(const char *directory)
{
  g_autofree char *path = g_strdup_printf("%s/.try-%d", directory, (int)getpid());
  int why = try_open(path, O_WRONLY | O_CREAT | O_EXCL);
  return why ? why : unlink(path) == 0 ? 0 : errno;
}

static int try_socket(int type, int (*use)(int, const struct sockaddr *, socklen_t), int port)
{
  struct sockaddr_in where = { .sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                               .sin_port = htons((uint16_t)port) };
  int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  int why = use && use(fd, (const struct sockaddr *)&where, sizeof where) != 0 ? errno : 0;
  close(fd);
  return why;
}

static int try_connect(const char *port)
{
  return try_socket(SOCK_STREAM, connect, (int)g_ascii_strtoll(port, NULL, 10));
}

static int try_udp(const char *nothing)
{
  (void)nothing;
  return try_socket(SOCK_DGRAM, NULL, 0);
}

static int try_listen(const char *nothing)
{
  (void)nothing;
  return try_socket(SOCK_STREAM, bind, 0);
}

static int try_exec(const char *program)
{
  int status;
  pid_t child = fork();
  if (child == 0) {
    execl(program, program, (char *)NULL);
    _exit(errno);
  }
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
}

static int try_charset(const char *name)
{
  bool is_russian = strcmp(name, "koi8-r") == 0;
  g_autofree char *text = g_convert(is_russian ? "\xed" : "\xfc", 1, "UTF-8", name, NULL, NULL, NULL);
  return g_strcmp0(text, is_russian ? "М" : "ü") == 0 ? 0 : NOT_RIGHT;
}

static int try_zone(const char *name)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(name);
  if (!zone) return ENOENT;
  int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, SUMMER);
  return g_time_zone_get_offset(zone, interval) == BERLIN_SUMMER_SECONDS ? 0 : NOT_RIGHT;
}

static const struct {
  const char *word;
  int (*try)(const char *argument);
} tries[] = { { "read", try_read },       { "write", try_write },     { "create", try_create },
              { "connect", try_connect }, { "udp", try_udp },         { "listen", try_listen },
              { "exec", try_exec },       { "charset", try_charset }, { "zone", try_zone } };

/* The verdict on one line. */
static const char *try_line(const char *line)
{
  for (gsize i = 0; i < G_N_ELEMENTS(tries); i++) {
    gsize length = strlen(tries[i].word);
    if (strncmp(line, tries[i].word, length) != 0 || (line[length] && line[length] != ' ')) continue;
    int why = tries[i].try(line[length] ? line + length + 1 : "");
    return why ? g_strerror(why) : "allowed";
  }
  return "not known";
}

void sandbox_try_all(const char *process)
{
  for (char **line = lines; line && *line && verdicts >= 0; line++)
    dprintf(verdicts, "%s %s: %s\n", process, *line, try_line(*line));
}

#else
typedef int sandbox_try_is_empty_in_a_release;
#endif
