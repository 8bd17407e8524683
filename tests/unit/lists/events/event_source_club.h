/* A club to which Anna's own calendar program sends what it knows of her event. */
#ifndef TESTS_LISTS_EVENT_SOURCE_CLUB_H
#define TESTS_LISTS_EVENT_SOURCE_CLUB_H

#include "tests/unit/lists/events/event_club.h"

#define UID "040000008200E00074C5B7101A82E008@firma.example"

/* A mail with a calendar part; `is_good`: our MTA found the sender in order. */
static inline void sends(struct club *club, const char *from, const char *to, const char *method,
                         const char *text, const char *events, bool is_good)
{
  g_autofree char *domain = g_strdup(strchr(from, '@') + 1);
  g_autofree char *mail = g_strdup_printf(
      "Authentication-Results: mx.kiez.example; dmarc=%s header.from=%s\nFrom: %s\nTo: %s\n"
      "Subject: Hoffest\nMessage-ID: <s%d@%s>\nDate: Mon, 02 Mar 2026 12:15:00 +0100\nMIME-Version: 1.0\n"
      "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; "
      "charset=utf-8\n\n%s\n"
      "--b\nContent-Type: text/calendar; charset=utf-8; method=%s\n\nBEGIN:VCALENDAR\nMETHOD:%s\n"
      "PRODID:Microsoft Exchange Server 2010\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\n"
      "BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
      "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\n"
      "DTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
      "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n%sEND:VCALENDAR\n--b--"
      "\n",
      is_good ? "pass" : "none", domain, from, to, ++club->mails, domain, text, method, method, events);
  post_in(&club->town, from, to, mail);
  post_work(&club->town);
}

/* One event, as Exchange writes it. */
static inline char *object(int sequence, const char *stamp, const char *more)
{
  return g_strdup_printf("BEGIN:VEVENT\nORGANIZER;CN=Anna:mailto:anna@web.de\n"
                         "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:"
                         "gruenau@kiez.example\nUID:" UID "\nSEQUENCE:%d\nDTSTAMP:%s\n%sEND:VEVENT\n",
                         sequence, stamp, more);
}

#define FEAST                                                                                                \
  "SUMMARY:Hoffest\nLOCATION:Segelfliegerdamm 12\nDTSTART;TZID=W. Europe Standard Time:20260516T150000\n"    \
  "DTEND;TZID=W. Europe Standard Time:20260516T180000\n"
#define LATER                                                                                                \
  "SUMMARY:Hoffest\nLOCATION:Segelfliegerdamm 12\nDTSTART;TZID=W. Europe Standard Time:20260516T160000\n"    \
  "DTEND;TZID=W. Europe Standard Time:20260516T180000\n"

static inline void anna(struct club *club, const char *method, int sequence, const char *stamp,
                        const char *more)
{
  g_autofree char *events = object(sequence, stamp, more);
  sends(club, "anna@web.de", "gruenau@kiez.example", method, "Hallo zusammen, Termin anbei.", events, true);
  club_wait(club, clock_now() + 90);
  club_wait(club, clock_now() + 90);
}

static inline void is_draft_of_calendar(struct club *club, const char *more)
{
  club_open(club);
  anna(club, "REQUEST", 0, "20260302T110000Z", more);
}

static inline void stands(struct club *club, const char *more)
{
  is_draft_of_calendar(club, more);
  club_answer(club, "event_draft", "anna@web.de", "anna@web.de", "Ja", true);
  club_wait(club, clock_now() + 90);
  club_wait(club, clock_now() + 90);
}

static inline int events_in(struct club *club)
{
  g_autoptr(GPtrArray) events = events_page(club->town.store, 0, 0, 100, NULL);
  return (int)events->len;
}

static inline void begins(struct club *club, const char *state, const char *starts)
{
  g_autoptr(event_t) event = the_event(club);
  assert_string_equal(event->state, state);
  assert_string_equal(event->starts, starts);
}

#endif
