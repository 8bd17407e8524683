/* Faults, the log and suggestions: what people and the MTA get to read. */
#include "lib/base/fault.h"
#include "lib/base/keys.h"
#include "lib/base/log.h"
#include "lib/base/suggest.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

/* ---- faults
 * ------------------------------------------------------------------------------------------------------- */

static void each_fault_has_its_exit_status(void **state)
{
  (void)state;
  static const struct {
    enum fault fault;
    int status;
  } cases[] = {
    { FAULT_TEMPORARY, EX_TEMPFAIL },
    { FAULT_PERMANENT, EX_DATAERR },
    { FAULT_BUG, EX_TEMPFAIL },
    { FAULT_USAGE, EX_USAGE },
    { FAULT_INPUT, EX_DATAERR },
    { FAULT_NO_ADDRESS, EX_NOUSER },
    { FAULT_UNAVAILABLE, EX_UNAVAILABLE },
    { FAULT_FILE, EX_IOERR },
    { FAULT_DENIED, EX_NOPERM },
    { FAULT_CONFIG, EX_CONFIG },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    assert_false(fault_set(&error, cases[i].fault, "list %s is %d", "gruenau", 5));
    assert_string_equal(error->message, "list gruenau is 5");
    assert_int_equal(fault_exit_status(error), cases[i].status);
  }
  assert_int_equal(fault_exit_status(NULL), 0);
}

static void a_full_disk_is_temporary_whatever_the_caller_thinks(void **state)
{
  (void)state;
  static const struct {
    int errno_value;
    enum fault fault;
  } cases[] = {
    { ENOSPC, FAULT_TEMPORARY }, { EDQUOT, FAULT_TEMPORARY }, { EIO, FAULT_TEMPORARY },
    { EMFILE, FAULT_TEMPORARY }, { EFBIG, FAULT_TEMPORARY },  { ENOMEM, FAULT_TEMPORARY },
    { ENOENT, FAULT_CONFIG },    { EACCES, FAULT_CONFIG },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    assert_false(fault_set_errno(&error, FAULT_CONFIG, cases[i].errno_value, "file %s", "x"));
    assert_int_equal(fault_of(error), cases[i].fault);
    assert_true(g_str_has_prefix(error->message, "file x: "));
  }
  assert_false(fault_set_errno(NULL, FAULT_FILE, ENOENT, "nobody listens"));
}

static void a_strangers_error_is_temporary(void **state)
{
  (void)state;
  g_autoptr(GError) error = g_error_new(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "from a library");
  assert_int_equal(fault_of(error), FAULT_TEMPORARY);
  assert_int_equal(fault_exit_status(error), EX_TEMPFAIL);
  g_autoptr(GError) odd = g_error_new(FAULT_DOMAIN, 99, "a code of a newer library");
  assert_int_equal(fault_of(odd), FAULT_TEMPORARY);
}

/* ---- the log
 * ------------------------------------------------------------------------------------------------------ */

/* What log_line writes to standard error. */
static char *logged(const char *text)
{
  char bytes[4096] = { 0 };
  int ends[2], before = dup(STDERR_FILENO);
  assert_int_equal(pipe(ends), 0);
  dup2(ends[1], STDERR_FILENO);
  log_line("%s", text);
  dup2(before, STDERR_FILENO);
  close(before);
  close(ends[1]);
  assert_true(read(ends[0], bytes, sizeof bytes - 1) >= 0);
  close(ends[0]);
  return g_strdup(bytes);
}

static void a_line_stays_one_line_and_steers_no_terminal(void **state)
{
  (void)state;
  log_set_process("work");
  static const struct {
    const char *text, *line;
  } cases[] = {
    { "list=gruenau outcome=posted", "kiezpost[work]: list=gruenau outcome=posted\n" },
    { "a\r\nkiezpost[work]: forged", "kiezpost[work]: a  kiezpost[work]: forged\n" },
    { "\x1b[2Jgone\x07\x7f", "kiezpost[work]:  [2Jgone  \n" },
    { "Grünau \xc2\x9b"
      "31m",
      "kiezpost[work]: Grünau   31m\n" }, /* C1 control: a terminal's other escape */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *line = logged(cases[i].text);
    assert_string_equal(line, cases[i].line);
  }
}

static void a_person_has_one_name_a_month(void **state)
{
  (void)state;
  const int64_t november = INT64_C(1795255200), december = november + 20 * 86400;
  g_autofree char *directory = g_dir_make_tmp("log-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(directory, "keys", NULL);
  assert_true(keys_create(path, november, NULL));
  g_autoptr(keys_t) keys = keys_load(path, NULL);
  g_autofree char *anna = log_person(keys, "anna@wohnen.example", november);
  g_autofree char *again = log_person(keys, "ANNA@Wohnen.Example", november + 86400);
  g_autofree char *bela = log_person(keys, "bela@wohnen.example", november);
  g_autofree char *later = log_person(keys, "anna@wohnen.example", december);
  assert_int_equal(strlen(anna), 12);
  assert_string_equal(anna, again);
  assert_string_not_equal(anna, bela);
  assert_string_not_equal(anna, later);
  g_unlink(path);
  g_rmdir(directory);
}

/* ---- suggestions
 * -------------------------------------------------------------------------------------------------- */

static void distances_count_letters_changed_added_and_left_out(void **state)
{
  (void)state;
  static const struct {
    const char *a, *b;
    unsigned distance;
  } cases[] = {
    { "", "", 0 },         { "", "run", 3 },       { "run", "", 3 },           { "run", "RUN", 0 },
    { "list", "lost", 1 }, { "list", "lists", 1 }, { "kitten", "sitting", 3 }, { "conifg", "config", 2 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_int_equal(suggest_distance(cases[i].a, cases[i].b), cases[i].distance);
  g_autofree char *endless = g_strnfill(100000, 'x'); /* only the beginning is looked at */
  assert_int_equal(suggest_distance(endless, "x"), 63);
}

static void the_nearest_word_is_suggested_or_none(void **state)
{
  (void)state;
  static const char *const verbs[] = { "run", "send", "show", "member", "backup", NULL };
  static const struct {
    const char *word, *meant;
  } cases[] = {
    { "memer", "member" },  { "sned", "send" },  { "rnu", NULL }, { "ran", "run" },
    { "bakcup", "backup" }, { "restore", NULL }, { "", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *meant = suggest_word(cases[i].word, verbs);
    if (!cases[i].meant)
      assert_null(meant);
    else
      assert_string_equal(meant, cases[i].meant);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_fault_has_its_exit_status),
    cmocka_unit_test(a_full_disk_is_temporary_whatever_the_caller_thinks),
    cmocka_unit_test(a_strangers_error_is_temporary),
    cmocka_unit_test(a_line_stays_one_line_and_steers_no_terminal),
    cmocka_unit_test(a_person_has_one_name_a_month),
    cmocka_unit_test(distances_count_letters_changed_added_and_left_out),
    cmocka_unit_test(the_nearest_word_is_suggested_or_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
