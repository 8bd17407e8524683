/* What a calendar part says of an event: what, when, where, how often (RFC 5545), in the wall time of our own
 * zone. Times may be in UTC, in a named zone (also Exchange's "W. Europe Standard Time"), in one that only
 * the part's own VTIMEZONE explains, floating, or whole days. */
#ifndef MAIL_CALENDAR_EVENT_H
#define MAIL_CALENDAR_EVENT_H

#include "lib/mail/calendar.h"
#include "lib/text/dates/dates.h"

struct calendar_event {
  struct wall start, end; /* year 0: not said; of whole days `end` is the last day, where it is another */
  bool all_day;
  char *recurrence; /* a rule as of lib/text/dates/series.h: an RRULE that libical understands, RDATEs; NULL:
                       none */
};

/* Reads the times of `calendar` into the IANA zone `zone`. False where it holds no usable start. */
bool calendar_event_read(const struct calendar *calendar, const char *zone, struct calendar_event *event);
/* RECURRENCE-ID as wall time of `zone`: which date of a series is meant. False: none is. */
bool calendar_original_read(const struct calendar *calendar, const char *zone, struct wall *original);
/* EXDATE likewise: the dates that a series leaves out. struct wall; caller frees. */
GArray *calendar_exdates_read(const struct calendar *calendar, const char *zone);
/* DTSTAMP in seconds UTC; 0: not said. */
int64_t calendar_stamp_read(const struct calendar *calendar);
void calendar_event_clear(struct calendar_event *event);

#endif
