/* The key file: who may read it, what it may hold, how it is renewed. */
#include "lib/base/clock.h"
#include "lib/base/fault.h"
#include "lib/base/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_B "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
#define LOG   "log 0 2026-01-01 active " HEX_B "\n"

static const int64_t now = INT64_C(1795255200);
static char *directory, *path;

static int set_up(void **state)
{
  (void)state;
  directory = g_dir_make_tmp("keys-XXXXXX", NULL);
  path = g_build_filename(directory, "kiezpost.keys", NULL);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  g_unlink(path);
  int left = g_rmdir(directory); /* nothing else may lie there */
  g_free(path);
  g_free(directory);
  return left;
}

static void write_file(const char *text, mode_t mode)
{
  assert_true(g_file_set_contents(path, text, -1, NULL));
  assert_int_equal(chmod(path, mode), 0);
}

static void assert_refused(const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(keys_t) keys = keys_load(path, &error);
  assert_null(keys);
  assert_int_equal(fault_of(error), FAULT_CONFIG);
  assert_non_null(strstr(error->message, words));
  assert_null(strstr(error->message, "aaaaaaaa")); /* no secret in a sentence */
}

static void a_new_file_is_private_and_loads(void **state)
{
  (void)state;
  struct stat about;
  assert_true(keys_create(path, now, NULL));
  assert_int_equal(stat(path, &about), 0);
  assert_int_equal(about.st_mode & 07777, 0600);
  g_autoptr(keys_t) keys = keys_load(path, NULL);
  assert_non_null(keys);
  assert_int_equal(keys_signing_number(keys), 0);
  assert_memory_not_equal(keys_token_secret(keys, 0), keys_log_secret(keys), KEY_BYTES);
  assert_null(keys_token_secret(keys, 1));
  assert_null(keys_token_secret(keys, 999));
}

static void an_existing_file_is_never_overwritten(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  write_file("something", 0600);
  assert_false(keys_create(path, now, &error));
  assert_int_equal(fault_of(error), FAULT_DENIED);
  g_autofree char *text = NULL;
  g_file_get_contents(path, &text, NULL, NULL);
  assert_string_equal(text, "something");
}

static void a_file_that_others_may_read_is_refused(void **state)
{
  (void)state;
  static const mode_t modes[] = { 0640, 0604, 0620, 0601, 0666 };
  for (gsize i = 0; i < G_N_ELEMENTS(modes); i++) {
    write_file("token 0 2026-01-01 active " HEX_A "\n" LOG, modes[i]);
    assert_refused("chmod 600");
  }
  write_file("token 0 2026-01-01 active " HEX_A "\n" LOG, 0400);
  g_autoptr(keys_t) keys = keys_load(path, NULL);
  assert_non_null(keys);
}

static void malformed_lines_are_named(void **state)
{
  (void)state;
  static const struct {
    const char *text, *words;
  } cases[] = {
    { "", "no active token key" },
    { LOG, "no active token key" },
    { "token 0 2026-01-01 active " HEX_A "\n", "no active log key" },
    { "token 0 2026-01-01 retired " HEX_A "\n" LOG, "no active token key" },
    { LOG "token 16 2026-01-01 active " HEX_A "\n", "line 2 has a number" },
    { LOG "token -1 2026-01-01 active " HEX_A "\n", "line 2 has a number" },
    { LOG "token 0x1 2026-01-01 active " HEX_A "\n", "line 2 has a number" },
    { LOG "\n# a remark\nkey 1 2026-01-01 active " HEX_A "\n", "line 4 is neither" },
    { LOG "token 1 2026-13-01 active " HEX_A "\n", "line 2 has no date" },
    { LOG "token 1 2026-01-01T00:00:00Z active " HEX_A "\n", "line 2 has no date" },
    { LOG "token 1 2026-01-01 sleeping " HEX_A "\n", "line 2 is neither active" },
    { LOG "token 1 2026-01-01 active " HEX_A "a\n", "64 hex digits" },
    { LOG "token 1 2026-01-01 active aaaa\n", "64 hex digits" },
    { LOG "token 1 2026-01-01 active " HEX_A " more\n", "five words" },
    { LOG "token 1 2026-01-01 active " HEX_A "\ntoken 1 2026-01-01 retired " HEX_A "\n", "was there before" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    write_file(cases[i].text, 0600);
    assert_refused(cases[i].words);
  }
}

static void what_is_no_small_text_file_is_refused(void **state)
{
  (void)state;
  assert_refused("cannot be read");
  g_autoptr(GString) large = g_string_new(NULL);
  while (large->len <= 64 * 1024) g_string_append(large, "# remark\n");
  write_file(large->str, 0600);
  assert_refused("small regular file");
  assert_true(g_file_set_contents(path, LOG "\0token", (gssize)sizeof(LOG "\0token"), NULL));
  chmod(path, 0600);
  assert_refused("is not text");
  g_unlink(path);
  assert_int_equal(mkdir(path, 0700), 0);
  assert_refused("small regular file");
  g_rmdir(path);
}

static void the_youngest_active_key_signs(void **state)
{
  (void)state;
  write_file("token 3 2026-02-01 active " HEX_A "\r\n"
             "token 1\t2026-03-01  active " HEX_A "\n"
             "token 2 2026-04-01 retired " HEX_A "\n" LOG,
             0600);
  g_autoptr(keys_t) keys = keys_load(path, NULL);
  assert_non_null(keys);
  assert_int_equal(keys_signing_number(keys), 1);
  assert_int_equal(keys_token_secret(keys, 2)[0], 0xaa);
  assert_int_equal(keys_log_secret(keys)[31], 0xbb);
}

static void rotating_keeps_the_old_key_and_the_log_key(void **state)
{
  (void)state;
  write_file("token 0 2026-01-01 active " HEX_A "\n" LOG, 0600);
  assert_true(keys_rotate(path, now, NULL));
  g_autoptr(keys_t) keys = keys_load(path, NULL);
  assert_int_equal(keys_signing_number(keys), 1);
  assert_int_equal(keys_token_secret(keys, 0)[5], 0xaa);
  assert_int_equal(keys_log_secret(keys)[5], 0xbb);
  g_autofree char *text = NULL;
  g_file_get_contents(path, &text, NULL, NULL);
  assert_non_null(strstr(text, "0 2026-11-21 retired")); /* since when it is retired */
  assert_non_null(strstr(text, "1 2026-11-21 active"));
}

static void two_rotations_on_one_day_sign_with_the_last(void **state)
{
  (void)state;
  assert_true(keys_create(path, now, NULL));
  assert_true(keys_rotate(path, now, NULL));
  assert_true(keys_rotate(path, now, NULL));
  g_autoptr(keys_t) keys = keys_load(path, NULL);
  assert_int_equal(keys_signing_number(keys), 2);
}

static void a_rotation_that_fails_leaves_the_file_alone(void **state)
{
  (void)state;
  g_autoptr(GError) error = NULL;
  write_file("token 0 2026-01-01 active nonsense\n", 0600);
  assert_false(keys_rotate(path, now, &error));
  g_autofree char *text = NULL;
  g_file_get_contents(path, &text, NULL, NULL);
  assert_string_equal(text, "token 0 2026-01-01 active nonsense\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
  const struct CMUnitTest tests[] = {
    CASE(a_new_file_is_private_and_loads),
    CASE(an_existing_file_is_never_overwritten),
    CASE(a_file_that_others_may_read_is_refused),
    CASE(malformed_lines_are_named),
    CASE(what_is_no_small_text_file_is_refused),
    CASE(the_youngest_active_key_signs),
    CASE(rotating_keeps_the_old_key_and_the_log_key),
    CASE(two_rotations_on_one_day_sign_with_the_last),
    CASE(a_rotation_that_fails_leaves_the_file_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
