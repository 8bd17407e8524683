/* Header fields as they stand in the raw bytes: nothing is copied or decoded here. RFC 5322 section 2.2, and
 * what really arrives: LF for CRLF, blanks before the colon, NUL bytes, no header at all. Linear time. Inside
 * lib/mail only. */
#ifndef MAIL_FIELDS_H
#define MAIL_FIELDS_H

#include <glib.h>
#include <stdbool.h>

struct field {
  const char *name; /* not ended by NUL */
  gsize name_size;
  const char *value; /* folded, with neither the colon nor the last line end */
  gsize value_size;
};

/* Where the header begins: behind a byte order mark and a leading mbox "From " line. */
const char *fields_begin(const char *raw, gsize size);

/* Reads the field at *at and moves *at behind it. False at the header's end: *at is then the first byte of
 * the body (behind the empty line, or at the first line that is no field, as Postfix sees it). */
bool field_next(const char **at, const char *end, struct field *field);

bool field_is(const struct field *field, const char *name);

/* The value on one line, trimmed, at most `limit` bytes of the raw value; NUL and other controls become
 * spaces. Still encoded, still of any charset. *was_cut (may be NULL) becomes true when the limit was hit.
 * Caller frees. */
char *field_unfold(const struct field *field, gsize limit, bool *was_cut);

/* The same as valid UTF-8: raw 8-bit bytes by detection. RFC 2047 words are left as they are. */
char *field_line(const struct field *field, gsize limit, bool *was_cut);

#endif
