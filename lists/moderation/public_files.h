/* Attachments too large to travel: in the public archive after a moderator's yes. */
#ifndef LISTS_MODERATION_PUBLIC_FILES_H
#define LISTS_MODERATION_PUBLIC_FILES_H

#include "lists/kinds.h"

#include "lib/store/threads.h"

/* Where an attachment of a post will stand, if a moderator says yes. NULL: nowhere, since the list is not
 * public, or this is no file that we can make fit for the public. Caller frees. */
char *public_file_url(const struct work *work, const struct arrival *arrival, const struct message *message,
                      const struct mail_attachment *attachment);

/* Asks everybody with duties of the list about the attachments of a post that are larger than `limit`;
 * nothing where none can be published. */
bool public_files_question(struct work *work, const struct arrival *arrival, const struct message *message,
                           int64_t limit, GError **error);

#endif
