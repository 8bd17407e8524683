/* Calendar parts as answers and invitations (iTIP, RFC 5546): which method, and what a reply answers. */
#ifndef LISTS_UNDERSTAND_ITIP_H
#define LISTS_UNDERSTAND_ITIP_H

#include "lib/mail/calendar.h"
#include "lib/mail/mail.h"
#include "lib/text/facts/answer.h"

enum itip_method {
  ITIP_NONE,
  ITIP_REPLY,   /* an answer to an invitation */
  ITIP_EVENT,   /* PUBLISH, REQUEST, ADD, or no method at all: an event */
  ITIP_CANCEL,  /* it does not take place */
  ITIP_COUNTER, /* another time is proposed: no yes, no or maybe */
  ITIP_OTHER    /* REFRESH, DECLINECOUNTER, tasks, polls, free and busy times: nothing for us */
};

/* The first calendar part of a mail that is one; NULL: none. Caller frees. */
struct calendar *itip_find(const struct mail *mail);
/* Its text, owned by the mail. */
const char *itip_text(const struct mail *mail);
enum itip_method itip_method(const struct calendar *calendar);
/* Who answers with a REPLY: the attendee with this address, else the first who answers; NULL: nobody. */
const struct calendar_attendee *itip_attendee(const struct calendar *calendar, const char *from);
/* The same where `invited` may answer from an address that is no attendee: before any other who answers. */
const struct calendar_attendee *itip_replier(const struct calendar *calendar, const char *from,
                                             const char *invited);
/* What an attendee (NULL: nobody) answers. */
enum answer itip_answer_of(const struct calendar_attendee *attendee);

#endif
