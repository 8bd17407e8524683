/* Reports and robots by what they say: delivery reports (RFC 3464, RFC 6522, RFC 6533), the plain letters of
 * mail systems that know no RFC, receipts (RFC 8098), complaints (RFC 5965), absence notes and challenges
 * without a header that says so. Stations of mail_read(), called when header and body are read. */
#ifndef MAIL_REPORTS_REPORTS_H
#define MAIL_REPORTS_REPORTS_H

#include "lib/mail/reading.h"

/* Sets bounces and report; a mail that proves to be a report is no person's, whatever its header said. */
void reading_report(struct mail *mail, const struct parts *parts);

/* Sets robot where the header said nothing and the words are those of an absence note or a challenge; takes
 * it back where a calendar's answer (iTIP REPLY) is a person's decision although a program sent it. Call
 * behind reading_report and when text_new and attachments are there. */
void reading_manner(struct mail *mail, const struct parts *parts);

/* ---- inside lib/mail/reports ---- */

/* An address in a report and what is said about it. */
struct complaint {
  char *address;
  char *text; /* never NULL */
};
void complaint_free(gpointer complaint);

/* dsn.c: what a machine-readable part says. Reports of several parts follow each other. */
struct dsn_recipient {
  char *address, *action, *status, *diagnostic; /* NULL: not said */
};
GPtrArray *dsn_read(const char *text); /* struct dsn_recipient* */
void dsn_recipient_free(gpointer recipient);

/* notification.c: the recipients that a delivery service's JSON complains of (struct dsn_recipient*, none
 * where it is no such thing); *is_complaint: it reports that somebody took a mail for spam. */
GPtrArray *notification_read(const char *text, bool *is_complaint);

/* notice.c: the addresses that a letter of a mail system complains of, in order (struct complaint*).
 * `failed`: addresses that the header names (X-Failed-Recipients), or NULL. */
GPtrArray *notice_read(const char *text, const char *const *failed, const struct mail *mail);
/* notice_end.c: the letter itself, without the mail it is about. Caller frees. */
char *notice_own_text(const char *text);
/* Does it speak as mail systems do when they fail? */
bool notice_is_failure(const char *own_text);
bool notice_is_failure_subject(const char *subject);
/* Does it say that the mail is still being tried? */
bool notice_is_delay(const char *own_text);

#endif
