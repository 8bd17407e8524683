/* What the two files about notices share. */
#ifndef LISTS_NOTICES_PRIVATE_H
#define LISTS_NOTICES_PRIVATE_H

#include "lists/kinds.h"

#include "lib/store/moderation/notices.h"

struct value;

/* "M-0012". Caller frees. */
char *notice_number(const struct notice *notice);
/* A letter to whoever sent the notice; once a day where nobody vouches for them. */
bool notice_tell(struct work *work, const struct notice *notice, const char *letter, struct value *values,
                 const char *in_reply_to, GError **error);
/* Asks those with duties of the list; NULL: the admin. */
bool notice_ask(struct work *work, const struct notice *notice, const struct mail *mail,
                const struct list *list, GError **error);

#endif
