/* Escapes: the verb names the place a text is put into. Nothing from a mail reaches HTML, a URL, a header or
 * a file name without passing the matching verb. All take UTF-8; invalid bytes and C0 controls but TAB and LF
 * become U+FFFD. */
#ifndef TEXT_ESCAPE_H
#define TEXT_ESCAPE_H

#include <glib.h>
#include <stdbool.h>

/* HTML or XML text and (quoted) attribute values: & < > " ' as references. `put_text` also breaks up "<?" and
 * "<!--" by what it escapes anyway, so static output can never hold PHP or SSI. */
void put_text(GString *out, const char *text);
void put_attr(GString *out, const char *text);
/* XML 1.0 (feeds, sitemaps): as put_text, without characters that XML forbids. */
void put_xml(GString *out, const char *text);
/* Plain text of several lines: only invalid bytes and controls are replaced. */
void put_plain(GString *out, const char *text);
/* One component of a URL (RFC 3986 unreserved stays, all else %XX). */
void put_url(GString *out, const char *text);
/* A mailto: URL (RFC 6068): address with + as %2B, subject and body may be NULL. Still to be put_attr'ed in
 * HTML. */
void put_mailto(GString *out, const char *address, const char *subject, const char *body);
/* One line of plain text: line breaks and controls become spaces, bidi overrides and zero-width joiners go.
 */
void put_line(GString *out, const char *text);
/* A JSON string body (without the quotes). */
void put_json(GString *out, const char *text);

/* Text for a header's value: one line (put_line), at most `limit` bytes cut at a character's end. lib/mail
 * encodes it (RFC 2047). Caller frees. */
char *text_for_header(const char *text, size_t limit);

/* A file name to offer for saving: no "/", "\\", controls or leading dots, at most 120 bytes with the
 * extension kept; "anhang" when nothing is left. Caller frees. */
char *text_for_filename(const char *text);

/* Valid UTF-8 of any bytes: invalid sequences become U+FFFD, NUL is dropped. Caller frees. */
char *text_make_valid(const char *bytes, gsize size);

#endif
