/* What the files of the outbox share. Known to lib/store only. */
#ifndef STORE_OUTBOX_INTERNAL_H
#define STORE_OUTBOX_INTERNAL_H

#include "lib/store/internal.h"
#include "lib/store/outbox.h"

/* Rows of the statements that select a letter (without its content) or a delivery. */
void *outbox_read_letter(const struct rows *rows);
void *outbox_read_delivery(const struct rows *rows);
bool outbox_put_delivery(struct store *store, const struct delivery *delivery, GError **error);
/* Closes the letter if nothing of it is open any more. */
bool outbox_close_letter(struct store *store, int64_t letter, int64_t at, GError **error);

#endif
