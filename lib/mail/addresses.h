/* Fields of addresses: From, To, Cc … as mailboxes. RFC 5322 section 3.4 with its obsolete forms, and what
 * clients write. Inside lib/mail only. */
#ifndef MAIL_ADDRESSES_H
#define MAIL_ADDRESSES_H

#include "lib/mail/mail.h"

/* Reads one line of addresses (still with RFC 2047 words) and appends a struct mail_address* for each
 * mailbox; groups are flattened. What holds no "@" is passed over. */
void addresses_parse(const char *line, GPtrArray *addresses);

struct mail_address *mail_address_new(const char *name, const char *address);
void mail_address_free(gpointer address);

#endif
