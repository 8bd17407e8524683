/* Wall times and moments of a time zone, for this room. */
#ifndef TEXT_DATES_ZONE_H
#define TEXT_DATES_ZONE_H

#include "lib/text/dates/dates.h"

/* The wall time of a moment. Never fails: an unknown zone is read as Europe/Berlin, then as UTC. */
struct wall zone_wall(int64_t seconds, const char *zone);

#endif
