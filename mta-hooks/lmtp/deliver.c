/* kiezpost deliver: hands one mail on standard input to the receiver. For pipe(8), aliases, Exim and
 * OpenSMTPD, which know nothing of LMTP; they understand an exit status, one for all recipients:
 *
 *   0   every recipient was taken
 *   75  anything that may be better next time: nobody answers, the disk is full, one recipient was put off.
 * The MTA comes again with the whole mail, and those who have it already do not get it twice: the worker
 * knows a mail again.
 *   67  a recipient does not exist: the mail is taken for nobody, since the MTA sends the whole of it back,
 * and whoever wrote it learns which address was wrong (standard error says it) 65  the mail or its sender is
 * refused for good (too large, say) 64  this command was called in a wrong way
 *
 * One status cannot say "this one, but not that one". So that a slip in one address does not hold up the
 * others, an MTA should call this once a recipient (Postfix: NAME_destination_recipient_limit = 1 for a
 * pipe(8) called NAME).
 *
 * All faults of ours are 75, a broken kiezpost.conf too: for most other numbers an MTA would send the mail
 * back.
 *
 * Lines may end in LF or CR LF; a leading mbox "From " line is dropped by the receiver. With --local this
 * process is the receiver: it checks the addresses and writes the inbox by itself, which only the service
 * user (or root, who becomes it) may. */
#include "mta-hooks/lmtp/peer.h"
#include "mta-hooks/lmtp/wire.h"
#include "mta-hooks/verb.h"

#include "lib/base/sandbox.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { INPUT_BYTES = 64 * 1024 };

/* One delivery. */
struct delivery_attempt {
  const struct config *config;
  peer_t *peer;
  char *sender;
  char **recipients;
  char **replies; /* the last word on each recipient; NULL: none */
  gsize count;
};

/* An address without the brackets that some callers put around it; NULL when it would break the dialogue.
 * Caller frees. */
static char *bare_address(const char *written)
{
  for (const char *at = written; *at; at++)
    if ((unsigned char)*at < ' ' || *at == 0x7f) return NULL;
  gsize length = strlen(written);
  bool has_brackets = length >= 2 && written[0] == '<' && written[length - 1] == '>';
  return has_brackets ? g_strndup(written + 1, length - 2) : g_strdup(written);
}

static bool is_ascii(const struct delivery_attempt *attempt)
{
  bool ascii = g_str_is_ascii(attempt->sender);
  for (gsize i = 0; i < attempt->count; i++) ascii = ascii && g_str_is_ascii(attempt->recipients[i]);
  return ascii;
}

/* Says one command and hears its reply; caller frees. */
static char *ask(struct peer *peer, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);
static char *ask(struct peer *peer, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *line = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  return peer_say(peer, line, strlen(line), error) ? peer_hear(peer, error) : NULL;
}

/* The fault that a reply means to all recipients. */
static bool fail_for_all(const char *reply, GError **error)
{
  return fault_set(error, reply[0] == '5' ? FAULT_PERMANENT : FAULT_TEMPORARY, "The receiver says: %s",
                   reply);
}

/* Greeting, LHLO and MAIL. A receiver that does not want to talk is temporary, whatever its number. */
static bool introduce(struct delivery_attempt *attempt, GError **error)
{
  g_autofree char *greeting = peer_hear(attempt->peer, error);
  if (!greeting) return false;
  if (greeting[0] != '2') return fault_set(error, FAULT_TEMPORARY, "The receiver says: %s", greeting);
  g_autofree char *hello = ask(attempt->peer, error, "LHLO %s\r\n", attempt->config->domain);
  if (!hello) return false;
  if (hello[0] != '2') return fault_set(error, FAULT_TEMPORARY, "The receiver says: %s", hello);
  g_autofree char *mail = ask(attempt->peer, error, "MAIL FROM:<%s> BODY=8BITMIME%s\r\n", attempt->sender,
                              is_ascii(attempt) ? "" : " SMTPUTF8");
  return mail && (mail[0] == '2' || fail_for_all(mail, error));
}

/* All recipients; *are_taken: each of them may have the mail. */
static bool name_recipients(struct delivery_attempt *attempt, bool *are_taken, GError **error)
{
  *are_taken = true;
  for (gsize i = 0; i < attempt->count; i++) {
    attempt->replies[i] = ask(attempt->peer, error, "RCPT TO:<%s>\r\n", attempt->recipients[i]);
    if (!attempt->replies[i]) return false;
    *are_taken = *are_taken && attempt->replies[i][0] == '2';
  }
  return true;
}

/* Reads the rest of the input, so that whoever writes it is not surprised, and says what is wrong. */
static bool fail_too_large(const struct delivery_attempt *attempt, char *input, GError **error)
{
  while (read(STDIN_FILENO, input, INPUT_BYTES) > 0) continue;
  return fault_set(error, FAULT_PERMANENT,
                   "The mail is larger than the %" G_GINT64_FORMAT " bytes that are taken (size_limit).",
                   (gint64)attempt->config->size_limit_bytes);
}

/* Passes standard input on, and ends it with the dot. */
static bool pass_mail(struct delivery_attempt *attempt, GError **error)
{
  g_autofree char *input = g_malloc(INPUT_BYTES);
  g_autoptr(GString) out = g_string_sized_new(2 * INPUT_BYTES);
  struct wire wire = { 0 };
  int64_t total = 0;
  for (;;) {
    ssize_t size = read(STDIN_FILENO, input, INPUT_BYTES);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0)
      return fault_set_errno(error, FAULT_TEMPORARY, errno, "The mail cannot be read from standard input");
    if (size == 0) break;
    total += size;
    if (total > attempt->config->size_limit_bytes) return fail_too_large(attempt, input, error);
    g_string_truncate(out, 0);
    wire_put(&wire, input, (gsize)size, out);
    if (!peer_say(attempt->peer, out->str, out->len, error)) return false;
  }
  g_string_truncate(out, 0);
  wire_end(&wire, out);
  return peer_say(attempt->peer, out->str, out->len, error);
}

/* DATA, the mail, and the last word on each recipient that was taken so far. */
static bool hand_over(struct delivery_attempt *attempt, GError **error)
{
  g_autofree char *data = ask(attempt->peer, error, "DATA\r\n");
  if (!data) return false;
  if (data[0] != '3') return fail_for_all(data, error);
  if (!pass_mail(attempt, error)) return false;
  for (gsize i = 0; i < attempt->count; i++) {
    if (attempt->replies[i][0] != '2') continue;
    g_free(attempt->replies[i]);
    attempt->replies[i] = peer_hear(attempt->peer, error);
    if (!attempt->replies[i]) return false;
  }
  return peer_say(attempt->peer, "QUIT\r\n", 6, NULL) || true;
}

static bool is_unknown(const char *reply)
{
  return g_str_has_prefix(reply, "550 5.1.1");
}

/* One verdict of all replies: see the top of the file. A word for good after the mail was handed over, when
 * others have it already, is temporary: those are known when it comes again. */
static bool judge(const struct delivery_attempt *attempt, bool was_handed_over, GError **error)
{
  gsize taken = 0;
  gssize refused = -1;
  for (gsize i = 0; i < attempt->count; i++) {
    const char *reply = attempt->replies[i];
    if (reply[0] != '2' && reply[0] != '5')
      return fault_set(error, FAULT_TEMPORARY, "%s has to wait: %s", attempt->recipients[i], reply);
    taken += reply[0] == '2';
    if (reply[0] == '5' && (refused < 0 || is_unknown(attempt->replies[refused]))) refused = (gssize)i;
  }
  if (refused < 0) return true;
  bool is_half_done = was_handed_over && taken > 0;
  enum fault kind = is_half_done                            ? FAULT_TEMPORARY
                    : is_unknown(attempt->replies[refused]) ? FAULT_NO_ADDRESS
                                                            : FAULT_PERMANENT;
  return fault_set(error, kind, "%s was refused%s: %s", attempt->recipients[refused],
                   taken > 0 && !is_half_done ? ", so the mail was taken for nobody" : "",
                   attempt->replies[refused]);
}

static bool attempt_run(struct delivery_attempt *attempt, GError **error)
{
  bool are_taken = false;
  return introduce(attempt, error) && name_recipients(attempt, &are_taken, error) &&
         (!are_taken || hand_over(attempt, error)) && judge(attempt, are_taken, error);
}

/* Root becomes the service user before it touches the inbox. */
static struct peer *open_peer(const struct config *config, bool is_local, GError **error)
{
  if (!is_local) return peer_connect(config, error);
  return sandbox_become_owner_of(config->store, error) ? peer_local(config, error) : NULL;
}

/* The addresses of the command line into the attempt. */
static bool take_addresses(struct delivery_attempt *attempt, const char *sender, char **recipients,
                           GError **error)
{
  attempt->sender = bare_address(sender);
  bool is_well = attempt->sender != NULL;
  attempt->count = g_strv_length(recipients);
  attempt->recipients = g_new0(char *, attempt->count + 1);
  attempt->replies = g_new0(char *, attempt->count + 1);
  for (gsize i = 0; i < attempt->count && is_well; i++)
    is_well = (attempt->recipients[i] = bare_address(recipients[i])) != NULL;
  return is_well ||
         fault_set(error, FAULT_INPUT, "An address holds a line break or another control character.");
}

static void attempt_clear(struct delivery_attempt *attempt)
{
  for (gsize i = 0; i < attempt->count; i++) {
    g_free(attempt->recipients[i]);
    g_free(attempt->replies[i]);
  }
  g_free(attempt->recipients);
  g_free(attempt->replies);
  g_free(attempt->sender);
  peer_free(attempt->peer);
}

/* What is not about the mail or the call is temporary to an MTA. */
static void soften(GError *fault)
{
  switch (fault_of(fault)) {
  case FAULT_USAGE:
  case FAULT_INPUT:
  case FAULT_PERMANENT:
  case FAULT_NO_ADDRESS: return;
  case FAULT_TEMPORARY:
  case FAULT_BUG:
  case FAULT_UNAVAILABLE:
  case FAULT_FILE:
  case FAULT_DENIED:
  case FAULT_CONFIG: break;
  }
  fault->domain = FAULT_DOMAIN;
  fault->code = FAULT_TEMPORARY;
}

/* Configuration, addresses, conversation. */
static bool deliver(struct command *command, const char *sender, bool is_local, GError **error)
{
  command->config = config_load(command->config_path, error);
  if (!command->config) return false;
  struct delivery_attempt attempt = { .config = command->config };
  bool is_well = take_addresses(&attempt, sender, command->arguments, error);
  if (is_well) attempt.peer = open_peer(command->config, is_local, error);
  is_well = is_well && attempt.peer && attempt_run(&attempt, error);
  attempt_clear(&attempt);
  return is_well;
}

int verb_deliver(struct command *command, GError **error)
{
  g_autofree char *sender = NULL;
  gboolean is_local = FALSE;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &sender, "Envelope sender; '' or <> for none", "SENDER" },
    { "local", 0, 0, G_OPTION_ARG_NONE, &is_local, "Write the inbox here, without lmtpd", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse(command, entries, error)) return -1;
  if (!sender || !command->argument_count) {
    fault_set(error, FAULT_USAGE, "Say whom the mail is from and to: deliver --from SENDER RECIPIENT…");
    return -1;
  }
  g_autoptr(GError) fault = NULL;
  if (deliver(command, sender, is_local, &fault)) return 0;
  soften(fault);
  g_propagate_error(error, g_steal_pointer(&fault));
  return -1;
}
