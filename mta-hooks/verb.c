/* The table of verbs, and what `--help` says of it. A verb is one row here and one file in verbs/ (or lmtp/,
 * send/). */
#include "mta-hooks/verb.h"
#include "lib/base/suggest.h"

#include <string.h>

enum { CONFIG = VERB_NEEDS_CONFIG, OWNER = VERB_NEEDS_CONFIG | VERB_NEEDS_OWNER, OPTIONS = VERB_OWN_OPTIONS };

const struct verb verbs[] = {
  { "init", "makes configuration, keys, databases and the lists of a shipped district",
    "init DIR --domain DOMAIN [--district NAME] [--admin ADDRESS]", OPTIONS, verb_init },
  { "run", "everything in the foreground; what dies is started again", "run", OWNER, verb_run },
  { "upgrade", "brings the store to this program's version", "upgrade", OWNER, verb_upgrade },

  { "lmtpd", "takes mail from the mail server by LMTP and answers whether an address is valid", "lmtpd",
    OWNER | OPTIONS, verb_lmtpd },
  { "deliver", "hands one mail on standard input to lmtpd",
    "deliver --from SENDER RECIPIENT…\ndeliver --local --from SENDER RECIPIENT…", OPTIONS | VERB_FOR_MTA,
    verb_deliver },
  { "work", "decides about accepted mail", "work [--once]", OWNER | OPTIONS, verb_work },
  { "send", "hands letters that are due to the mail server", "send [--once]", OWNER | OPTIONS, verb_send },
  { "reach", "calls other servers: opens video rooms", "reach [--once]", OWNER | OPTIONS, verb_reach },
  { "publish", "writes the pages of the archive that are stale", "publish [--once]\npublish --rebuild",
    OWNER | OPTIONS, verb_publish },
  { "http", "answers the web server where members leave by one click", "http", OWNER, verb_http },

  { "explain", "what kiezpost understands of a mail, as JSON",
    "explain --to ADDRESS [--from SENDER] [--context CONTEXT] [--parent FILE] [FILE]\n"
    "explain --to ADDRESS [--from SENDER] [--context CONTEXT] --json-lines FILE…",
    OPTIONS, verb_explain },
  { "show", "reads, never changes",
    "show lists\nshow members LIST\nshow threads LIST\nshow thread ID\nshow messages THREAD\nshow message "
    "ID\n"
    "show cases [LIST]\nshow case NUMBER\nshow events [LIST]\nshow event ID\nshow rsvps EVENT\nshow person "
    "ADDRESS\n"
    "show holds [LIST]\nshow decisions\nshow notices\nshow mediations\nshow admins\nshow requests\n"
    "show offices\nshow statistics [YEAR]\n"
    "show outbox",
    OWNER | OPTIONS, verb_show },
  { "queue", "what waits or was set aside", "queue [list]\nqueue show ID\nqueue release ID\nqueue drop ID",
    OWNER | OPTIONS, verb_queue },

  { "list", "makes, changes and removes lists",
    "list create NAME --kind KIND --title TITLE [--region REGION] [--alias NAME]… [--archive public|none]\n"
    "list set NAME title|archive|posting|subject-tag|own-copy|language|region|aliases VALUE\n"
    "list show NAME\nlist remove NAME",
    OWNER | OPTIONS, verb_list },
  { "member", "adds, changes and removes members of a list",
    "member add LIST ADDRESS [--name NAME] [--role ROLE]… [--delivery each|daily|weekly|own|none]\n"
    "member add LIST --file FILE\nmember set LIST ADDRESS [--name NAME] [--role ROLE]… [--delivery …] "
    "[--state active|paused] "
    "[--own-copy on|off|list]\nmember remove LIST ADDRESS",
    OWNER | OPTIONS, verb_member },

  { "admin", "further admins, who may do by mail what the configuration's may",
    "admin add ADDRESS\nadmin remove ADDRESS", OWNER | OPTIONS, verb_admin },

  { "event", "what people were called together for, and who comes",
    "event list [LIST]\nevent show EVENT\nevent csv EVENT\nevent cancel EVENT", OWNER | OPTIONS, verb_event },

  { "office", "the offices that answer, and what they are responsible for",
    "office set SIGN --name NAME [--address ADDRESS]… [--deputy ADDRESS]… [--sender ADDRESS]… [--domain "
    "DOMAIN]… [--topic TOPIC]… [--region REGION]… [--days N] [--working-days 12345] [--clerk role|name] "
    "[--signature TEXT] [--network NAME] [--coordinator on|off] [--by-hand on|off] [--four-eyes on|off]\n"
    "office remove SIGN\noffice list",
    OWNER | OPTIONS, verb_office },

  { "import", "takes an old archive into a list", "import --list LIST MBOX|MAILDIR [--publish]",
    OWNER | OPTIONS, verb_import },
  { "gazetteer", "regions, streets and places: takes open data, finds an address",
    "gazetteer import FILE…\ngazetteer find TEXT", OWNER | OPTIONS, verb_gazetteer },
  { "backup", "store, inbox, keys and configuration in one file", "backup FILE", OWNER | OPTIONS,
    verb_backup },
  { "restore", "brings a backup back; what was due to be sent waits", "restore FILE [--force]", OPTIONS,
    verb_restore },

  { "config", "what is in force, and where it comes from", "config [GROUP]", CONFIG, verb_config },
  { "keys", "the secrets that sign addresses", "keys [show]\nkeys rotate", OWNER, verb_keys },
  { "check", "looks at everything and says what to mend", "check", CONFIG | OPTIONS, verb_check },
  { "postfix", "lines for Postfix's main.cf and master.cf, rspamd included", "postfix", CONFIG,
    verb_postfix },
};
const gsize verb_count = G_N_ELEMENTS(verbs);

const struct verb *verb_find(const char *name, GError **error)
{
  const char *names[G_N_ELEMENTS(verbs) + 1] = { NULL };
  for (gsize i = 0; i < verb_count; i++) {
    if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    names[i] = verbs[i].name;
  }
  const char *meant = suggest_word(name, names);
  if (meant)
    fault_set(error, FAULT_USAGE, "there is no verb \"%s\"; did you mean \"%s\"?", name, meant);
  else
    fault_set(error, FAULT_USAGE, "there is no verb \"%s\"; kiezpost --help lists them", name);
  return NULL;
}

void verb_print_overview(FILE *out)
{
  fputs("kiezpost VERB [WHAT] [ARGUMENTS] [--config FILE] [--now RFC3339] [--json]\n\n"
        "Neighbourhood and district office work together by mail.\n\n",
        out);
  for (gsize i = 0; i < verb_count; i++) fprintf(out, "  %-9s %s\n", verbs[i].name, verbs[i].summary);
  fputs(
      "\nkiezpost VERB --help shows a verb's usage, kiezpost --version the version.\n"
      "The configuration is --config FILE, else $KIEZPOST_CONFIG, else /etc/kiezpost/kiezpost.conf.\n"
      "Results go to standard output, sentences to standard error; exit statuses are those of sysexits.h.\n",
      out);
}

void verb_print_help(const struct verb *verb)
{
  g_auto(GStrv) lines = g_strsplit(verb->usage, "\n", -1);
  for (char **line = lines; *line; line++) printf("kiezpost %s\n", *line);
  printf("\n%c%s.\n", g_ascii_toupper(verb->summary[0]), verb->summary + 1);
  fputs("Common options: --config FILE, --now RFC3339, --json; --once where a verb keeps going.\n", stdout);
}
