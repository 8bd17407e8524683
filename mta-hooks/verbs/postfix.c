/* kiezpost postfix: the lines that hang this configuration on a Postfix (3.7 and later), rspamd included.
 * They are printed, never written: main.cf is the operator's. What stands without "#" is enough for mail to
 * flow.
 *
 * Why these: relay_recipient_maps by socketmap is asked with the whole address, so that unknown recipients
 * and forged tokens are refused while the other side still listens, and nobody gets a bounce for what he
 * never wrote; proxymap asks it, since smtpd is chrooted on Debian. header_checks run before milters add
 * their fields, so what they remove cannot be ours (RFC 8601 section 5): any field that names our
 * authserv-id, and any that hides its own behind quotes or comments. */
#include "mta-hooks/verb.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* "unix:/run/kiezpost/lmtp.sock" as it is; "tcp:HOST:PORT" in Postfix's words. Caller frees. */
static char *endpoint(const char *socket)
{
  if (g_str_has_prefix(socket, "tcp:")) return g_strconcat("inet:", socket + strlen("tcp:"), NULL);
  return g_strdup(socket);
}

/* What a map's inline text can hold. */
static bool is_plain(const struct config *config, GError **error)
{
  const char *const sockets[] = { config->listen, config->socketmap };
  for (gsize i = 0; i < G_N_ELEMENTS(sockets); i++)
    if (strpbrk(sockets[i], " \t{},$"))
      return fault_set(
          error, FAULT_CONFIG,
          "Postfix cannot be told of \"%s\": choose [paths] run without blanks, braces, commas and \"$\"",
          sockets[i]);
  return true;
}

/* The id as a basic regular expression of POSIX: dots are dots. */
static char *as_pattern(const char *id)
{
  GString *pattern = g_string_new(NULL);
  for (; *id; id++) {
    if (!g_ascii_isalnum(*id) && *id != '-' && *id != '_') g_string_append_c(pattern, '\\');
    g_string_append_c(pattern, *id);
  }
  return g_string_free(pattern, FALSE);
}

static void print_receiving(const struct config *config)
{
  g_autofree char *lmtp = endpoint(config->listen);
  g_autofree char *map = endpoint(config->socketmap);
  printf("# ---- main.cf -----------------------------------------------------------------------------\n"
         "# Where one of these is set already, add our value to it instead of setting it twice.\n"
         "relay_domains = %s\n"
         "transport_maps = inline:{ { %s = lmtp:%s } }\n"
         "relay_recipient_maps = proxy:socketmap:%s:rcpt\n"
         "recipient_delimiter = %s\n"
         "# Larger mail is refused while the sender's server still listens.\n"
         "message_size_limit = %" G_GINT64_FORMAT "\n",
         config->domain, config->domain, lmtp, map, config->delimiter, config->size_limit_bytes);
}

static void print_cleaning(const struct config *config)
{
  g_autofree char *pattern = as_pattern(config->authserv_id);
  printf("# A bare line feed ends no mail (since Postfix 3.7.9, 3.8.4; leave the line out before).\n"
         "smtpd_forbid_bare_newline = yes\n"
         "# Authentication-Results that pretend to be ours go away before a milter adds the real ones.\n"
         "header_checks = regexp:{ { /^Authentication-Results:[^;]*(%s|[\"\\\\(])/ IGNORE } }\n",
         pattern);
}

static void print_rspamd(const struct config *config)
{
  printf("# With rspamd, which says who is authenticated and what is spam. It signs its results with "
         "Postfix's name:\n"
         "#myhostname = %s\n"
         "#smtpd_milters = inet:127.0.0.1:11332\n"
         "#milter_default_action = tempfail\n"
         "\n"
         "# ---- rspamd: local.d/milter_headers.conf -------------------------------------------------\n"
         "#use = [\"authentication-results\", \"x-spam-status\"];\n"
         "#skip_local = false;\n"
         "\n"
         "# ---- kiezpost.conf, below [mail]: Postfix puts its Received above what a milter adds ------\n"
         "#received_above_results = 1\n"
         "\n",
         config->authserv_id);
}

static void print_master(const struct config *config)
{
  printf("# ---- master.cf ---------------------------------------------------------------------------\n");
  if (g_str_has_prefix(config->listen, "unix:"))
    printf("# The lmtp client has to see %s: \"n\" in its chroot column.\n",
           config->listen + strlen("unix:"));
  printf("lmtp      unix  -       -       n       -       -       lmtp\n"
         "proxymap  unix  -       -       n       -       -       proxymap\n");
  printf("# Where only a pipe will do instead of lmtp: one recipient a call, since an exit status is one "
         "word for "
         "all.\n"
         "#kiezpost unix  -       n       n       -       10      pipe\n"
         "#  flags=DR user=kiezpost argv=kiezpost deliver --from ${sender} ${recipient}\n"
         "# and in main.cf: kiezpost_destination_recipient_limit = 1\n");
  if (g_str_has_prefix(config->listen, "unix:") || g_str_has_prefix(config->socketmap, "unix:"))
    printf("# Postfix runs as the user \"postfix\"; let it reach the sockets: adduser postfix "
           "GROUP-OF-KIEZPOST\n");
}

static bool uses_maildir(const struct config *config)
{
  return g_str_has_prefix(config->relay[0], "maildir:");
}

int verb_postfix(struct command *command, GError **error)
{
  const struct config *config = command->config;
  if (command->argument_count > 0) {
    command_refuse(command, error);
    return -1;
  }
  if (!is_plain(config, error)) return -1;
  print_receiving(config);
  print_cleaning(config);
  print_rspamd(config);
  print_master(config);
  if (uses_maildir(config))
    fprintf(stderr,
            "kiezpost: letters still go to %s; for real ones set relay = smtp://127.0.0.1:25 below [send] in "
            "%s.\n",
            config->relay[0], config->file);
  return EX_OK;
}
