/* One connection to a relay: SMTP (RFC 5321) as a blocking dialogue. The only file that knows libetpan: bytes
 * go through its mailstream, TLS and SASL are its own; the dialogue is ours, since its calls neither pipeline
 * (RFC 2920) nor know SMTPUTF8 (RFC 6531). */
#ifndef MTA_HOOKS_SEND_SMTP_CLIENT_H
#define MTA_HOOKS_SEND_SMTP_CLIENT_H

#include "mta-hooks/send/envelope.h"

enum { SMTP_CONNECT_SECONDS = 30, SMTP_REPLY_SECONDS = 300 };

struct smtp_settings {
  const char *host;
  guint16 port;
  const char *helo;
  const char *starttls; /* "no"; "may": encrypted where offered, whoever it is; "must": encrypted, certificate
                           checked */
  const char *username; /* "" or NULL: no SASL */
  const char *password;
  int connect_seconds, reply_seconds; /* 0: the constants above */
};

struct smtp_client;

/* Connects, greets, encrypts and authenticates as the settings say, which must outlive the client. Fails with
 * FAULT_UNAVAILABLE (nobody there, trouble on the way) or FAULT_CONFIG (a person must mend it: refused
 * password, no encryption where it must be). */
struct smtp_client *smtp_client_open(const struct smtp_settings *settings, GError **error);
/* Says QUIT if the connection is in order, and closes. NULL allowed. */
void smtp_client_close(struct smtp_client *client);
/* Idle connections: is the relay still there, with nothing to say? */
bool smtp_client_is_alive(const struct smtp_client *client);
bool smtp_client_pipelines(const struct smtp_client *client);

/* Does the whole transaction of `now` and sets its answers. False: the connection is lost or useless, the
 * answers set so far do not count, what the relay did with a content under way is not known; close. `next`
 * (NULL: none known) is the envelope that will be given as `now` in the next call: if the relay pipelines,
 * its MAIL, RCPT and DATA leave in one write with the end of this content, so a mail costs one round trip.
 * Recipients that cannot be sent at all (needs SMTPUTF8 and it is not offered, too large, not an address one
 * can write down) are answered without a word to the relay. */
bool smtp_client_deliver(struct smtp_client *client, struct envelope *now, struct envelope *next,
                         GError **error);

#endif
