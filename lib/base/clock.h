/* The clock. Only `main` and clock_now() know the time; everything else is handed it. What happened is
 * integer UTC seconds since 1970. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Seconds since 1970, UTC; the fixed moment where clock_fix() set one (--now, tests). */
int64_t clock_now(void);

/* Milliseconds of a clock that never jumps; for timeouts and measuring, never stored. Not affected by
 * clock_fix(). */
int64_t clock_monotonic_ms(void);

/* From here on clock_now() answers `now`. */
void clock_fix(int64_t now);

/* Reads RFC 3339 ("2026-03-02T10:15:00+01:00"). Fails with FAULT_INPUT. */
bool clock_parse(const char *rfc3339, int64_t *result, GError **error);

/* RFC 3339 in UTC with "Z"; caller frees. */
char *clock_format_utc(int64_t moment);

/* RFC 3339 with the offset of an IANA zone ("Europe/Berlin"); caller frees. An unknown zone counts as UTC. */
char *clock_format_in(int64_t moment, const char *zone);

/* RFC 5322 date in UTC ("Mon, 02 Mar 2026 09:15:00 +0000"); caller frees. */
char *clock_format_mail(int64_t moment);

#endif
