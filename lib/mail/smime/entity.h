/* A MIME entity's header and body as bytes. Inside lib/mail/smime and lib/mail/pgp. */
#ifndef MAIL_SMIME_ENTITY_H
#define MAIL_SMIME_ENTITY_H

#include <glib.h>
#include <stdbool.h>

/* Where the body begins; size: there is none. */
gsize entity_body(const char *raw, gsize size);
/* Appends the header's fields whose names begin with "Content-" (is_content), or all others but MIME-Version.
 * Lines end in CRLF afterwards. */
void entity_put_fields(GString *out, const char *raw, gsize size, bool is_content);
/* Appends text with CRLF at each line's end. */
void entity_put_crlf(GString *out, const char *text, gsize size);
/* What was inside a sealed mail, with the mail's own header: of its own header only the fields about the
 * content count, so that nobody brings a From or an Authentication-Results in there. */
GBytes *entity_replace(const char *raw, gsize size, GBytes *entity);
/* The value of Content-Type, lower case; "" if none. Caller frees. */
char *entity_type(const char *raw, gsize size);

#endif
