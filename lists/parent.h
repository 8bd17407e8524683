/* The mail that is answered, where we hold it: what stands in it is quote in the answer. */
#ifndef LISTS_PARENT_H
#define LISTS_PARENT_H

#include "lists/decide.h"

/* Looks up what an incoming mail answers, by the token of the address it came to, else by References, and
 * cuts its text by comparison. Without a parent, or when the store cannot be read now, nothing changes: the
 * text was cut once already. Reads only; call it outside a transaction. */
void parent_compare(struct work *work, struct incoming *incoming);

#endif
