/* Waking one another: a nudge arrives, many are one, a missing one hurts nobody. */
#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/wake.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

static char *directory;

static int set_up(void **state)
{
  (void)state;
  directory = g_dir_make_tmp("wake-XXXXXX", NULL);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  g_autofree char *path = g_build_filename(directory, "work.wake", NULL);
  g_unlink(path);
  int left = g_rmdir(directory);
  g_free(directory);
  return left;
}

static void a_nudge_wakes_and_many_are_one(void **state)
{
  (void)state;
  int fd = wake_listen(directory, "work", NULL);
  assert_true(fd >= 0);
  assert_false(wake_wait(fd, 0));
  for (int i = 0; i < 100; i++)
    wake_send(directory, "work"); /* more than a socket's queue holds: must not block */
  assert_true(wake_wait(fd, 1000));
  assert_false(wake_wait(fd, 0));
  close(fd);
}

static void waiting_ends_at_the_timeout(void **state)
{
  (void)state;
  int fd = wake_listen(directory, "work", NULL);
  int64_t before = clock_monotonic_ms();
  assert_false(wake_wait(fd, 50));
  assert_in_range(clock_monotonic_ms() - before, 49, 5000);
  close(fd);
}

static void nobody_listening_is_no_error(void **state)
{
  (void)state;
  wake_send(directory, "work");
  wake_send("/nonexistent", "work");
  int fd = wake_listen(directory, "work", NULL);
  close(fd); /* the socket file stays behind, dead */
  wake_send(directory, "work");
}

static void a_stale_socket_is_replaced(void **state)
{
  (void)state;
  close(wake_listen(directory, "work", NULL));
  int fd = wake_listen(directory, "work", NULL);
  assert_true(fd >= 0);
  wake_send(directory, "work");
  assert_true(wake_wait(fd, 1000));
  close(fd);
}

static void who_listens_keeps_the_socket(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  int fd = wake_listen(directory, "work", NULL);
  assert_int_equal(wake_listen(directory, "work", &error), -1);
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  wake_send(directory, "work");
  assert_true(wake_wait(fd, 1000));
  close(fd);
}

static void a_missing_directory_is_a_fault(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  assert_int_equal(wake_listen("/nonexistent", "work", &error), -1);
  assert_int_equal(fault_of(error), FAULT_FILE);
}

static void a_path_longer_than_a_socket_address_works(void **state)
{
  (void)state;
  g_autofree char *name = g_strnfill(120, 'd');
  g_autofree char *deep = g_build_filename(directory, name, NULL);
  g_autofree char *path = g_build_filename(deep, "work.wake", NULL);
  assert_int_equal(g_mkdir(deep, 0700), 0);
  int fd = wake_listen(deep, "work", NULL);
  assert_true(fd >= 0);
  assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
  wake_send(deep, "work");
  assert_true(wake_wait(fd, 1000));
  close(fd);
  g_unlink(path);
  g_rmdir(deep);
}

static void on_alarm(int number)
{
  (void)number;
}

static void a_signal_ends_the_waiting(void **state)
{
  (void)state;
  struct sigaction action = { .sa_handler = on_alarm }, before;
  sigaction(SIGALRM, &action, &before);
  int fd = wake_listen(directory, "work", NULL);
  ualarm(20000, 20000);
  int64_t start = clock_monotonic_ms();
  assert_false(wake_wait(fd, 20000));
  ualarm(0, 0);
  assert_in_range(clock_monotonic_ms() - start, 0, 10000);
  sigaction(SIGALRM, &before, NULL);
  close(fd);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_nudge_wakes_and_many_are_one), CASE(waiting_ends_at_the_timeout),
    CASE(nobody_listening_is_no_error),   CASE(a_stale_socket_is_replaced),
    CASE(who_listens_keeps_the_socket),   CASE(a_path_longer_than_a_socket_address_works),
    CASE(a_missing_directory_is_a_fault), CASE(a_path_longer_than_a_socket_address_works),
    CASE(a_signal_ends_the_waiting),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
