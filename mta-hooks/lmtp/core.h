/* The receiving core: LMTP (RFC 2033) as a state machine over bytes, with no sockets, clocks or files in it.
 * The caller feeds what arrived and sends what it answers. One core a connection.
 *
 * LHLO/EHLO/HELO answers (EHLO and HELO are refused: this is LMTP), PIPELINING, SIZE (RFC 1870), 8BITMIME
 * (RFC 6152), SMTPUTF8 (RFC 6531), ENHANCEDSTATUSCODES (RFC 2034); MAIL, RCPT, DATA, RSET, NOOP, VRFY, QUIT.
 * Bare LF or bare CR in commands ends in 500 5.5.2 and, within DATA, the mail is refused with 554 5.6.0 at
 * the dot (no smuggling: only CRLF . CRLF ends data); NUL bytes inside data are kept. */
#ifndef MTA_HOOKS_LMTP_CORE_H
#define MTA_HOOKS_LMTP_CORE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct lmtp_limits {
  int64_t size_bytes;    /* of one mail; answered at MAIL (SIZE=) and again at the dot: 552 5.3.4 */
  int recipients;        /* beyond: 452 4.5.3 */
  const char *host_name; /* in greeting and LHLO */
};

/* What the core asks of its owner. All run inside lmtp_feed. */
struct lmtp_owner {
  /* Is this recipient ours? Returns the whole reply line, "250 2.1.5 …" to accept, else "550 5.1.1 …",
   * "451 4.3.0 …". Static or interned. */
  const char *(*recipient)(const char *address, void *data);
  /* A mail begins; size_hint from SIZE= or 0. False: not now, the core answers DATA with 452 4.3.1. */
  bool (*begin)(int64_t size_hint, void *data);
  /* Unstuffed bytes with CRLF line ends, in pieces. False: cannot store; abort is called, the rest is
   * swallowed, the dot is answered 452 4.3.1. */
  bool (*piece)(const void *bytes, gsize size, void *data);
  /* The dot: the envelope stands, the owner makes it durable and then calls lmtp_finish. */
  void (*end)(const char *sender, const char *const *recipients, bool smtputf8, void *data);
  /* The mail in progress is given up (RSET is impossible in DATA; connection lost, too large). */
  void (*abort)(void *data);
};

struct lmtp_core;
struct lmtp_core *lmtp_core_new(const struct lmtp_limits *limits, const struct lmtp_owner *owner, void *data);
/* Calls abort when a mail is in progress; one that waits for lmtp_finish is the owner's already. */
void lmtp_core_free(struct lmtp_core *core);

/* What to say now is appended to `out`; the greeting comes from lmtp_greet. Stops reading (returns bytes
 * consumed < size) while a mail waits for lmtp_finish or after QUIT; the caller keeps the rest and feeds it
 * again later. */
void lmtp_greet(struct lmtp_core *core, GString *out);
gsize lmtp_feed(struct lmtp_core *core, const char *bytes, gsize size, GString *out);

/* Answers the dot: one reply a recipient; every one "250 2.0.0 …" or, with a reply of its own ("452 4.3.1
 * …"), that one for all. */
void lmtp_finish(struct lmtp_core *core, const char *reply_or_null, GString *out);

bool lmtp_is_waiting(const struct lmtp_core *core); /* between end() and lmtp_finish */
bool lmtp_is_in_data(const struct lmtp_core *core);
bool lmtp_has_quit(const struct lmtp_core *core);

#endif
