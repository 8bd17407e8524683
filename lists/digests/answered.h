/* What offices answered, in collected letters: an office's post is marked, and the public answers to cases of
 * the list's region follow the posts. */
#ifndef LISTS_DIGESTS_ANSWERED_H
#define LISTS_DIGESTS_ANSWERED_H

#include "lists/kinds.h"

struct value;
struct message;

/* The office that wrote a post as itself: "name" is its name and "office" its sign; nothing for an ordinary
 * one. */
bool answered_mark_post(struct work *work, const struct message *post, struct value *row, GError **error);
/* "answers": number, title, office, sign, url of public cases of the list's region that got their first
 * answer after `since`; at most ten, "more_answers" says that there were more. */
bool answered_add(struct work *work, const struct list *list, int64_t since, int64_t until,
                  struct value *values, GError **error);

#endif
