/* Calendars out: iCalendar objects of ours (RFC 5545), for invitations (RFC 5546, RFC 6047) and for feeds.
 * Times are wall times of a zone, which the object describes (VTIMEZONE) with the rules that are in force
 * where the event is, so that a calendar without a table of zones, or with an old one, shows the same hour.
 */
#ifndef MAIL_ICS_CALENDAR_OUT_H
#define MAIL_ICS_CALENDAR_OUT_H

#include "lib/text/dates/dates.h"

#include <stdint.h>

struct attendee_out {
  const char *name, *address; /* UTF-8; name NULL: none */
  const char *partstat;       /* "NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE" */
};

/* An event, or one date of a series (original set). NULL and 0: not said. */
struct event_out {
  const char *uid;
  int sequence;
  int64_t stamp, created;      /* seconds UTC: DTSTAMP and LAST-MODIFIED; CREATED */
  struct wall original;        /* RECURRENCE-ID */
  struct wall start, end;      /* of whole days, `end` is the last day */
  const char *zone;            /* IANA */
  const char *rule;            /* RRULE */
  const struct wall *left_out; /* EXDATE */
  gsize left_out_count;
  const char *title, *text, *place, *url;
  const char *conference, *telephone; /* CONFERENCE (RFC 7986 section 5.11): a URL, a number to dial */
  bool has_point;
  double lat, lon;
  bool is_cancelled;
  const char *organizer_name, *organizer; /* an address without "mailto:" */
  const struct attendee_out *attendees;
  gsize attendee_count;
  int alarm_minutes; /* a reminder so long before; 0: none */
};

struct calendar_out {
  const char *method; /* "REQUEST", "CANCEL", "PUBLISH" … */
  const char *name;   /* of a feed: what a calendar shows it as; NULL */
  const char *zone;   /* of a feed; NULL */
  int refresh_hours;  /* of a feed: how often it is worth looking again; 0: not said */
  const struct event_out *events;
  gsize count;
};

/* The object, CRLF, lines folded at 75 octets. Caller frees. */
char *calendar_out_text(const struct calendar_out *calendar);

#endif
