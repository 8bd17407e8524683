/* Bounces: what comes back of our letters, and what follows for the members they went to. A report counts
 * only at a bounce address that we signed for this letter and this person, and only if the letter really went
 * to them; what the report itself says about addresses proves nothing. */
#ifndef LISTS_BOUNCES_H
#define LISTS_BOUNCES_H

#include "lists/kinds.h"

/* ROUTE_BOUNCE: a report at a bounce address. */
bool bounces_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                     GError **error);

/* A report of a provider (RFC 5965) at abuse@ or postmaster@: counts like one at a bounce address where the
 * mail complained about bears an address that we signed. *is_taken false: it is the admin's. */
bool complaint_at_desk(struct work *work, const struct arrival *arrival, struct decision *decision,
                       bool *is_taken, GError **error);

/* A mail whose sender our MTA vouches for: whoever wrote it is there, so their memberships wake up. */
bool bounces_hear(struct work *work, const struct mail *mail, GError **error);

/* Judges what the MTA refused for good, and takes the next steps with addresses that no longer take mail, a
 * few in the caller's transaction. Returns how many; -1 on error. */
int bounces_tick(struct work *work, GError **error);

#endif
