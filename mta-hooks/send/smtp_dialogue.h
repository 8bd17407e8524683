/* What the two halves of the SMTP client share: smtp_client.c connects, encrypts and reads replies,
 * smtp_transaction.c does MAIL to dot. Nobody else includes this. */
#ifndef MTA_HOOKS_SEND_SMTP_DIALOGUE_H
#define MTA_HOOKS_SEND_SMTP_DIALOGUE_H

#include "mta-hooks/send/smtp_client.h"
#include "mta-hooks/send/smtp_reply.h"

struct mailsmtp; /* libetpan's */

enum extension {
  OFFERS_PIPELINING = 1 << 0,
  OFFERS_SIZE = 1 << 1,
  OFFERS_8BITMIME = 1 << 2,
  OFFERS_SMTPUTF8 = 1 << 3,
  OFFERS_STARTTLS = 1 << 4,
};

struct smtp_client {
  const struct smtp_settings *settings;
  struct mailsmtp *session; /* libetpan's: holds the stream, and what STARTTLS and SASL need to know */
  unsigned extensions;
  guint64 size_limit; /* 0: none told */
  bool is_encrypted, is_loopback;
  bool is_plain; /* encryption has failed before and need not be: do without */
  bool has_failed_tls;
  bool is_lost;                 /* nothing can be said any more, not even QUIT */
  bool needs_reset;             /* a transaction was begun and not ended: RSET comes first */
  const struct envelope *ahead; /* its MAIL, RCPT and DATA are already under way */
  GString *out;
  struct smtp_reply reply;
};

/* Says what is wrong with the relay ("HOST:PORT WHAT."), and that this connection is over. Returns false. */
bool smtp_lose(struct smtp_client *client, GError **error, const char *what);
/* Sends what has been collected in client->out, in one write. */
bool smtp_flush(struct smtp_client *client, GError **error);
/* Sends what is collected and reads one reply into client->reply; a 421 is trouble. */
bool smtp_read_reply(struct smtp_client *client, GError **error);
/* One command, one reply. */
bool smtp_ask(struct smtp_client *client, const char *command, const char *argument, GError **error);
/* Was the last reply a 2xx? */
bool smtp_is_positive(const struct smtp_client *client);

#endif
