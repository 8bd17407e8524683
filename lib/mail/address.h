/* Addresses: comparing and taking apart. RFC 5321, RFC 6531. */
#ifndef MAIL_ADDRESS_H
#define MAIL_ADDRESS_H

#include <glib.h>
#include <stdbool.h>

/* The form addresses are compared and stored in: trimmed, without brackets, lower case (Unicode), domain in
 * its U-label form. NULL if it is no address (no "@", empty halves, spaces, controls, > 254 bytes). Caller
 * frees. */
char *address_normalise(const char *address);

/* Splits local part and domain at the last "@". False if there is none. Results are newly allocated, NULL
 * allowed. */
bool address_split(const char *address, char **local, char **domain);

/* The registrable domain (public suffix list): "mail.ba-tk.example" and "ba-tk.example" are aligned in
 * relaxed mode. */
bool address_domains_align(const char *a, const char *b);

/* The addresses that a text names, normalised, in order, each once; a full stop, quotation marks and "mailto:"
 * around them do not count. At most `limit` of them. char*. Never NULL; caller unrefs. */
GPtrArray *addresses_in(const char *text, guint limit);

/* A mailbox for a header: "name" quoted or RFC 2047 encoded as needed, then <address>, folded at 78. Caller
 * frees. */
char *address_format(const char *name, const char *address);

#endif
