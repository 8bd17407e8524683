/* Paths of an envelope: what stands in the angle brackets of MAIL and RCPT (RFC 5321 section 4.1.2, RFC
 * 6531). */
#ifndef MTA_HOOKS_LMTP_PATH_H
#define MTA_HOOKS_LMTP_PATH_H

#include <stdbool.h>

/* Reads "<…>" at *text (spaces before it are passed over) and moves *text behind it. A source route
 * ("@a,@b:") is dropped, needless quotes of a local part are taken off, the rest stays as written. *address
 * is "" for "<>", and may have no domain ("<postmaster>"). False when it is no path: unbalanced, an empty
 * half, white space, controls, or bytes that are not UTF-8. Caller frees *address. */
bool path_read(const char **text, char **address);

#endif
