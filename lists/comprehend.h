/* Understanding what has just been read, for each address of ours that it came to. */
#ifndef LISTS_COMPREHEND_H
#define LISTS_COMPREHEND_H

#include "lists/decide.h"

/* Fills incoming->understandings: what the mail means at each of its recipients; NULL where nobody asks
 * (robots, addresses of no list). Photos are asked where they are where the kind wants that. Looks at no
 * store; call it outside a transaction, after cutting. */
void comprehend(const struct work *work, struct incoming *incoming);

#endif
