/* The front door: one address for everything. A mail to it is taken for something, kept where that belongs,
 * and its sender reads in one line what was understood and which word corrects it. */
#ifndef LISTS_FRONTDOOR_H
#define LISTS_FRONTDOOR_H

#include "lists/kinds.h"

/* The kind's receive. */
bool frontdoor_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                       GError **error);

/* A short answer to another letter of ours that said what the front door took this mail for ("TERMIN"): it
 * corrects that as an answer to a line of its own does. *is_it false: it is none, or not from who wrote the
 * mail. */
bool frontdoor_corrected(struct work *work, const struct arrival *arrival, int64_t mail,
                         struct decision *decision, bool *is_it, GError **error);

#endif
