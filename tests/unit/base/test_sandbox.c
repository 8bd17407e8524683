/* The sandbox, from inside: each case runs in a process of its own, enters, tries, and says what happened by
 * its exit status. Where the kernel has no Landlock or seccomp the cases are skipped, unless REQUIRE names
 * the sandbox. */
#include "lib/base/clock.h"
#include "lib/base/durable.h"
#include "lib/base/keys.h"
#include "lib/base/sandbox.h"
#include "lib/base/wake.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

static char *directory, *mine, *readable, *foreign;
static int listener; /* TCP, on a free port of the loopback, made before the sandbox */
static struct sockaddr_in address;

static int set_up(void **state)
{
  (void)state;
  socklen_t size = sizeof address;
  directory = g_dir_make_tmp("sandbox-XXXXXX", NULL);
  mine = g_build_filename(directory, "mine", NULL);
  readable = g_build_filename(directory, "readable", NULL);
  foreign = g_build_filename(directory, "foreign", NULL);
  g_mkdir(mine, 0700);
  g_file_set_contents(readable, "seen", 4, NULL);
  g_file_set_contents(foreign, "secret", 6, NULL);
  listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 5) != 0) return -1;
  return getsockname(listener, (struct sockaddr *)&address, &size);
}

static int tear_down(void **state)
{
  (void)state;
  close(listener);
  g_unlink(readable);
  g_unlink(foreign);
  g_rmdir(mine);
  int left = g_rmdir(directory);
  g_free(mine);
  g_free(readable);
  g_free(foreign);
  g_free(directory);
  return left;
}

enum { FINE = 0, CANNOT_ENTER = 99 };

static bool enter(enum sandbox_network network)
{
  const char *const writable[] = { mine, "/nonexistent/passed/over", NULL };
  const char *const read_only[] = { readable, NULL };
  const struct sandbox sandbox = {
    .process = "test", .writable = writable, .readable = read_only, .network = network
  };
  g_autoptr(GError) error = NULL;
  if (sandbox_enter(&sandbox, &error)) return true;
  print_message("# %s\n", error->message);
  return false;
}

/* Runs `act` inside; it returns 0 or the number of what went wrong. */
static void inside(enum sandbox_network network, int (*act)(void))
{
  int status;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) _exit(enter(network) ? act() : CANNOT_ENTER);
  assert_int_equal(waitpid(child, &status, 0), child);
  if (WIFEXITED(status) && WEXITSTATUS(status) == CANNOT_ENTER) {
    const char *require = g_getenv("REQUIRE");
    if (require && strstr(require, "sandbox"))
      fail_msg("this kernel has no whole sandbox, and it is required here");
    skip();
  }
  assert_true(WIFEXITED(status)); /* refused means an error, not a kill */
  assert_int_equal(WEXITSTATUS(status), FINE);
}

static bool is_refused(int result)
{
  return result < 0 && (errno == EPERM || errno == EACCES);
}

/* ---- network
 * ------------------------------------------------------------------------------------------------------ */

static int only_unix_sockets(void)
{
  static const int families[] = { AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK };
  for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
    if (!is_refused(socket(families[i], SOCK_STREAM, 0)) || !is_refused(socket(families[i], SOCK_DGRAM, 0)))
      return 1 + (int)i;
  /* the kernel looks at 32 bits of the family only; the filter must not be fooled by the rest */
  if (!is_refused((int)syscall(SYS_socket, (1L << 32) | AF_INET, SOCK_STREAM, 0))) return 20;
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 21;
  int fd = wake_listen(mine, "test", NULL);
  if (fd < 0) return 22;
  wake_send(mine, "test");
  if (!wake_wait(fd, 2000)) return 23;
  g_autofree char *socket_path = g_build_filename(mine, "test.wake", NULL);
  return unlink(socket_path) == 0 ? FINE : 24;
}

static void without_network_there_are_unix_sockets_only(void **state)
{
  (void)state;
  inside(SANDBOX_NO_NETWORK, only_unix_sockets);
}

static int connect_but_never_listen(void)
{
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return 1;
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) return 2;
  struct sockaddr_in any = { .sin_family = AF_INET };
  int server = socket(AF_INET, SOCK_STREAM, 0);
  if (!is_refused(bind(server, (struct sockaddr *)&any, sizeof any))) return 3;
  if (!is_refused(listen(server, 1))) return 4;
  if (!is_refused(socket(AF_PACKET, SOCK_RAW, 0))) return 5;
  if (!is_refused((int)syscall(SYS_socket, (1L << 32) | AF_PACKET, SOCK_RAW, 0))) return 6;
  struct addrinfo *found = NULL, hints = { .ai_family = AF_UNSPEC, .ai_flags = AI_ADDRCONFIG };
  if (getaddrinfo("localhost", "25", &hints, &found) != 0) return 7; /* hosts, services, nsswitch */
  freeaddrinfo(found);
  return FINE;
}

static void the_sender_connects_and_resolves_but_never_listens(void **state)
{
  (void)state;
  inside(SANDBOX_CONNECT, connect_but_never_listen);
}

static int accept_but_never_connect(void)
{
  int fd = accept(listener, NULL, NULL);
  if (fd < 0) return 1;
  if (!is_refused(socket(AF_INET, SOCK_STREAM, 0))) return 2;
  if (!is_refused(socket(AF_INET6, SOCK_DGRAM, 0))) return 3;
  /* an accepted connection, dissolved and pointed elsewhere, is a new connection (Landlock from ABI 4 on) */
  struct sockaddr nobody = { .sa_family = AF_UNSPEC };
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
  if (version >= 4 && connect(fd, &nobody, sizeof nobody) == 0 &&
      !is_refused(connect(fd, (struct sockaddr *)&address, sizeof address)))
    return 4;
  return FINE;
}

static void the_receiver_accepts_but_never_connects(void **state)
{
  (void)state;
  int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  assert_int_equal(connect(client, (struct sockaddr *)&address, sizeof address), 0);
  inside(SANDBOX_ACCEPT, accept_but_never_connect);
  close(client);
}

/* ---- programs and the system
 * -------------------------------------------------------------------------------------- */

static int never_exec(void)
{
  char *const arguments[] = { (char *)"/bin/true", NULL };
  char *const nothing[] = { NULL };
  execv("/bin/true", arguments);
  if (errno != EPERM && errno != EACCES) return 1;
  int fd = open("/usr/lib/os-release", O_RDONLY);
  if (!is_refused((int)syscall(SYS_execveat, fd, "", arguments, nothing, AT_EMPTY_PATH))) return 2;
  if (!is_refused(unshare(CLONE_NEWUSER))) return 3;
  if (!is_refused((int)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0))) return 4;
  if (!is_refused((int)syscall(SYS_io_uring_setup, 1, NULL))) return 5;
  if (!is_refused((int)syscall(SYS_bpf, 0, NULL, 0))) return 6;
  if (!is_refused((int)syscall(SYS_keyctl, 0, 0, 0, 0, 0))) return 7;
  if (!is_refused((int)syscall(SYS_userfaultfd, 0))) return 8;
#ifndef __SANITIZE_ADDRESS__
  if (!is_refused((int)ptrace(PTRACE_TRACEME, 0, NULL, NULL))) return 9;
#endif
  return FINE;
}

static void no_program_is_started_and_no_namespace_made(void **state)
{
  (void)state;
  inside(SANDBOX_NO_NETWORK, never_exec);
  inside(SANDBOX_CONNECT, never_exec);
}

static gpointer read_foreign(gpointer unused)
{
  (void)unused;
  int fd = open(foreign, O_RDONLY);
  return GINT_TO_POINTER(fd < 0 && errno == EACCES && is_refused(socket(AF_INET, SOCK_STREAM, 0)) ? 1 : 0);
}

static int threads_are_inside(void)
{
  return g_thread_join(g_thread_new("inside", read_foreign, NULL)) ? FINE : 1;
}

static void threads_started_later_are_inside(void **state)
{
  (void)state;
  inside(SANDBOX_NO_NETWORK, threads_are_inside);
}

static gpointer sleep_long(gpointer unused)
{
  (void)unused;
  g_usleep(30 * G_USEC_PER_SEC);
  return NULL;
}

static void threads_started_before_are_told_about(void **state)
{
  (void)state;
  int status;
  pid_t child = fork();
  if (child == 0) {
    const struct sandbox sandbox = { .process = "test" };
    g_autoptr(GError) error = NULL;
    g_thread_new("early", sleep_long, NULL);
    _exit(!sandbox_enter(&sandbox, &error) && strstr(error->message, "test:") ? FINE : 1);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status) && WEXITSTATUS(status) == FINE);
}

/* ---- files
 * -------------------------------------------------------------------------------------------------------- */

static int files_by_the_list(void)
{
  g_autofree char *file = g_build_filename(mine, "file", NULL);
  g_autofree char *below = g_build_filename(mine, "a", "b", NULL);
  g_autofree char *linked = g_build_filename(below, "linked", NULL);
  g_autofree char *text = NULL;
  if (!is_refused(open(foreign, O_RDONLY)) || !is_refused(open(foreign, O_WRONLY))) return 1;
  if (!is_refused(open("/etc/passwd", O_RDONLY)) || !is_refused(open(directory, O_RDONLY | O_DIRECTORY)))
    return 2;
  if (!is_refused(unlink(foreign)) || !is_refused(rename(foreign, file))) return 3;
  if (!g_file_get_contents(readable, &text, NULL, NULL) || !is_refused(open(readable, O_WRONLY))) return 4;
  if (!durable_replace(file, "x", 1, 0600, NULL) || !durable_make_directories(below, 0700, NULL)) return 5;
  if (link(file, linked) != 0 || rename(linked, file) != 0) return 6; /* between directories: REFER */
  if (truncate(file, 0) != 0 || unlink(linked) != 0 || unlink(file) != 0) return 7;
  if (rmdir(below) != 0) return 8;
  *strrchr(below, '/') = '\0';
  if (rmdir(below) != 0) return 9;
  int null = open("/dev/null", O_RDWR);
  if (null < 0 || write(null, "x", 1) != 1) return 10;
  if (!is_refused(truncate("/usr/share/zoneinfo/tzdata.zi", 0))) return 11;
  return FINE;
}

static void files_are_by_the_list_and_no_others(void **state)
{
  (void)state;
  inside(SANDBOX_NO_NETWORK, files_by_the_list);
}

static int secrets_work(void)
{
  g_autofree char *path = g_build_filename(mine, "keys", NULL);
  if (!keys_create(path, 0, NULL) || !keys_rotate(path, 0, NULL)) return 1;
  g_autoptr(keys_t) keys = keys_load(path, NULL);
  unsigned char mac[32];
  if (!keys) return 2;
  keys_hmac(keys_log_secret(keys), "x", 1, mac);
  return unlink(path) == 0 ? FINE : 3;
}

static void random_bytes_and_signatures_work_inside(void **state)
{
  (void)state;
  inside(SANDBOX_NO_NETWORK, secrets_work);
}

/* ---- charsets and zones
 * ------------------------------------------------------------------------------------------- */

static int charsets_work(void)
{
  static const struct {
    const char *charset, *bytes, *utf8;
  } cases[] = {
    { "iso-8859-1", "Gr\xfcnau", "Grünau" },
    { "koi8-r", "\xed\xce\xc5", "Мне" },
    { "windows-1252", "\x80", "€" },
    { "iso-2022-jp", "\x1b$B\x24\x22\x1b(B", "あ" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *text = g_convert(cases[i].bytes, -1, "UTF-8", cases[i].charset, NULL, NULL, NULL);
    if (!text || strcmp(text, cases[i].utf8) != 0) return 1 + (int)i;
    iconv_t conversion = iconv_open("UTF-8", cases[i].charset);
    if (conversion == (iconv_t)-1) return 10 + (int)i;
    iconv_close(conversion);
  }
  return FINE;
}

static void charsets_of_mail_are_read_inside(void **state)
{
  (void)state;
  inside(SANDBOX_NO_NETWORK, charsets_work);
}

static int zones_work(void)
{
  g_autofree char *berlin = clock_format_in(INT64_C(1782000000), "Europe/Berlin");
  g_autofree char *istanbul = clock_format_in(INT64_C(1782000000), "Europe/Istanbul");
  if (strcmp(berlin, "2026-06-21T02:00:00+02:00") != 0) return 1;
  if (strcmp(istanbul, "2026-06-21T03:00:00+03:00") != 0) return 2;
  g_autoptr(GDateTime) local = g_date_time_new_now_local();
  return local ? FINE : 3;
}

static void zones_are_known_inside(void **state)
{
  (void)state;
  inside(SANDBOX_NO_NETWORK, zones_work);
}

/* ---- root
 * ---------------------------------------------------------------------------------------------------------
 */

static void root_becomes_the_owner_and_stays_it(void **state)
{
  (void)state;
  int status;
  if (geteuid() != 0) {
    assert_true(sandbox_become_owner_of("/nonexistent", NULL)); /* nothing to do, nothing looked at */
    return;
  }
  assert_int_equal(chown(mine, 65534, 65533), 0);
  pid_t child = fork();
  if (child == 0) {
    if (!sandbox_become_owner_of(mine, NULL)) _exit(1);
    _exit(geteuid() == 65534 && getegid() == 65533 && getgroups(0, NULL) == 0 && setuid(0) != 0 ? FINE : 2);
  }
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), FINE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(without_network_there_are_unix_sockets_only),
    CASE(the_sender_connects_and_resolves_but_never_listens),
    CASE(the_receiver_accepts_but_never_connects),
    CASE(no_program_is_started_and_no_namespace_made),
    CASE(threads_started_later_are_inside),
    CASE(threads_started_before_are_told_about),
    CASE(files_are_by_the_list_and_no_others),
    CASE(random_bytes_and_signatures_work_inside),
    CASE(charsets_of_mail_are_read_inside),
    CASE(zones_are_known_inside),
    CASE(root_becomes_the_owner_and_stays_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
