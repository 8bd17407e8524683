/* Files that survive: whole or not at all, also when the disk is full. */
#include "lib/base/durable.h"
#include "lib/base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

static char *directory, *path;

static int set_up(void **state)
{
  (void)state;
  directory = g_dir_make_tmp("durable-XXXXXX", NULL);
  path = g_build_filename(directory, "file", NULL);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  g_unlink(path);
  int left = g_rmdir(directory);
  g_free(path);
  g_free(directory);
  return left;
}

static void assert_holds(const char *text)
{
  g_autofree char *found = NULL;
  assert_true(g_file_get_contents(path, &found, NULL, NULL));
  assert_string_equal(found, text);
}

static int files_in(const char *where)
{
  g_autoptr(GDir) open_directory = g_dir_open(where, 0, NULL);
  int count = 0;
  while (g_dir_read_name(open_directory)) count++;
  return count;
}

static void replacing_leaves_one_file_with_the_mode_asked_for(void **state)
{
  (void)state;
  struct stat about;
  mode_t before = umask(077);
  assert_true(durable_replace(path, "old", 3, 0600, NULL));
  assert_true(durable_replace(path, "new words", 9, 0644, NULL));
  umask(before);
  assert_holds("new words");
  assert_int_equal(stat(path, &about), 0);
  assert_int_equal(about.st_mode & 07777, 0644);
  assert_int_equal(files_in(directory), 1);
}

/* A reader that opened the old file keeps it; one that opens now gets the new one: never a mixture. */
static void a_reader_sees_the_old_or_the_new_bytes_whole(void **state)
{
  (void)state;
  char bytes[16] = { 0 };
  assert_true(durable_replace(path, "the old one", 11, 0600, NULL));
  int fd = open(path, O_RDONLY);
  assert_true(durable_replace(path, "N", 1, 0600, NULL));
  assert_int_equal(read(fd, bytes, sizeof bytes), 11);
  assert_string_equal(bytes, "the old one");
  close(fd);
  assert_holds("N");
}

static void with_full_disk(void (*act)(void))
{
  struct rlimit before, none;
  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
  none = before;
  none.rlim_cur = 4096;
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
  act();
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
  signal(SIGXFSZ, handler);
}

static void replace_with_too_much(void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *large = g_strnfill(100000, 'x');
  assert_false(durable_replace(path, large, 100000, 0600, &error));
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  assert_non_null(strstr(error->message, path));
}

static void a_full_disk_is_temporary_and_keeps_the_old_file(void **state)
{
  (void)state;
  assert_true(durable_replace(path, "old", 3, 0600, NULL));
  with_full_disk(replace_with_too_much);
  assert_holds("old");
  assert_int_equal(files_in(directory), 1); /* no leftover that fills it further */
}

static void a_missing_directory_is_a_fault_that_names_it(void **state)
{
  (void)state;
  g_autofree char *nowhere = g_build_filename(directory, "none", "file", NULL);
  g_autoptr(GError) error = NULL;
  assert_false(durable_replace(nowhere, "x", 1, 0600, &error));
  assert_int_equal(fault_of(error), FAULT_FILE);
  assert_non_null(strstr(error->message, "none"));
  g_clear_error(&error);
  assert_false(durable_sync_directory(nowhere, &error));
  assert_int_equal(fault_of(error), FAULT_FILE);
}

static void writing_to_a_closed_descriptor_fails(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  close(ends[0]);
  void (*handler)(int) = signal(SIGPIPE, SIG_IGN);
  assert_false(durable_write(ends[1], "x", 1, &error));
  signal(SIGPIPE, handler);
  close(ends[1]);
  assert_int_equal(fault_of(error), FAULT_FILE);
}

static void directories_are_made_with_their_mode_and_old_ones_left_alone(void **state)
{
  (void)state;
  g_autofree char *a = g_build_filename(directory, "a", NULL);
  g_autofree char *b = g_build_filename(a, "b", NULL);
  g_autofree char *c = g_build_filename(b, "c", NULL);
  struct stat about;
  assert_int_equal(g_mkdir(a, 0711), 0);
  mode_t before = umask(077);
  assert_true(durable_make_directories(c, 0750, NULL));
  assert_true(durable_make_directories(c, 0777, NULL));
  umask(before);
  assert_int_equal(stat(a, &about), 0);
  assert_int_equal(about.st_mode & 07777, 0711);
  assert_int_equal(stat(b, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0750);
  assert_int_equal(stat(c, &about), 0);
  assert_int_equal(about.st_mode & 0777, 0750);
  g_rmdir(c);
  g_rmdir(b);
  g_rmdir(a);
}

static void a_file_in_the_way_of_a_directory_is_a_fault(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  g_autofree char *below = g_build_filename(path, "x", NULL);
  assert_true(durable_replace(path, "", 0, 0600, NULL));
  assert_false(durable_make_directories(below, 0750, &error));
  assert_int_equal(fault_of(error), FAULT_FILE);
  g_clear_error(&error);
  assert_false(durable_make_directories(path, 0750, &error));
  assert_non_null(strstr(error->message, path));
}

static void sweeping_removes_leftovers_and_nothing_else(void **state)
{
  (void)state;
  static const char *const names[] = { ".tmp-abc123", ".tmp-x", "kept", ".tmpkept", "kept.tmp-1" };
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *file = g_build_filename(directory, names[i], NULL);
    g_file_set_contents(file, "", 0, NULL);
  }
  assert_int_equal(durable_sweep(directory, NULL), 2);
  assert_int_equal(durable_sweep(directory, NULL), 0);
  for (gsize i = 2; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *file = g_build_filename(directory, names[i], NULL);
    assert_int_equal(g_unlink(file), 0);
  }
  g_autofree char *nowhere = g_build_filename(directory, "none", NULL);
  g_autoptr(GError) error = NULL;
  assert_int_equal(durable_sweep(nowhere, &error), -1);
  assert_non_null(error);
}

static void a_batch_gives_names_together_and_a_dropped_one_leaves_nothing(void **state)
{
  (void)state;
  g_autofree char *second = g_build_filename(directory, "second", NULL);
  assert_true(durable_replace(path, "old", 3, 0600, NULL));
  struct durable_batch *batch = durable_batch_new();
  assert_true(durable_batch_add(batch, path, "new", 3, 0644, NULL));
  assert_true(durable_batch_add(batch, second, "more", 4, 0644, NULL));
  assert_holds("old"); /* nothing shows before all is settled */
  assert_int_equal(access(second, F_OK), -1);
  assert_true(durable_batch_settle(batch, NULL));
  assert_holds("new");
  assert_int_equal(access(second, F_OK), 0);
  assert_true(durable_batch_add(batch, path, "dropped", 7, 0644, NULL));
  durable_batch_free(batch);
  assert_holds("new");
  assert_int_equal(files_in(directory), 2);
  assert_int_equal(g_unlink(second), 0);
}

static void a_batch_of_more_than_can_be_open_at_once_is_settled_on_the_way(void **state)
{
  (void)state;
  struct durable_batch *batch = durable_batch_new();
  for (int i = 0; i < 600; i++) {
    g_autofree char *name = g_strdup_printf("%s/%d", directory, i);
    assert_true(durable_batch_add(batch, name, "x", 1, 0600, NULL));
  }
  assert_true(durable_batch_settle(batch, NULL));
  durable_batch_free(batch);
  assert_int_equal(files_in(directory), 600);
  for (int i = 0; i < 600; i++) {
    g_autofree char *name = g_strdup_printf("%s/%d", directory, i);
    assert_int_equal(g_unlink(name), 0);
  }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(replacing_leaves_one_file_with_the_mode_asked_for),
    CASE(a_reader_sees_the_old_or_the_new_bytes_whole),
    CASE(a_full_disk_is_temporary_and_keeps_the_old_file),
    CASE(a_batch_gives_names_together_and_a_dropped_one_leaves_nothing),
    CASE(a_batch_of_more_than_can_be_open_at_once_is_settled_on_the_way),
    CASE(a_missing_directory_is_a_fault_that_names_it),
    CASE(writing_to_a_closed_descriptor_fails),
    CASE(directories_are_made_with_their_mode_and_old_ones_left_alone),
    CASE(a_file_in_the_way_of_a_directory_is_a_fault),
    CASE(sweeping_removes_leftovers_and_nothing_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
