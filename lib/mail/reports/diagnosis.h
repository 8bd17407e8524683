/* Why a mail was not delivered: from codes (RFC 3463, RFC 5321) and words, whichever says more. For the
 * files of this folder, and for who judges what our own MTA answers (lists/bounces). */
#ifndef MAIL_REPORTS_DIAGNOSIS_H
#define MAIL_REPORTS_DIAGNOSIS_H

#include <stdbool.h>

enum reason {
  REASON_NONE,     /* nothing is said */
  REASON_USER,     /* no such person */
  REASON_HOST,     /* no such domain, or one without mail */
  REASON_DISABLED, /* the account is closed */
  REASON_MOVED,    /* it has another address */
  REASON_FULL,     /* the mailbox is full */
  REASON_SIZE,     /* the mail was too large */
  REASON_POLICY,   /* the mail, its sender or its server was not wanted */
  REASON_TEMPORARY /* the net, the other server, the time */
};

struct diagnosis {
  enum reason reason;
  char status[16];   /* enhanced status; made up from the reason where none was said */
  bool is_permanent; /* the address will take no mail unless its owner acts */
  bool is_policy;
};

/* `text`: what the other server said, or what a report says about one address; "" for nothing. `status`: the
 * Status field of a report, or NULL. `is_delayed`: the report says that it is still being tried. */
struct diagnosis diagnose(const char *text, const char *status, bool is_delayed);

#endif
