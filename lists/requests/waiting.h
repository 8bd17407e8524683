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

#endif
