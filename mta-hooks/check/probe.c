/* `kiezpost check`: does the MTA take forged Authentication-Results fields of ours off the mails it lets in
 * (RFC 8601 section 5)? A mail of our own with such a field goes to the MTA, comes back by LMTP like any
 * other, and the worker notes whether the field is still there (lists/probe.h). Without this, a stranger
 * could write into a header that he is authenticated. */
#include "mta-hooks/check/check.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/clock.h"
#include "lib/base/token.h"
#include "lib/mail/compose.h"
#include "lib/store/store.h"
#include "lists/probe.h"

enum { PROBE_WAIT_MS = 20000, PROBE_STEP_MS = 250, PROBE_DAYS = 1 };

/* One command, one reply; true when it begins with `wanted`. */
static bool say(struct dialogue *dialogue, const char *command, const char *wanted, GError **error)
{
  if (!dialogue_send(dialogue, command, error)) return false;
  g_autofree char *reply = dialogue_reply(dialogue, error);
  if (reply == NULL) return false;
  if (g_str_has_prefix(reply, wanted)) return true;
  return fault_set(error, FAULT_UNAVAILABLE, "the MTA answers \"%s\"", reply);
}

static char *probe_mail(const struct config *config, const char *address, guint32 nonce)
{
  g_autofree char *date = clock_format_mail(clock_now());
  g_autofree char *message_id = compose_message_id(config->domain, clock_now());
  g_autofree char *mark = probe_mark(nonce);
  return g_strdup_printf(
      "Authentication-Results: %s; dmarc=pass reason=\"%s\"\r\n"
      "    header.from=%s\r\n"
      "From: <%s>\r\nTo: <%s>\r\nSubject: kiezpost check\r\nDate: %s\r\nMessage-ID: <%s>\r\n"
      "Auto-Submitted: auto-generated\r\n\r\n"
      "kiezpost check sent this to see what the MTA does with forged fields.\r\n.\r\n",
      config->authserv_id, mark, config->domain, address, address, date, message_id);
}

static bool send_probe(const struct config *config, const char *relay, guint32 nonce, GError **error)
{
  g_autoptr(keys_t) keys = keys_load(config->keys, error);
  if (keys == NULL) return false;
  struct token token = { .purpose = TOKEN_PROBE,
                         .object = nonce,
                         .expiry_day = token_day_after(clock_now(), PROBE_DAYS) };
  char text[TOKEN_LENGTH + 1];
  token_make(keys, &token, text);
  g_autofree char *address = g_strdup_printf("antwort%s%s@%s", config->delimiter, text, config->domain);
  g_autofree char *mail = probe_mail(config, address, nonce);
  g_autofree char *where = g_strconcat("tcp:", relay + strlen("smtp://"), NULL);
  g_autofree char *hello = g_strdup_printf("EHLO %s\r\n", config->helo);
  g_autofree char *sender = g_strdup_printf("MAIL FROM:<%s>\r\n", address);
  g_autofree char *recipient = g_strdup_printf("RCPT TO:<%s>\r\n", address);
  g_autoptr(dialogue_t) dialogue = dialogue_open(where, error);
  return dialogue != NULL && say(dialogue, "", "220", error) && say(dialogue, hello, "250", error) &&
         say(dialogue, sender, "250", error) && say(dialogue, recipient, "250", error) &&
         say(dialogue, "DATA\r\n", "354", error) && say(dialogue, mail, "250", error);
}

/* What the worker noted about this probe, waiting for it; PROBE_UNSEEN after 20 seconds. */
static enum probe_verdict wait_for_verdict(const struct config *config, guint32 nonce)
{
  g_autoptr(store_t) store = store_open(config->store, STORE_READ, NULL);
  enum probe_verdict verdict = PROBE_UNSEEN;
  for (int waited = 0; store != NULL && verdict == PROBE_UNSEEN && waited < PROBE_WAIT_MS;
       waited += PROBE_STEP_MS) {
    g_usleep(PROBE_STEP_MS * 1000);
    verdict = probe_verdict_of(store, nonce);
  }
  return verdict;
}

void check_forged_results(const struct config *config, struct report *report)
{
  if (config->relay[0] == NULL || !g_str_has_prefix(config->relay[0], "smtp://")) {
    report_add(report, FINDING_NOTE, "probe",
               "No MTA is configured yet, so what it does with forged Authentication-Results is not known.");
    return;
  }
  g_autoptr(GError) error = NULL;
  guint32 nonce = g_random_int();
  if (!send_probe(config, config->relay[0], nonce, &error)) {
    report_add(report, FINDING_PROBLEM, "probe", "The probe mail could not be handed to %s: %s.",
               config->relay[0], error->message);
    return;
  }
  switch (wait_for_verdict(config, nonce)) {
  case PROBE_CLEAN:
    report_add(report, FINDING_FINE, "probe",
               "The MTA takes forged Authentication-Results fields of %s away.", config->authserv_id);
    break;
  case PROBE_SILENT:
    report_add(report, FINDING_NOTE, "probe",
               "The MTA takes forged fields away, but adds no Authentication-Results of %s itself: nobody "
               "counts as authenticated, "
               "and what needs that waits for a person. `kiezpost postfix` prints the lines for rspamd.",
               config->authserv_id);
    break;
  case PROBE_FORGED:
    report_add(report, FINDING_PROBLEM, "probe",
               "A forged Authentication-Results field of %s came through the MTA: anybody could claim to be "
               "authenticated. `kiezpost postfix` prints the lines that take it away.",
               config->authserv_id);
    break;
  case PROBE_UNSEEN:
    report_add(report, FINDING_PROBLEM, "probe",
               "The probe mail did not come back within %d seconds: does the MTA hand mail for %s to %s, and "
               "is `kiezpost work` running?",
               PROBE_WAIT_MS / 1000, config->domain, config->listen);
    break;
  }
}
