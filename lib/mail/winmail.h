/* Finds winmail.dat among a mail's parts. Inside lib/mail only. */
#ifndef MAIL_WINMAIL_H
#define MAIL_WINMAIL_H

#include "lib/mail/parts.h"

/* What a leaf holds, where it is winmail.dat, as the body of a multipart/mixed with TNEF_BOUNDARY; NULL: it
 * is none. `parts` are those that came before; the caller frees. */
GString *winmail_as_mime(struct parts *parts, const struct part *part);

#endif
