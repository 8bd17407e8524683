/* Calendar parts, lightly read: the few properties by which an invitation or an answer to one is recognised
 * (RFC 5545, RFC 5546). Lines are unfolded, parameters taken apart; nothing is interpreted. Events of our own
 * are written and read by a proper library once that kind is there. */
#ifndef MAIL_CALENDAR_H
#define MAIL_CALENDAR_H

#include <glib.h>

struct calendar_attendee {
  char *address;  /* without "mailto:" */
  char *partstat; /* upper case, "NEEDS-ACTION" where none is given */
};

struct calendar {
  char *method;                       /* upper case; NULL if there is none */
  char *uid, *recurrence_id, *status; /* of the first VEVENT (or VTODO); NULL if there is none */
  gint64 sequence;                    /* 0 if there is none */
  char *organizer;                    /* an address, NULL */
  GPtrArray *attendees;               /* struct calendar_attendee* */
};

/* NULL when the text is no iCalendar object. Linear; at most 1,000 attendees are kept. */
struct calendar *calendar_read(const char *text);
void calendar_free(struct calendar *calendar);
typedef struct calendar calendar_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(calendar_t, calendar_free)

#endif
