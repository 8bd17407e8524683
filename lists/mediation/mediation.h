/* Mediation: somebody writes to vermittlung@, a mediator takes it on, the other person is asked, and three
 * people talk through addresses of ours. Nothing of it is published, and nobody learns an address. */
#ifndef LISTS_MEDIATION_H
#define LISTS_MEDIATION_H

#include "lists/kinds.h"

struct letter;

/* How long what was written is kept: a mediation in which nobody does anything ends by itself, and some days
 * after the end names, addresses and mails are removed. */
enum { MEDIATION_SILENT_DAYS = 180, MEDIATION_KEPT_DAYS = 30 };

/* The kind "mediation": a mail to the list's own address. */
bool mediation_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                       GError **error);

/* Remembers that a mail came to a list for mediation, whatever becomes of it, so that it is removed in time.
 */
bool mediation_note(struct work *work, const struct arrival *arrival, GError **error);

/* A letter of ours did not reach this address: where it takes part in a mediation, its mediator is told. */
bool mediation_bounced(struct work *work, const struct letter *letter, const char *address, GError **error);

/* Ends what is silent and forgets what is over, a few in the caller's transaction. Returns how many; -1 on
 * error. */
int mediation_tick(struct work *work, GError **error);

#endif
