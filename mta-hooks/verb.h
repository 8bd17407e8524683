/* The command `kiezpost`: a table of verbs, one file a verb (or family) in mta-hooks/verbs. ../../shared CLI
 * grammar: kiezpost VERB [WHAT] [ARGUMENTS] [--config FILE] [--now RFC3339] [--json]. Options before or after
 * arguments. */
#ifndef MTA_HOOKS_VERB_H
#define MTA_HOOKS_VERB_H

#include "lib/base/config.h"
#include "lib/base/fault.h"
#include "lib/base/keys.h"
#include <stdio.h>

/* What main has found out before a verb runs. */
struct command {
  char *verb;       /* NULL: none was named */
  char **arguments; /* what is left after common options, without the verb; NULL-ended */
  int argument_count;
  char *config_path;     /* --config, $KIEZPOST_CONFIG, or /etc/kiezpost/kiezpost.conf */
  char *now;             /* --now or $KIEZPOST_NOW as given; NULL: the clock. clock_now() has it already. */
  struct config *config; /* loaded where the verb needs it, else NULL */
  bool json, once;
  bool wants_help, wants_version;
};

enum verb_needs {
  VERB_NEEDS_NOTHING = 0,
  VERB_NEEDS_CONFIG = 1 << 0, /* config is loaded before */
  VERB_NEEDS_OWNER = 1 << 1,  /* run as root, it becomes the owner of the store's directory first */
  VERB_FOR_MTA = 1 << 3,      /* an MTA calls it: a wrong clock of ours must not send mail back */
  VERB_OWN_OPTIONS = 1 << 2,  /* parses its own further options with GOptionContext from arguments */
};

struct verb {
  const char *name;
  const char *summary; /* one line for `kiezpost --help` */
  const char *usage;   /* "list create NAME --kind K …": lines for `kiezpost VERB --help` */
  unsigned needs;
  /* Exit status (sysexits.h). On error: -1 with *error set; main prints the sentence and maps it. Results to
   * standard output. */
  int (*run)(struct command *command, GError **error);
};

extern const struct verb verbs[];
extern const gsize verb_count;

/* Each verb's entry point; a file in verbs/ (or lmtp/, send/, check/, work.c, publish.c) defines it. */
int verb_init(struct command *, GError **);
int verb_run(struct command *, GError **);
int verb_upgrade(struct command *, GError **);
int verb_lmtpd(struct command *, GError **);
int verb_deliver(struct command *, GError **);
int verb_work(struct command *, GError **);
int verb_send(struct command *, GError **);
int verb_reach(struct command *, GError **);
int verb_publish(struct command *, GError **);
int verb_http(struct command *, GError **);
int verb_explain(struct command *, GError **);
int verb_queue(struct command *, GError **);
int verb_list(struct command *, GError **);
int verb_member(struct command *, GError **);
int verb_admin(struct command *, GError **);
int verb_event(struct command *, GError **);
int verb_office(struct command *, GError **);
int verb_import(struct command *, GError **);
int verb_backup(struct command *, GError **);
int verb_restore(struct command *, GError **);
int verb_config(struct command *, GError **);
int verb_check(struct command *, GError **);
int verb_postfix(struct command *, GError **);
int verb_show(struct command *, GError **);
int verb_keys(struct command *, GError **);
int verb_gazetteer(struct command *, GError **);

/* For main (mta-hooks/verb.c, command.c). */
const struct verb *verb_find(const char *name, GError **error); /* FAULT_USAGE with a suggestion */
void verb_print_overview(FILE *out);
void verb_print_help(const struct verb *verb);
bool command_read(struct command *command, int argc, char **argv, GError **error);
bool command_check_arguments(struct command *command, const struct verb *verb, GError **error);
void command_clear(struct command *command);

/* Helpers every verb uses (mta-hooks/command.c). */
/* Parses options out of command->arguments in place (before or after arguments); `entries` ends
 * with G_OPTION_ENTRY_NULL, NULL is none. Strings are UTF-8. What stands behind "--" is arguments.
 * FAULT_USAGE. */
bool command_parse(struct command *command, const GOptionEntry *entries, GError **error);
/* A title or a name is one line without control characters, since it stands in headers and lists: FAULT_INPUT
 * with a sentence that begins with `what` ("A title"). NULL and "" are fine. */
bool command_check_line(const char *what, const char *value, GError **error);
/* Wrong number or kind of arguments: FAULT_USAGE with where the usage stands. Returns false. */
bool command_refuse(const struct command *command, GError **error);
/* A loop's life: true once SIGTERM or SIGINT came. Installs handlers at first call. */
bool command_should_stop(void);

#endif
