/* The command line: common options anywhere, a verb's own ones through command_parse. */
#include "lib/base/fault.h"
#include "mta-hooks/verb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static bool read_line(struct command *command, const char *line, GError **error)
{
  g_auto(GStrv) words = g_strsplit(line, "|", -1);
  *command = (struct command){ 0 };
  return command_read(command, (int)g_strv_length(words), words, error);
}

static void common_options_stand_anywhere(void **state)
{
  (void)state;
  static const char *const lines[] = {
    "kiezpost|--config|a.conf|--json|--now|2026-01-01T00:00:00Z|show|members|gruenau",
    "kiezpost|show|members|gruenau|--config|a.conf|--json|--now|2026-01-01T00:00:00Z",
    "kiezpost|show|--config=a.conf|members|--now=2026-01-01T00:00:00Z|--json|gruenau",
    "kiezpost|--config|first.conf|show|--json|members|gruenau|--now|2026-01-01T00:00:00Z|--config|a.conf",
  };
  for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
    struct command command;
    assert_true(read_line(&command, lines[i], NULL));
    assert_string_equal(command.verb, "show");
    assert_string_equal(command.config_path, "a.conf");
    assert_string_equal(command.now, "2026-01-01T00:00:00Z");
    assert_true(command.json);
    assert_int_equal(command.argument_count, 2);
    assert_string_equal(command.arguments[0], "members");
    assert_string_equal(command.arguments[1], "gruenau");
    command_clear(&command);
  }
}

static void the_environment_stands_in_for_options(void **state)
{
  (void)state;
  struct command command;
  g_setenv("KIEZPOST_CONFIG", "/env.conf", TRUE);
  assert_true(read_line(&command, "kiezpost|config", NULL));
  assert_string_equal(command.config_path, "/env.conf");
  command_clear(&command);
  assert_true(read_line(&command, "kiezpost|config|--config|mine.conf", NULL));
  assert_string_equal(command.config_path, "mine.conf");
  command_clear(&command);
  g_unsetenv("KIEZPOST_CONFIG");
  assert_true(read_line(&command, "kiezpost|config", NULL));
  assert_string_equal(command.config_path, "/etc/kiezpost/kiezpost.conf");
  command_clear(&command);
}

static void a_double_hyphen_makes_arguments_of_options(void **state)
{
  (void)state;
  static const GOptionEntry none[] = { G_OPTION_ENTRY_NULL };
  struct command command;
  assert_true(read_line(&command, "kiezpost|import|--|--json|-x", NULL));
  assert_false(command.json);
  assert_true(command_parse(&command, none, NULL));
  assert_int_equal(command.argument_count, 2);
  assert_string_equal(command.arguments[0], "--json");
  assert_string_equal(command.arguments[1], "-x");
  command_clear(&command);
}

static void own_options_are_taken_out_of_the_arguments(void **state)
{
  (void)state;
  g_autofree char *from = NULL, *name = NULL;
  g_auto(GStrv) roles = NULL;
  gboolean local = FALSE;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, NULL, NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &roles, NULL, NULL },
    { "local", 0, 0, G_OPTION_ARG_NONE, &local, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  struct command command;
  assert_true(read_line(
      &command,
      "kiezpost|member|add|--role|keeper|gruenau|--from||a@b.example|--local|--role=moderator|--name|Lothar",
      NULL));
  assert_true(command_parse(&command, entries, NULL));
  assert_string_equal(from, ""); /* the null sender */
  assert_string_equal(name, "Lothar");
  assert_string_equal(roles[1], "moderator");
  assert_true(local);
  assert_int_equal(command.argument_count, 3);
  assert_string_equal(command.arguments[2], "a@b.example");
  assert_null(command.arguments[3]);
  command_clear(&command);
}

static void mistakes_are_usage_faults_that_name_the_word(void **state)
{
  (void)state;
  static const struct {
    const char *line, *words;
  } cases[] = {
    { "kiezpost|--frob|show", "--frob" },
    { "kiezpost|show|--config", "--config needs a value" },
    { "kiezpost|show|--once=yes", "--once takes no value" },
    { "kiezpost|show|gr\xfcnau", "UTF-8" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    struct command command;
    g_autoptr(GError) error = NULL;
    assert_false(read_line(&command, cases[i].line, &error));
    assert_int_equal(fault_of(error), FAULT_USAGE);
    assert_non_null(strstr(error->message, cases[i].words));
    command_clear(&command);
  }
  static const GOptionEntry none[] = { G_OPTION_ENTRY_NULL };
  struct command command;
  g_autoptr(GError) error = NULL;
  assert_true(read_line(&command, "kiezpost|run|--fast", NULL));
  assert_false(command_parse(&command, none, &error));
  assert_int_equal(fault_of(error), FAULT_USAGE);
  assert_non_null(strstr(error->message, "kiezpost run --help"));
  command_clear(&command);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(common_options_stand_anywhere),
    cmocka_unit_test(the_environment_stands_in_for_options),
    cmocka_unit_test(a_double_hyphen_makes_arguments_of_options),
    cmocka_unit_test(own_options_are_taken_out_of_the_arguments),
    cmocka_unit_test(mistakes_are_usage_faults_that_name_the_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
