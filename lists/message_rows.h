/* Rows of a message that are made from a mail as they stand in it. */
#ifndef LISTS_MESSAGE_ROWS_H
#define LISTS_MESSAGE_ROWS_H

#include "lib/mail/mail.h"

/* struct attachment*, numbered from 1 in the mail's order. Caller unrefs. */
GPtrArray *message_attachments(const struct mail *mail);

#endif
