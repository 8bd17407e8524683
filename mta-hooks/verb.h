/* The command `kiezpost`: a table of verbs, one file a verb (or family) in mta-hooks/verbs. ../../shared CLI grammar:
 * kiezpost VERB [WHAT] [ARGUMENTS] [--config FILE] [--now RFC3339] [--json]. Options before or after arguments. */
#ifndef MTA_HOOKS_VERB_H
#define MTA_HOOKS_VERB_H

#include "lib/base/config.h"
#include "lib/base/fault.h"
#include "lib/base/keys.h"

/* What main has found out before a verb runs. */
struct command {
  const char *verb;
  char **arguments;          /* what is left after common options, without the verb; NULL-ended */
  int argument_count;
  char *config_path;         /* --config, $KIEZPOST_CONFIG, or /etc/kiezpost/kiezpost.conf */
  struct config *config;     /* loaded where the verb needs it, else NULL */
  bool json, once;
};

enum verb_needs {
  VERB_NEEDS_NOTHING = 0,
  VERB_NEEDS_CONFIG = 1 << 0, /* config is loaded before */
  VERB_NEEDS_OWNER = 1 << 1,  /* run as root, it becomes the owner of the store's directory first */
  VERB_OWN_OPTIONS = 1 << 2,  /* parses its own further options with GOptionContext from arguments */
};

struct verb {
  const char *name;
  const char *summary;  /* one line for `kiezpost --help` */
  const char *usage;    /* "list create NAME --kind K …": lines for `kiezpost VERB --help` */
  unsigned needs;
  /* Exit status (sysexits.h). On error: -1 with *error set; main prints the sentence and maps it. Results to standard output. */
  int (*run)(struct command *command, GError **error);
};

extern const struct verb verbs[];
extern const gsize verb_count;

/* Each verb's entry point; a file in verbs/ (or lmtp/, send/, work.c, publish.c) defines it. */
int verb_init(struct command *, GError **);
int verb_run(struct command *, GError **);
int verb_upgrade(struct command *, GError **);
int verb_lmtpd(struct command *, GError **);
int verb_deliver(struct command *, GError **);
int verb_work(struct command *, GError **);
int verb_send(struct command *, GError **);
int verb_publish(struct command *, GError **);
int verb_explain(struct command *, GError **);
int verb_queue(struct command *, GError **);
int verb_list(struct command *, GError **);
int verb_member(struct command *, GError **);
int verb_import(struct command *, GError **);
int verb_backup(struct command *, GError **);
int verb_restore(struct command *, GError **);
int verb_config(struct command *, GError **);
int verb_check(struct command *, GError **);
int verb_postfix(struct command *, GError **);
int verb_show(struct command *, GError **);
int verb_keys(struct command *, GError **);

/* Helpers every verb uses (mta-hooks/verb.c). */
/* Parses options out of command->arguments in place (before or after arguments). FAULT_USAGE. */
bool command_parse(struct command *command, const GOptionEntry *entries, GError **error);
/* A loop's life: true once SIGTERM or SIGINT came. Installs handlers at first call. */
bool command_should_stop(void);

#endif
