/* kiezpost, the program: finds the verb, prepares what it needs (time, configuration, owner), runs it, and is
 * the one place where a fault becomes a sentence and an exit status. */
#include "lib/base/clock.h"
#include "lib/base/sandbox.h"
#include "mta-hooks/verb.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* What the owner of the store's directory may read, root's verbs read as well. */
static bool prepare(struct command *command, const struct verb *verb, GError **error)
{
  if (!(verb->needs & VERB_NEEDS_CONFIG)) return true;
  command->config = config_load(command->config_path, error);
  if (!command->config) return false;
  return !(verb->needs & VERB_NEEDS_OWNER) || sandbox_become_owner_of(command->config->store, error);
}

static bool set_clock(const char *now, GError **error)
{
  int64_t moment;
  if (!now || !*now) return true;
  if (!clock_parse(now, &moment, error)) return false;
  clock_fix(moment);
  return true;
}

/* What was printed has arrived; a reader that went away early is no fault. */
static bool finish_output(GError **error)
{
  if (fflush(stdout) == 0 && !ferror(stdout)) return true;
  return errno == EPIPE || fault_set_errno(error, FAULT_FILE, errno, "the results cannot be written");
}

static int run_verb(struct command *command, GError **error)
{
  const struct verb *verb = verb_find(command->verb, error);
  if (!verb) return -1;
  if (command->wants_help) {
    verb_print_help(verb);
    return EX_OK;
  }
  if (!set_clock(command->now, error)) {
    if (verb->needs & VERB_FOR_MTA) (*error)->code = FAULT_TEMPORARY;
    return -1;
  }
  if (!command_check_arguments(command, verb, error) || !prepare(command, verb, error)) return -1;
  return verb->run(command, error);
}

static int run(struct command *command, int argc, char **argv, GError **error)
{
  if (!command_read(command, argc, argv, error)) return -1;
  if (command->wants_version) {
    printf("kiezpost %s\n", KIEZPOST_VERSION);
    return EX_OK;
  }
  if (!command->verb && command->wants_help) {
    verb_print_overview(stdout);
    return EX_OK;
  }
  if (!command->verb) {
    verb_print_overview(stderr);
    return EX_USAGE;
  }
  return run_verb(command, error);
}

int main(int argc, char **argv)
{
  struct command command = { 0 };
  g_autoptr(GError) error = NULL;
  /* Arguments are UTF-8 whatever the terminal says; numbers and dates stay those of the C locale. */
  setlocale(LC_CTYPE, "C.UTF-8");
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is a full disk, not the end */
  int status = run(&command, argc, argv, &error);
  if (status >= 0 && !finish_output(&error)) status = -1;
  if (error) fprintf(stderr, "kiezpost: %s\n", error->message);
  if (status < 0) status = error ? fault_exit_status(error) : EX_SOFTWARE;
  command_clear(&command);
  return status;
}
