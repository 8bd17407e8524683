/* Header fields out: the one place where a value enters a header. CR, LF and NUL never pass; other than ASCII
 * is encoded (RFC 2047); lines are folded at 78 and never longer than 998. Inside lib/mail only. */
#ifndef MAIL_HEADER_OUT_H
#define MAIL_HEADER_OUT_H

#include "lib/mail/compose.h"

enum { HEADER_LINE_MAX = 998, HEADER_VALUE_MAX = 4000 };

/* "Name: value\r\n" of UTF-8 text (cut at HEADER_VALUE_MAX bytes); slot bytes in it become spaces. An
 * unusable name writes nothing. */
void header_put_text(GString *out, const char *name, const char *value);
/* The same with a value that is ready: folds ("\r\n ") and slots stay, other CR, LF, NUL, 0x01, 0x02 become
 * spaces; too long lines are folded at blanks, or cut. */
void header_put_raw(GString *out, const char *name, const char *value);
/* One of the caller's fields. */
void header_put(GString *out, const struct compose_header *header);
/* A display name: as it is, quoted, or encoded words; `column`: where on its line it will stand. */
void header_put_phrase(GString *out, const char *name, gsize column);
/* "Mon, 02 Mar 2026 10:15:00 +0100" */
void header_put_date(GString *out, const char *name, int64_t moment, int offset_minutes);
/* "Message-ID: <id>", folded if need be. */
void header_put_id(GString *out, const char *name, const char *id);

#endif
