/* `kiezpost check`: do our doors answer as the MTA needs them, and does the MTA answer us? And is there what
 * video rooms need? */
#include "mta-hooks/check/check.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lists/video/bbb.h"

void check_lmtp(const struct config *config, struct report *report)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(dialogue_t) dialogue = dialogue_open(config->listen, &error);
  g_autofree char *greeting = dialogue != NULL ? dialogue_reply(dialogue, &error) : NULL;
  if (greeting == NULL) {
    report_add(report, FINDING_PROBLEM, "lmtp",
               "%s does not answer (%s). Start `kiezpost run` or the unit kiezpost-lmtpd.", config->listen,
               error->message);
    return;
  }
  if (!dialogue_send(dialogue, "LHLO check.invalid\r\n", &error)) return;
  g_autofree char *offer = dialogue_reply(dialogue, &error);
  if (offer == NULL || !g_str_has_prefix(offer, "250") || strstr(offer, "SMTPUTF8") == NULL) {
    report_add(report, FINDING_PROBLEM, "lmtp",
               "%s answers, but does not offer SMTPUTF8: is another program listening there?",
               config->listen);
    return;
  }
  (void)dialogue_send(dialogue, "QUIT\r\n", NULL);
  report_add(report, FINDING_FINE, "lmtp", "%s answers.", config->listen);
}

/* One question to the socketmap; the answer without the netstring's frame. */
static char *ask_map(const struct config *config, const char *address, GError **error)
{
  g_autoptr(dialogue_t) dialogue = dialogue_open(config->socketmap, error);
  if (dialogue == NULL) return NULL;
  g_autofree char *question = g_strdup_printf("rcpt %s", address);
  g_autofree char *framed = g_strdup_printf("%zu:%s,", strlen(question), question);
  if (!dialogue_send(dialogue, framed, error)) return NULL;
  gsize size = 0;
  for (;;) {
    g_autofree char *digit = dialogue_bytes(dialogue, 1, error);
    if (digit == NULL) return NULL;
    if (digit[0] == ':') break;
    if (!g_ascii_isdigit(digit[0]) || size > 10000) {
      fault_set(error, FAULT_UNAVAILABLE, "the answer is no netstring");
      return NULL;
    }
    size = size * 10 + (gsize)(digit[0] - '0');
  }
  return dialogue_bytes(dialogue, size, error);
}

void check_socketmap(const struct config *config, struct report *report)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *known = g_strdup_printf("postmaster@%s", config->domain);
  g_autofree char *unknown = g_strdup_printf("nobody-has-this-name@%s", config->domain);
  g_autofree char *yes = ask_map(config, known, &error);
  g_autofree char *no = yes != NULL ? ask_map(config, unknown, &error) : NULL;
  if (no == NULL) {
    report_add(
        report, FINDING_PROBLEM, "socketmap",
        "%s does not answer (%s). Without it the MTA cannot refuse unknown recipients: start `kiezpost run`.",
        config->socketmap, error->message);
  } else if (!g_str_has_prefix(yes, "OK ") || !g_str_has_prefix(no, "NOTFOUND ")) {
    report_add(report, FINDING_PROBLEM, "socketmap",
               "%s answers \"%s\" for postmaster and \"%s\" for an unknown address. Is the address file %s "
               "readable for it?",
               config->socketmap, yes, no, config->addresses);
  } else {
    report_add(report, FINDING_FINE, "socketmap", "%s knows valid addresses from others.", config->socketmap);
  }
}

static void check_maildir(const char *directory, struct report *report)
{
  if (g_access(directory, W_OK) == 0 || !g_file_test(directory, G_FILE_TEST_EXISTS))
    report_add(report, FINDING_NOTE, "relay",
               "Letters go to maildirs below %s: good for trying out. Set relay = smtp://HOST:PORT in [send] "
               "to send them.",
               directory);
  else
    report_add(report, FINDING_PROBLEM, "relay",
               "%s cannot be written: letters would wait. Give it to this user.", directory);
}

void check_relay(const struct config *config, struct report *report)
{
  for (char **relay = config->relay; *relay != NULL; relay++) {
    if (g_str_has_prefix(*relay, "maildir:")) {
      check_maildir(*relay + strlen("maildir:"), report);
      continue;
    }
    const char *host = g_str_has_prefix(*relay, "smtp://") ? *relay + strlen("smtp://") : *relay;
    g_autofree char *address = g_strconcat("tcp:", host, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(dialogue_t) dialogue = dialogue_open(address, &error);
    g_autofree char *greeting = dialogue != NULL ? dialogue_reply(dialogue, &error) : NULL;
    if (greeting == NULL)
      report_add(report, FINDING_PROBLEM, "relay",
                 "The MTA at %s does not answer (%s). Letters wait until it does; nothing is lost.", *relay,
                 error->message);
    else if (!g_str_has_prefix(greeting, "220"))
      report_add(report, FINDING_PROBLEM, "relay", "The MTA at %s greets with \"%s\" instead of 220.", *relay,
                 greeting);
    else
      report_add(report, FINDING_FINE, "relay", "The MTA at %s answers.", *relay);
    if (dialogue != NULL) (void)dialogue_send(dialogue, "QUIT\r\n", NULL);
  }
}

/* Video rooms: is there a secret, and does it stay one? The server itself is reach's. */
void check_video(const struct config *config, struct report *report)
{
  g_autoptr(GError) why = NULL;
  g_autoptr(bbb_t) bbb = bbb_new(config, &why);
  if (why)
    report_add(report, FINDING_PROBLEM, "video", "%s Until then events have no video rooms.", why->message);
  else if (bbb && g_str_has_prefix(config->bbb_url, "http://"))
    report_add(
        report, FINDING_NOTE, "video",
        "%s is spoken to without encryption: links that open rooms can be read on the way. Is there an "
        "https:// address?",
        bbb_host(bbb));
  else if (bbb)
    report_add(report, FINDING_FINE, "video", "Events by video get rooms of %s.", bbb_host(bbb));
}
