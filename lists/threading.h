/* Threading: which thread a message belongs to, and below which message. By References and In-Reply-To with
 * stand-ins for mails not seen, in any order of arrival, safe against cycles; by subject only for answers
 * without references, in the same list, within a window. RFC 5322 section 3.6.4, RFC 5256 section 3; see
 * docs/design.md. */
#ifndef LISTS_THREADING_H
#define LISTS_THREADING_H

#include "lib/mail/mail.h"
#include "lib/store/threads.h"
#include "lists/kinds.h"

/* Files `message` (list, mail, message_id, names, subject, text, times, attachments set by the caller) into a
 * thread of its list: sets id, thread, parent, depth, position; creates, fills, joins and merges; marks pages
 * stale. */
bool threading_place(struct work *work, const struct list *list, const struct mail *mail,
                     struct message *message, GError **error);

#endif
