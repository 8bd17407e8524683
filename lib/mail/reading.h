/* The stations a mail passes in mail_read(), each a file of its own; they fill one struct mail. Inside
 * lib/mail only. */
#ifndef MAIL_READING_H
#define MAIL_READING_H

#include "lib/mail/parts.h"

/* headers.c: subject, addresses, dates, ids. */
void reading_headers(struct mail *mail, const struct parts *parts);

/* robots.c: sets robot and robot_reason. */
void reading_robot(struct mail *mail, const struct parts *parts, const struct mail_reading *reading);

/* auth.c: sets auth, from fields of the trusted MTA only. */
void reading_auth(struct mail *mail, const struct parts *parts, const struct mail_reading *reading);

/* The parts that are read as the mail's body. A mail has one segment, or several where pictures or a list's
 * footer stand between texts; a segment is said in plain text, in HTML, or both. The same choice serves
 * composing, whose footer goes into the last one. */
struct body_segment {
  GPtrArray *plain; /* struct part*: text/plain and its like, one behind the other */
  GPtrArray *html;  /* struct part*: text/html, likewise */
};
struct body {
  GPtrArray *segments;      /* struct body_segment* */
  GHashTable *alternatives; /* struct part*: they say the same once more, and are no attachments */
};
void body_choose(const struct parts *parts, struct body *body);
void body_clear(struct body *body);
bool body_holds(const struct body *body, const struct part *part);
typedef struct body body_choice_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(body_choice_t, body_clear)

/* A text part as UTF-8 with LF, without NUL and other controls but TAB; format=flowed still as sent. Caller
 * frees. */
char *body_part_text(const struct part *part, gsize limit, bool *was_cut);
/* Undoes format=flowed (RFC 3676). Caller frees. */
char *body_unflow(const char *text, bool delsp);
bool body_is_flowed(const struct part *part, bool *delsp);

/* body.c: text, body_html, text_new, signature, forwarded. Sender and subject must be read before. The chosen
 * HTML is handed out even where it is not kept (NULL if there is none; caller frees). */
void reading_body(struct mail *mail, const struct body *body, const struct mail_reading *reading,
                  char **html);

/* attachments.c: every part but the body and its alternatives. */
void reading_attachments(struct mail *mail, const struct parts *parts, const struct body *body,
                         const char *html);

#endif
