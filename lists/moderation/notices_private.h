/* What the three files about notices share. */
#ifndef LISTS_NOTICES_PRIVATE_H
#define LISTS_NOTICES_PRIVATE_H

#include "lists/kinds.h"

#include "lib/store/moderation/notices.h"

struct value;
struct message;

/* "M-0012". Caller frees. */
char *notice_number(const struct notice *notice);
/* A letter to whoever sent the notice; once a day where nobody vouches for them. */
bool notice_tell(struct work *work, const struct notice *notice, const char *letter, struct value *values,
                 const char *in_reply_to, GError **error);
/* Asks those with duties of the list; NULL: the admin. */
bool notice_ask(struct work *work, const struct notice *notice, const struct mail *mail,
                const struct list *list, GError **error);

/* abuse_post.c: the post that a notice, or the answer about it, links; only of the list `asked`, where it is
 * not 0. *post NULL: none is clear. Caller frees (message_free). */
bool notice_post(struct work *work, const struct notice *notice, const struct arrival *answer, int64_t asked,
                 struct message **post, GError **error);

#endif
