/* Finding what does not belong to the public inside a text; for the privacy gate only. */
#ifndef WEB_ARCHIVE_REDACT_H
#define WEB_ARCHIVE_REDACT_H

#include <glib.h>

/* Puts `text` (valid UTF-8) at the end of `out`, with a neutral word in brackets instead of each e-mail
 * address, telephone number, bank account, Message-ID, and link that carries one of them. Addresses at
 * `domain` stay unless they hold a token. */
void redact(GString *out, const char *text, gsize size, const char *domain);

#endif
