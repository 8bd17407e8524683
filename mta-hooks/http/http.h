/* `kiezpost http`: the page behind the link in List-Unsubscribe (RFC 8058), for mail programs that show a
 * button. It answers a web server in front of it, which does the TLS. */
#ifndef MTA_HOOKS_HTTP_HTTP_H
#define MTA_HOOKS_HTTP_HTTP_H

#include "lib/base/config.h"

struct letters;

/* What is asked. */
struct leave_request {
  const char *method; /* "GET" … */
  const char *path;   /* as the web server passes it on: it ends with /leave/TOKEN */
  const char *body;   /* of a POST, its first bytes */
};

/* What is answered. */
struct leave_answer {
  unsigned status; /* of HTTP */
  char *page;      /* HTML; never NULL */
};
void leave_answer_clear(struct leave_answer *answer);

/* Gives the mail to the receiver: TEMPORARY where it cannot. */
typedef bool leave_deliver(const struct config *config, const char *sender, const char *recipient,
                           const char *mail, GError **error);

/* GET shows a page with one button and changes nothing; POST hands the worker a mail to the member's address
 * for leaving. Everything else is refused. Never fails: faults of ours are 503. */
struct leave_answer leave_answer(const struct config *config, struct letters *letters, int64_t now,
                                 const struct leave_request *request, leave_deliver *deliver);

/* A leave_deliver: by LMTP, as the MTA would. */
bool leave_hand_over(const struct config *config, const char *sender, const char *recipient, const char *mail,
                     GError **error);

#endif
