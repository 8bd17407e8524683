/* A zone described for calendars: VTIMEZONE (RFC 5545 section 3.6.5). Inside lib/mail only. */
#ifndef MAIL_ICS_ZONE_OUT_H
#define MAIL_ICS_ZONE_OUT_H

#include <libical/ical.h>

/* The zone as it is from `year` on: what its clocks did in that year and in the next, as rules where both
 * years follow the same one. Caller frees, or hands it to a component. */
icalcomponent *zone_out(const char *zone, int year);

#endif
