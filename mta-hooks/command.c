/* The command line: common options come before or after arguments, everything else is the verb's. Whoever
 * gets one wrong is told which, and where the usage stands. */
#include "lib/base/fault.h"
#include "mta-hooks/verb.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char default_config[] = "/etc/kiezpost/kiezpost.conf";

/* ---- common options
 * ----------------------------------------------------------------------------------------------- */

struct common_option {
  const char *name;
  size_t offset; /* in struct command */
  bool has_value;
};

#define AT(field) offsetof(struct command, field)
static const struct common_option common_options[] = {
  { "--config", AT(config_path), true },
  { "--now", AT(now), true },
  { "--json", AT(json), false },
  { "--once", AT(once), false },
  { "--help", AT(wants_help), false },
  { "-h", AT(wants_help), false },
  { "--version", AT(wants_version), false },
};

/* "--config" or "--config=…"; *value is what stands behind "=", or NULL. */
static const struct common_option *common_option(const char *word, const char **value)
{
  const char *equals = g_str_has_prefix(word, "--") ? strchr(word, '=') : NULL;
  gsize length = equals ? (gsize)(equals - word) : strlen(word);
  *value = equals ? equals + 1 : NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(common_options); i++)
    if (strlen(common_options[i].name) == length && strncmp(common_options[i].name, word, length) == 0)
      return &common_options[i];
  return NULL;
}

/* Takes one common option; `following` is the next word, NULL at the end. *taken gets how many words it was.
 */
static bool take_common(struct command *command, const struct common_option *option, const char *value,
                        const char *following, int *taken, GError **error)
{
  void *field = (char *)command + option->offset;
  *taken = 1;
  if (!option->has_value) {
    if (value) return fault_set(error, FAULT_USAGE, "%s takes no value", option->name);
    *(bool *)field = true;
    return true;
  }
  if (!value) {
    if (!following) return fault_set(error, FAULT_USAGE, "%s needs a value", option->name);
    value = following;
    *taken = 2;
  }
  g_free(*(char **)field);
  *(char **)field = g_strdup(value);
  return true;
}

static bool read_words(struct command *command, char **words, GStrvBuilder *rest, GError **error)
{
  bool is_verbatim = false; /* behind "--" */
  for (int taken = 1; *words; words += taken) {
    taken = 1;
    if (!g_utf8_validate(*words, -1, NULL))
      return fault_set(error, FAULT_USAGE, "an argument is not UTF-8; set the terminal to UTF-8");
    const char *value = NULL;
    const struct common_option *option = is_verbatim ? NULL : common_option(*words, &value);
    if (option) {
      if (!take_common(command, option, value, words[1], &taken, error)) return false;
    } else if (!command->verb && !is_verbatim && **words == '-') {
      return fault_set(error, FAULT_USAGE, "there is no option %s; kiezpost --help lists what there is",
                       *words);
    } else if (!command->verb) {
      command->verb = g_strdup(*words);
    } else {
      is_verbatim |= strcmp(*words, "--") == 0;
      g_strv_builder_add(rest, *words);
    }
  }
  return true;
}

bool command_read(struct command *command, int argc, char **argv, GError **error)
{
  g_autoptr(GStrvBuilder) rest = g_strv_builder_new();
  if (argc > 0 && !read_words(command, argv + 1, rest, error)) return false;
  command->arguments = g_strv_builder_end(rest);
  command->argument_count = (int)g_strv_length(command->arguments);
  if (!command->config_path) command->config_path = g_strdup(g_getenv("KIEZPOST_CONFIG"));
  if (!command->config_path) command->config_path = g_strdup(default_config);
  if (!command->now) command->now = g_strdup(g_getenv("KIEZPOST_NOW"));
  return true;
}

void command_clear(struct command *command)
{
  g_free(command->verb);
  g_strfreev(command->arguments);
  g_free(command->config_path);
  g_free(command->now);
  config_free(command->config);
}

/* ---- a verb's own
 * ------------------------------------------------------------------------------------------------- */

/* Verbs without options of their own: nothing that looks like one may be there, and a "--" is dropped. */
bool command_check_arguments(struct command *command, const struct verb *verb, GError **error)
{
  if (verb->needs & VERB_OWN_OPTIONS) return true;
  return command_parse(command, NULL, error);
}

bool command_parse(struct command *command, const GOptionEntry *entries, GError **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  g_autoptr(GError) why = NULL;
  g_strv_builder_add(builder, command->verb);
  g_strv_builder_addv(builder, (const char **)command->arguments);
  g_auto(GStrv) words = g_strv_builder_end(builder);
  g_option_context_set_help_enabled(context, FALSE);
  if (entries) g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse_strv(context, &words, &why))
    return fault_set(error, FAULT_USAGE, "%s: %s (kiezpost %s --help shows the usage)", command->verb,
                     why->message, command->verb);
  g_strfreev(command->arguments);
  /* GLib leaves a "--" that separated arguments of ours from words that begin with a hyphen. */
  char **first = words + 1;
  g_autoptr(GStrvBuilder) kept = g_strv_builder_new();
  bool is_dropped = false;
  for (; words[0] && *first; first++) {
    if (!is_dropped && strcmp(*first, "--") == 0)
      is_dropped = true;
    else
      g_strv_builder_add(kept, *first);
  }
  command->arguments = g_strv_builder_end(kept);
  command->argument_count = (int)g_strv_length(command->arguments);
  return true;
}

bool command_check_line(const char *what, const char *value, GError **error)
{
  for (const char *at = value; at && *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029)
      return fault_set(error, FAULT_INPUT, "%s is one line, without line breaks and control characters.",
                       what);
  }
  return true;
}

bool command_refuse(const struct command *command, GError **error)
{
  return fault_set(error, FAULT_USAGE,
                   "kiezpost %s cannot be used like this; kiezpost %s --help shows the usage", command->verb,
                   command->verb);
}

/* ---- a loop's life
 * ------------------------------------------------------------------------------------------------ */

static volatile sig_atomic_t stop_asked;

/* Rings every second until the process is gone: a signal between a loop's question and its waiting is not
 * lost. */
static void on_signal(int number)
{
  if (number != SIGALRM) stop_asked = 1;
  alarm(1);
}

bool command_should_stop(void)
{
  static bool is_installed;
  if (!is_installed) {
    struct sigaction action = { .sa_handler = on_signal };
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGALRM, &action, NULL);
    is_installed = true;
  }
  return stop_asked != 0;
}
