/* Domains where everybody can have a mailbox: what is from there is nobody's office, and "anna at web.de" is
 * an address and not English. */
#ifndef TEXT_MAILBOX_DOMAINS_H
#define TEXT_MAILBOX_DOMAINS_H

#include <stdbool.h>

extern const char *const mailbox_domains[]; /* lower case, NULL-ended */

/* Is it one of them, or below one? `domain` in lower case. */
bool is_mailbox_domain(const char *domain);

#endif
