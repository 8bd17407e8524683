/* Calendar parts, lightly read: the properties by which an invitation or an answer to one is recognised
 * (RFC 5545, RFC 5546), and those that say what, when and where. Lines are unfolded, parameters taken apart;
 * nothing is interpreted here: lib/mail/calendar_event.h does that. */
#ifndef MAIL_CALENDAR_H
#define MAIL_CALENDAR_H

#include <glib.h>
#include <stdbool.h>

struct calendar_attendee {
  char *address;  /* without "mailto:" */
  char *partstat; /* upper case, "NEEDS-ACTION" where none is given */
  int guests;     /* Google's X-NUM-GUESTS: whom they bring; 0 */
  char *comment;  /* Google's X-RESPONSE-COMMENT; NULL */
};

struct calendar {
  char *method;                       /* upper case; NULL if there is none */
  char *uid, *recurrence_id, *status; /* of the first VEVENT (or VTODO); NULL if there is none */
  char *recurrence_zone;              /* TZID of RECURRENCE-ID; NULL */
  gint64 sequence;                    /* 0 if there is none */
  bool has_sequence;
  char *stamp;                        /* DTSTAMP as written; NULL */
  char *organizer;                    /* an address, NULL */
  GPtrArray *attendees;               /* struct calendar_attendee* */
  char *summary, *location, *comment; /* texts of that event, escapes undone; NULL if there are none */
  char *description;                  /* likewise */
  GPtrArray *exdates;                 /* char*: dates that are left out, as written, at most 400 */
  char *exdate_zone;                  /* TZID of the first EXDATE; NULL */
  GPtrArray *rdates;        /* char*: dates beside the rule (RDATE), of a period its begin, at most 400 */
  char *rdate_zone;         /* TZID of the first RDATE; NULL */
  char *start, *start_zone; /* DTSTART's value and TZID as written; NULL if there are none */
  char *end, *end_zone, *duration; /* DTEND, DURATION */
  char *rule;                      /* the first RRULE as written */
  bool is_task;                    /* it was a VTODO: something to do, and no event */
  bool is_day;                     /* VALUE=DATE, or eight digits: DTSTART is a whole day */
  struct calendar_zone {           /* what VTIMEZONE of start_zone says, for names that nobody knows */
    bool is_there;
    int offset, summer_offset; /* minutes from UTC; summer_offset is offset where no clock changes */
  } zone;
};

/* NULL when the text is no iCalendar object. Linear; at most 1,000 attendees are kept. */
struct calendar *calendar_read(const char *text);
/* Each event of a text as a calendar of its own, at most `limit`: a reply to several dates of a series is one
 * text. struct calendar*; never NULL. */
GPtrArray *calendar_read_each(const char *text, guint limit);
void calendar_free(struct calendar *calendar);
typedef struct calendar calendar_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(calendar_t, calendar_free)

#endif
