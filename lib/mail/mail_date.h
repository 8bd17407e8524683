/* The Date field (RFC 5322 section 3.3 and 4.3), read as leniently as people's programs write it. Inside
 * lib/mail only. */
#ifndef MAIL_MAIL_DATE_H
#define MAIL_MAIL_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* `line`: the unfolded value. False, and nothing is set, where no day, month and year can be found. *moment is
 * in seconds UTC, *offset_minutes as written; without a zone, or with one that nobody knows, UTC counts. */
bool mail_date_read(const char *line, int64_t *moment, int *offset_minutes);

#endif
