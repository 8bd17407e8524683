/* One mail transaction: MAIL, RCPT, DATA, content and dot, and what each reply means for whom.
 *
 * With PIPELINING all words of a small envelope leave at once, and together with the end of the content
 * before (RFC 2920). Envelopes of many go in windows: commands run ahead of their replies, but never so far
 * that both socket buffers could fill and both sides stand still. What surprised us: some servers say 354
 * although every recipient was refused (a lone dot ends that), and most forget nothing without RSET. */
#include "mta-hooks/send/smtp_dialogue.h"

#include "lib/base/fault.h"

#include <string.h>

enum {
  WRITE_PORTION = 64 * 1024, /* larger content leaves in pieces of this */
  REPLIES_WAITING_MAX = 200, /* commands sent ahead of their replies */
  AHEAD_MAX = 50,            /* recipients of an envelope that may go with the end of the content before */
};

/* ---- the envelope ---- */

static bool is_ascii(const char *text)
{
  for (; *text != '\0'; text++)
    if ((unsigned char)*text >= 0x80) return false;
  return true;
}

/* Can it stand between < and >, without ending the command or beginning another? */
static bool is_writable(const char *address)
{
  for (const char *c = address; *c != '\0'; c++)
    if ((unsigned char)*c <= ' ' || *c == '<' || *c == '>' || *c == 0x7f) return false;
  return strlen(address) <= 320;
}

/* The address as it goes into MAIL or RCPT: a domain with umlauts in its ASCII form where the part before the
 * "@" is ASCII (then nothing needs SMTPUTF8). NULL if it cannot be written. Caller frees. */
static char *wire_address(const char *address)
{
  if (!is_writable(address)) return NULL;
  const char *at = strrchr(address, '@');
  if (at == NULL || is_ascii(at)) return g_strdup(address);
  g_autofree char *local = g_strndup(address, (gsize)(at - address));
  if (!is_ascii(local)) return g_strdup(address);
  g_autofree char *domain = g_hostname_to_ascii(at + 1);
  return domain != NULL ? g_strdup_printf("%s@%s", local, domain) : NULL;
}

/* What one envelope asks of the relay beyond the plain words. */
struct demand {
  struct slot_values values; /* of the first recipient; a batch has none */
  gsize size;
  bool is_8bit, needs_utf8;
};

static void find_demand(const struct envelope *envelope, struct demand *demand)
{
  slot_values_find(&demand->values, envelope->deliveries[0]->slots);
  demand->size = outgoing_size(envelope->outgoing, &demand->values);
  demand->is_8bit = outgoing_is_8bit(envelope->outgoing, &demand->values);
  g_autofree char *from = wire_address(envelope_from(envelope));
  demand->needs_utf8 =
      outgoing_header_is_8bit(envelope->outgoing, &demand->values) || (from != NULL && !is_ascii(from));
}

/* Answers those recipients that cannot be sent to this relay at all; true if anybody is left. */
static bool settle_hopeless(struct smtp_client *client, struct envelope *envelope,
                            const struct demand *demand)
{
  bool has_utf8 = (client->extensions & OFFERS_SMTPUTF8) != 0, is_any_left = false;
  g_autofree char *from = wire_address(envelope_from(envelope));
  if (from == NULL)
    envelope_answer_rest(envelope, ANSWER_NEVER, "553 5.1.7 The sender's address cannot be written in SMTP.");
  if (client->size_limit > 0 && demand->size > client->size_limit)
    envelope_answer_rest(envelope, ANSWER_NEVER, "552 5.3.4 The mail is larger than the relay accepts.");
  for (guint i = 0; i < envelope->count; i++) {
    if (envelope->answers[i] != ANSWER_NONE) continue;
    g_autofree char *to = wire_address(envelope->deliveries[i]->address);
    if (to == NULL)
      envelope_answer(envelope, i, ANSWER_NEVER, "553 5.1.3 The address cannot be written in SMTP.");
    else if (!has_utf8 && (demand->needs_utf8 || !is_ascii(to)))
      envelope_answer(envelope, i, ANSWER_NEVER,
                      "550 5.6.7 The address needs SMTPUTF8, which the relay does not offer.");
    else
      is_any_left = true;
  }
  return is_any_left;
}

static void put_mail(struct smtp_client *client, const struct envelope *envelope, const struct demand *demand)
{
  bool needs_utf8 = demand->needs_utf8;
  for (guint i = 0; i < envelope->count && !needs_utf8; i++) {
    if (is_ascii(envelope->deliveries[i]->address)) continue;
    g_autofree char *to = wire_address(envelope->deliveries[i]->address);
    needs_utf8 = to != NULL && !is_ascii(to);
  }
  g_autofree char *from = wire_address(envelope_from(envelope));
  g_string_append_printf(client->out, "MAIL FROM:<%s>", from);
  if (client->extensions & OFFERS_SIZE)
    g_string_append_printf(client->out, " SIZE=%" G_GSIZE_FORMAT, demand->size);
  if ((client->extensions & OFFERS_8BITMIME) && demand->is_8bit)
    g_string_append(client->out, " BODY=8BITMIME");
  if (needs_utf8) g_string_append(client->out, " SMTPUTF8");
  g_string_append(client->out, "\r\n");
}

static void put_recipient(struct smtp_client *client, const struct envelope *envelope, guint i)
{
  g_autofree char *to = wire_address(envelope->deliveries[i]->address);
  g_string_append_printf(client->out, "RCPT TO:<%s>\r\n", to);
}

/* The recipients still without an answer: their number. */
static guint count_open(const struct envelope *envelope)
{
  guint open = 0;
  for (guint i = 0; i < envelope->count; i++) open += envelope->answers[i] == ANSWER_NONE;
  return open;
}

/* ---- answers ---- */

static enum answer answer_of(int code)
{
  return code < 300 ? ANSWER_SENT : code < 500 ? ANSWER_LATER : ANSWER_NEVER;
}

/* MAIL was refused. That speaks of us, not of the recipient, so it is never final; only the mail's size is.
 * 530 and its like (RFC 4954) want a person to mend the configuration: the relay counts as away. */
static bool take_mail_refusal(struct smtp_client *client, struct envelope *envelope, GError **error)
{
  int code = client->reply.code;
  g_autofree char *line = smtp_reply_line(&client->reply);
  if (code == 530 || code == 534 || code == 535 || code == 538) {
    client->is_lost = true;
    return fault_set(error, FAULT_CONFIG, "%s:%u wants us to authenticate or encrypt first (%s).",
                     client->settings->host, client->settings->port, line);
  }
  g_autofree char *status = smtp_reply_status(line);
  bool is_size = code == 552 || g_str_has_suffix(status, " 5.3.4");
  envelope_answer_rest(envelope, is_size ? ANSWER_NEVER : ANSWER_LATER, line);
  return true;
}

/* RCPT was answered. 452 (and the older 552) behind accepted ones means "enough for this envelope" (RFC
 * 5321, 4.5.3.1.10). */
static void take_recipient_answer(struct smtp_client *client, struct envelope *envelope, guint i,
                                  guint accepted)
{
  int code = client->reply.code;
  if (code < 300) return;
  g_autofree char *line = smtp_reply_line(&client->reply);
  bool is_full = accepted > 0 && (code == 452 || code == 552);
  envelope_answer(envelope, i, is_full ? ANSWER_AGAIN_TOGETHER : answer_of(code), line);
}

/* DATA or the final dot was answered, for all that RCPT had accepted. */
static void take_content_answer(struct smtp_client *client, struct envelope *envelope)
{
  g_autofree char *line = smtp_reply_line(&client->reply);
  enum answer answer = answer_of(client->reply.code);
  if (answer == ANSWER_NEVER && count_open(envelope) > 1) answer = ANSWER_AGAIN_ALONE;
  envelope_answer_rest(envelope, answer, line);
}

/* ---- the transaction ---- */

/* Sends MAIL, RCPT… and DATA without waiting; only for few recipients. */
static void put_envelope(struct smtp_client *client, const struct envelope *envelope,
                         const struct demand *demand)
{
  put_mail(client, envelope, demand);
  for (guint i = 0; i < envelope->count; i++)
    if (envelope->answers[i] == ANSWER_NONE) put_recipient(client, envelope, i);
  g_string_append(client->out, "DATA\r\n");
}

static bool reset_if_needed(struct smtp_client *client, GError **error)
{
  if (!client->needs_reset) return true;
  client->needs_reset = false;
  if (!smtp_ask(client, "RSET", "", error)) return false;
  return smtp_is_positive(client) || smtp_lose(client, error, "does not accept RSET");
}

/* The recipients' replies, in order; with PIPELINING their commands run ahead, but never more than
 * REPLIES_WAITING_MAX. `sent` are under way already. Sets the number accepted. */
static bool exchange_recipients(struct smtp_client *client, struct envelope *envelope, bool is_all_sent,
                                guint *accepted, GError **error)
{
  guint to_send = is_all_sent ? envelope->count : 0, waiting = 0;
  guint most = smtp_client_pipelines(client) ? REPLIES_WAITING_MAX : 1;
  *accepted = 0;
  g_autofree bool *is_asked = g_new(bool, envelope->count);
  for (guint i = 0; i < envelope->count; i++) is_asked[i] = envelope->answers[i] == ANSWER_NONE;
  for (guint i = 0; i < envelope->count; i++) {
    if (!is_asked[i]) continue;
    if (waiting == 0 || waiting < most / 2) {
      for (; to_send < envelope->count && waiting < most; to_send++) {
        if (!is_asked[to_send]) continue;
        put_recipient(client, envelope, to_send);
        waiting++;
      }
    }
    if (!smtp_read_reply(client, error)) return false;
    if (waiting > 0) waiting--;
    take_recipient_answer(client, envelope, i, *accepted);
    *accepted += client->reply.code < 300;
  }
  return true;
}

/* With all words under way: reads their replies. *may_send: the relay waits for the content. */
static bool read_ahead_replies(struct smtp_client *client, struct envelope *envelope, bool *may_send,
                               GError **error)
{
  guint accepted = 0;
  if (!smtp_read_reply(client, error)) return false;
  bool is_mail_accepted = smtp_is_positive(client);
  if (is_mail_accepted) {
    if (!exchange_recipients(client, envelope, true, &accepted, error)) return false;
  } else {
    guint asked = count_open(envelope);
    if (!take_mail_refusal(client, envelope, error)) return false;
    for (guint i = 0; i < asked; i++)
      if (!smtp_read_reply(client, error)) return false;
  }
  if (!smtp_read_reply(client, error)) return false;
  client->needs_reset = client->reply.code != 354;
  *may_send = client->reply.code == 354 && accepted > 0;
  if (client->reply.code == 354 &&
      accepted == 0) { /* an empty mail to nobody ends what should not have begun (RFC 2920, 3.1) */
    g_string_append(client->out, ".\r\n");
    return smtp_read_reply(client, error);
  }
  if (!*may_send && accepted > 0) take_content_answer(client, envelope);
  return true;
}

/* Word by word, or recipients in windows: for relays without PIPELINING and for large envelopes. */
static bool exchange_envelope(struct smtp_client *client, struct envelope *envelope,
                              const struct demand *demand, bool *may_send, GError **error)
{
  guint accepted = 0;
  *may_send = false;
  put_mail(client, envelope, demand);
  if (!smtp_read_reply(client, error)) return false;
  if (!smtp_is_positive(client)) return take_mail_refusal(client, envelope, error);
  client->needs_reset = true;
  if (!exchange_recipients(client, envelope, false, &accepted, error)) return false;
  if (accepted == 0) return true;
  if (!smtp_ask(client, "DATA", "", error)) return false;
  *may_send = client->reply.code == 354;
  client->needs_reset = !*may_send;
  if (!*may_send) take_content_answer(client, envelope);
  return true;
}

/* The envelope up to the relay's "354 go ahead". */
static bool begin_transaction(struct smtp_client *client, struct envelope *now, const struct demand *demand,
                              bool *may_send, GError **error)
{
  bool is_ahead = client->ahead == now;
  client->ahead = NULL;
  if (!is_ahead) {
    if (!reset_if_needed(client, error)) return false;
    if (!smtp_client_pipelines(client) || count_open(now) > AHEAD_MAX)
      return exchange_envelope(client, now, demand, may_send, error);
    put_envelope(client, now, demand);
  }
  return read_ahead_replies(client, now, may_send, error);
}

/* The words of the next transaction behind the end of this content, if that may be. */
static void put_ahead(struct smtp_client *client, struct envelope *next)
{
  if (next == NULL || !smtp_client_pipelines(client) || next->count > AHEAD_MAX) return;
  struct demand demand;
  find_demand(next, &demand);
  if (!settle_hopeless(client, next, &demand)) return;
  put_envelope(client, next, &demand);
  client->ahead = next;
}

/* The content with its dot, and the answer to it. */
static bool send_content(struct smtp_client *client, struct envelope *now, const struct demand *demand,
                         struct envelope *next, GError **error)
{
  struct outgoing_place place = { 0 };
  while (!outgoing_put_some(now->outgoing, &demand->values, &place, client->out, WRITE_PORTION))
    if (!smtp_flush(client, error)) return false;
  put_ahead(client, next);
  if (!smtp_read_reply(client, error)) return false;
  if (client->reply.code < 400 && !smtp_is_positive(client))
    return smtp_lose(client, error, "answers content with nonsense");
  take_content_answer(client, now);
  return true;
}

bool smtp_client_deliver(struct smtp_client *client, struct envelope *now, struct envelope *next,
                         GError **error)
{
  struct demand demand;
  bool may_send = false;
  find_demand(now, &demand);
  if (client->ahead != now && !settle_hopeless(client, now, &demand)) return true;
  if (!begin_transaction(client, now, &demand, &may_send, error)) return false;
  return !may_send || send_content(client, now, &demand, next, error);
}
