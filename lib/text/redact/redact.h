/* Finding what does not belong to the public inside a text: for the privacy gate (web-archive/privacy.h), and
 * where a moderator wants a post without it (lib/text/redact/wishes.h). */
#ifndef TEXT_REDACT_H
#define TEXT_REDACT_H

#include <glib.h>
#include <stdbool.h>

/* Puts `text` (valid UTF-8) at the end of `out`, with a neutral word in brackets instead of each e-mail
 * address, telephone number, bank account, Message-ID, and link that carries one of them. Addresses at
 * `domain` stay unless they hold a token. */
void redact(GString *out, const char *text, gsize size, const char *domain);

enum redact_kind {
  REDACT_EMAIL = 1 << 0, /* addresses of mail, Message-IDs, links that carry an address */
  REDACT_PHONE = 1 << 1,
  REDACT_ACCOUNT = 1 << 2,
  REDACT_LINK = 1 << 3, /* every link; redact() leaves the harmless ones */
};

/* The same for some kinds alone (bits of enum redact_kind). Returns how many places were replaced. */
guint redact_kinds(GString *out, const char *text, gsize size, const char *domain, unsigned kinds);

/* Does what was found at [from, to) of the text stay as it is? */
typedef bool redact_stays(const char *text, gsize from, gsize to, enum redact_kind kind, void *data);
/* The same, but for what `stays` (NULL: nothing) lets stand. */
guint redact_kinds_but(GString *out, const char *text, gsize size, const char *domain, unsigned kinds,
                       redact_stays *stays, void *data);

#endif
