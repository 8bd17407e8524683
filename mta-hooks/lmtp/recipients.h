/* Which recipients are ours: the address book that the worker publishes and the keys, both read anew when
 * their files change. LMTP, socketmap and `deliver --local` ask here. While either file cannot be read nobody
 * is refused: the answer is "not now". For one thread. */
#ifndef MTA_HOOKS_LMTP_RECIPIENTS_H
#define MTA_HOOKS_LMTP_RECIPIENTS_H

#include "lib/base/config.h"

enum recipient_verdict {
  RECIPIENT_OURS,
  RECIPIENT_UNKNOWN,
  RECIPIENT_FORGED,  /* behind the delimiter stands what looks like a token and was not signed by us */
  RECIPIENT_NOT_NOW, /* the book or the keys cannot be read */
  RECIPIENT_VERDICT_COUNT
};

struct recipients;

/* Reads both files; that one of them cannot be read yet is no error. The config must live on. */
struct recipients *recipients_new(const struct config *config);
void recipients_free(struct recipients *recipients);

/* Looks up an address as it stands in RCPT TO; "postmaster" needs no domain. */
enum recipient_verdict recipients_look_up(struct recipients *recipients, const char *address);

/* Addresses found to be ours in the form that is stored, each once. NULL-ended; caller frees. */
char **recipients_stored(const struct recipients *recipients, const char *const *addresses);

/* The LMTP reply line for a verdict. */
const char *recipients_reply(enum recipient_verdict verdict);

/* Why the answer is "not now": a sentence, NULL when all is well. Reads the files anew where they changed. */
const char *recipients_fault(struct recipients *recipients);

/* The key file was replaced by one that may not be read here (a sandbox names files, not names): only a new
 * start helps. */
bool recipients_need_new_start(const struct recipients *recipients);

#endif
