/* Archives: what comes out is what went in, and what was cut off, changed or forged is not believed. */
#include "lib/base/fault.h"
#include "lib/base/tar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

static char *directory, *archive, *out;

static int set_up(void **state)
{
  (void)state;
  directory = g_dir_make_tmp("tar-XXXXXX", NULL);
  archive = g_build_filename(directory, "a.tar", NULL);
  out = g_build_filename(directory, "out", NULL);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  for (int i = 0; i < 8; i++) {
    g_autofree char *path = g_strdup_printf("%s%d", out, i);
    g_unlink(path);
  }
  g_unlink(archive);
  int left = g_rmdir(directory);
  g_free(archive);
  g_free(out);
  g_free(directory);
  return left;
}

static const char big[] = "A body of more than one block. ";

/* "first" (a few bytes), "empty", and "big" (2,000 bytes from a file). */
static void make_archive(void)
{
  g_autoptr(GString) text = g_string_new(NULL);
  while (text->len < 2000) g_string_append(text, big);
  g_autofree char *file = g_strconcat(out, "7", NULL);
  assert_true(g_file_set_contents(file, text->str, (gssize)text->len, NULL));
  struct tar_writer *writer = tar_create(archive, NULL);
  assert_true(tar_add_bytes(writer, "first", "hello", 5, 1772442000, NULL));
  assert_true(tar_add_bytes(writer, "empty", "", 0, 0, NULL));
  assert_true(tar_add_file(writer, "big", file, NULL, NULL));
  assert_int_not_equal(access(archive, F_OK), 0); /* no name before the end */
  assert_true(tar_finish(writer, NULL));
}

static int placed;

/* Each entry to a file of its own, but "empty" nowhere. */
static bool place(const char *name, int64_t size, char **path, void *data, GError **error)
{
  (void)data, (void)error, (void)size;
  if (strcmp(name, "empty") != 0) *path = g_strdup_printf("%s%d", out, placed++);
  return true;
}

static bool extract(GError **error)
{
  placed = 0;
  return tar_extract(archive, place, NULL, error);
}

static void what_comes_out_is_what_went_in(void **state)
{
  (void)state;
  make_archive();
  assert_true(extract(NULL));
  g_autofree char *first = NULL, *last = NULL, *first_path = g_strconcat(out, "0", NULL),
                  *last_path = g_strconcat(out, "1", NULL);
  gsize size;
  assert_true(g_file_get_contents(first_path, &first, NULL, NULL));
  assert_string_equal(first, "hello");
  assert_true(g_file_get_contents(last_path, &last, &size, NULL));
  assert_true(size >= 2000 && strncmp(last + size - strlen(big), big, strlen(big)) == 0);
  struct stat status;
  assert_int_equal(stat(archive, &status), 0);
  assert_int_equal(status.st_mode & 0777, 0600);
}

static void any_tar_can_look_into_it(void **state)
{
  (void)state;
  make_archive();
  g_autofree char *command = g_strdup_printf("tar -tf %s", archive), *names = NULL;
  int status;
  assert_true(g_spawn_command_line_sync(command, &names, NULL, &status, NULL));
  assert_int_equal(status, 0);
  assert_string_equal(names, "first\nempty\nbig\nSHA256SUMS\n");
}

/* Cuts at every block, changes a byte in every block: never believed. */
static void what_was_cut_or_changed_is_not_believed(void **state)
{
  (void)state;
  g_autofree char *bytes = NULL;
  gsize size;
  make_archive();
  assert_true(g_file_get_contents(archive, &bytes, &size, NULL));
  for (gsize at = 0; at + 1024 < size; at += 256) {
    for (int kind = 0; kind < 2; kind++) {
      g_autoptr(GError) error = NULL;
      g_autofree char *broken = g_memdup2(bytes, size);
      if (kind == 1) broken[at] ^= 1;
      bool is_padding = kind == 1 && bytes[at] == 0; /* behind a file's end nothing counts */
      assert_true(g_file_set_contents(archive, broken, (gssize)(kind == 0 ? at : size), NULL));
      for (int i = 0; i < 3; i++) {
        g_autofree char *left = g_strdup_printf("%s%d", out, i);
        g_unlink(left);
      }
      bool is_believed = extract(&error);
      if (!is_padding) assert_false(is_believed);
      if (!is_believed) assert_int_equal(fault_of(error), FAULT_INPUT);
    }
  }
}

static void another_tar_without_digests_is_not_believed(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  g_autofree char *file = g_strconcat(out, "7", NULL),
                  *command = g_strdup_printf("tar -cf %s -C %s out7", archive, directory);
  assert_true(g_file_set_contents(file, "x", 1, NULL));
  int status;
  assert_true(g_spawn_command_line_sync(command, NULL, NULL, &status, NULL));
  assert_int_equal(status, 0);
  assert_false(extract(&error));
  assert_int_equal(fault_of(error), FAULT_INPUT);
}

static void an_existing_file_is_not_written_over(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  g_autofree char *target = g_strconcat(out, "5", NULL), *link = g_strconcat(out, "0", NULL), *text = NULL;
  make_archive();
  assert_true(g_file_set_contents(target, "precious", -1, NULL));
  assert_int_equal(symlink(target, link), 0);
  assert_false(extract(&error));
  assert_int_equal(fault_of(error), FAULT_FILE);
  assert_true(g_file_get_contents(target, &text, NULL, NULL));
  assert_string_equal(text, "precious");
}

static void an_archive_given_up_leaves_nothing(void **state)
{
  (void)state;
  struct tar_writer *writer = tar_create(archive, NULL);
  bool is_gone = false;
  g_autofree char *nowhere = g_strconcat(out, "6", NULL);
  assert_true(tar_add_file(writer, "gone", nowhere, &is_gone, NULL));
  assert_true(is_gone);
  assert_false(tar_add_file(writer, "gone", nowhere, NULL, NULL));
  tar_abandon(writer);
  /* tear_down removes the directory, which must be empty */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(what_comes_out_is_what_went_in),          TEST(any_tar_can_look_into_it),
    TEST(what_was_cut_or_changed_is_not_believed), TEST(another_tar_without_digests_is_not_believed),
    TEST(an_existing_file_is_not_written_over),    TEST(an_archive_given_up_leaves_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
