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
/* The two parts of multipart/signed (RFC 1847), as they stand in `raw`: what is signed, without the line end
 * before its delimiter, and the part with the signature. False: it is none, or has more or fewer parts: what
 * stands beside what is signed would be read as signed. */
struct entity_signed {
  const char *content, *signature;
  gsize content_size, signature_size;
};
bool entity_signed_parts(const char *raw, gsize size, struct entity_signed *parts);
/* The value of Content-Type, lower case; "" if none. Caller frees. */
char *entity_type(const char *raw, gsize size);

#endif
