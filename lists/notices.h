/* Notices: sentences back to people who wrote to us, at most one of a purpose a day and address, and not more
 * than a few hundred a day in all: what answers mail on its own must never become a tool against others
 * (backscatter). */
#ifndef LISTS_NOTICES_H
#define LISTS_NOTICES_H

#include "lists/kinds.h"

/* *may says whether a notice may go out now; if so, it is noted down in the same transaction. */
bool notices_may(struct work *work, const char *purpose, const char *address, bool *may, GError **error);

#endif
