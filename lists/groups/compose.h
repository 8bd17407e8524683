/* A post as the members get it. */
#ifndef LISTS_GROUPS_COMPOSE_H
#define LISTS_GROUPS_COMPOSE_H

#include "lists/kinds.h"

#include "lib/store/threads.h"

/* Composes the post anew: From of ours, To the list, list headers, tag, footer, links in the place of large
 * attachments. Slot a of the content is the recipient's address for leaving, as it stands in a mailto: URL;
 * with is_batch there is no slot. NULL on error. */
GBytes *group_compose(struct work *work, const struct arrival *arrival, const struct message *message,
                      const struct thread *thread, bool is_announce, GError **error);

/* The subject with "[tag]" in it once. tag "": as it is. Caller frees. */
char *group_subject(const char *subject, const char *tag);

/* Attachments larger than this become links: the list's limit, lowered where many together would still make a
 * huge mail. */
int64_t group_attachment_limit(int64_t of_list, const struct mail *mail);

#endif
