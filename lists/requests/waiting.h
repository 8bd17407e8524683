/* Mails that wait for an answer to a request: its details name them, "mail=" and "recipient=". */
#ifndef LISTS_WAITING_H
#define LISTS_WAITING_H

#include "lists/decide.h"
#include "lists/requests/requests.h"

/* The details that waiting_read reads. Caller frees. */
char *waiting_details(const struct arrival *arrival);

/* Reads and understands the mail that waits, for the one recipient. NULL without error: it is no longer
 * there. Caller frees with incoming_free. */
struct incoming *waiting_read(struct work *work, const struct request *request, GError **error);

/* The waiting mail as it arrived, for deciding about it now: it borrows from `incoming` (waiting_read) and
 * stands at `list`, which may be NULL. Nothing of the answer that takes it up is in it. */
struct arrival waiting_arrival(struct work *work, const struct request *request,
                               const struct incoming *incoming, const struct list *list);

/* Its author means it for everybody: the waiting mail goes to the list, by the same rules as any other post.
 * Nothing happens where it is gone. */
bool waiting_post(struct work *work, const struct request *request, const struct list *list,
                  struct decision *decision, GError **error);

#endif
