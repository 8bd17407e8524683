/* Transfer encodings out: what leaves us is ASCII, CRLF, and no line is longer than 998 octets. Inside
 * lib/mail only. */
#ifndef MAIL_ENCODE_H
#define MAIL_ENCODE_H

#include <glib.h>
#include <stdbool.h>

/* What stands in bytes that are to be copied. */
struct traits {
  bool has_8bit;
  bool has_control; /* NUL, 0x01, 0x02: the latter two are marks of slots */
  bool has_bare_cr, has_bare_lf;
  gsize longest_line; /* octets without the line end */
};
struct traits bytes_traits(const char *bytes, gsize size);
/* May they stand in a mail as they are, but for LF that become CRLF? */
bool bytes_are_clean(const struct traits *traits);

/* Copies, with CRLF for every bare LF. */
void put_lines(GString *out, const char *bytes, gsize size);
/* RFC 2045 section 6.8, lines of 76. */
void put_base64(GString *out, const void *bytes, gsize size);
/* RFC 2045 section 6.7 of text with LF or CRLF. */
void put_quoted_printable(GString *out, const char *bytes, gsize size);

#endif
