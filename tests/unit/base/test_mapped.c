/* Mapped files: the bytes of the file, also after they were let go; other memory is left alone. */
#include "lib/base/mapped.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

enum { SIZE = 5 << 20 };

static char *directory, *path;

static int set_up(void **state)
{
  (void)state;
  directory = g_dir_make_tmp("mapped-XXXXXX", NULL);
  path = g_build_filename(directory, "mail", NULL);
  g_autofree char *bytes = g_malloc(SIZE);
  for (gsize i = 0; i < SIZE; i++) bytes[i] = (char)(i * 7 + i / 4096);
  return g_file_set_contents(path, bytes, SIZE, NULL) ? 0 : -1;
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

/* How many pages of [begin, begin + SIZE) stand in this process' memory, by the kernel's own table. */
static gsize pages_held(const char *begin)
{
  gsize page = (gsize)sysconf(_SC_PAGESIZE), held = 0;
  FILE *map = fopen("/proc/self/pagemap", "re");
  assert_non_null(map);
  for (const char *at = begin; at < begin + SIZE; at += page) {
    guint64 entry = 0;
    assert_int_equal(fseek(map, (long)((gsize)at / page * sizeof entry), SEEK_SET), 0);
    assert_int_equal(fread(&entry, sizeof entry, 1, map), 1);
    held += entry >> 63;
  }
  fclose(map);
  return held;
}

static guint sum_of(const char *at, gsize size, bool lets_go)
{
  guint sum = 0;
  const char *held = at;
  for (const char *end = at + size; at < end; at++) {
    sum = sum * 31 + (guchar)*at;
    if (lets_go) held = mapped_behind(held, at + 1);
  }
  return sum;
}

static void a_pass_holds_a_piece_and_a_second_pass_reads_the_same(void **state)
{
  (void)state;
  g_autoptr(GBytes) bytes = mapped_file(path, NULL);
  gsize size;
  const char *at = g_bytes_get_data(bytes, &size);
  assert_int_equal(size, SIZE);
  guint sum = sum_of(at, size, false);
  gsize all = pages_held(at);
  assert_int_equal(sum_of(at, size, true), sum);
  assert_true(pages_held(at) < all / 2);
  assert_int_equal(sum_of(at, size, false), sum);
}

static void other_memory_is_left_alone(void **state)
{
  (void)state;
  g_autoptr(GBytes) bytes = mapped_file(path, NULL);
  g_autofree char *own = g_memdup2(g_bytes_get_data(bytes, NULL), SIZE);
  guint sum = sum_of(own, SIZE, true);
  assert_int_equal(sum_of(own, SIZE, false), sum);
  g_clear_pointer(&bytes, g_bytes_unref); /* what was mapped once is nobody's now */
  assert_ptr_equal(mapped_behind(own, own + SIZE), own + SIZE);
  assert_int_equal(sum_of(own, SIZE, false), sum);
}

static void less_than_a_piece_stays(void **state)
{
  (void)state;
  g_autoptr(GBytes) bytes = mapped_file(path, NULL);
  const char *at = g_bytes_get_data(bytes, NULL);
  assert_ptr_equal(mapped_behind(at, at + 1000), at);
  assert_ptr_equal(mapped_behind(at + 1000, at), at + 1000);
}

static void a_missing_file_is_an_error(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  assert_null(mapped_file("/nowhere/mail", &error));
  assert_non_null(error);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_pass_holds_a_piece_and_a_second_pass_reads_the_same),
    cmocka_unit_test(other_memory_is_left_alone),
    cmocka_unit_test(less_than_a_piece_stays),
    cmocka_unit_test(a_missing_file_is_an_error),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
