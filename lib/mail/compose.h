/* Composing: mails of ours as bytes, CRLF, 7-bit clean unless 8-bit text was asked for, every line ≤ 998
 * octets, every header value checked for CR/LF/NUL, encoded (RFC 2047) and bounded.
 *
 * A composed mail may hold slots: places that differ from recipient to recipient, in headers or in unencoded
 * text only. A slot is written as the byte 0x01, one letter 'a'…'z', the byte 0x02; 0x01 and 0x02 occur
 * nowhere else. The letters' meaning is the caller's (lib/store/outbox.h hands the values over);
 * compose_fill() copies. */
#ifndef MAIL_COMPOSE_H
#define MAIL_COMPOSE_H

#include "lib/mail/mail.h"

#define COMPOSE_SLOT(letter) "\x01" letter "\x02"

struct compose_header {
  const char *name;  /* "List-Id" */
  const char *value; /* UTF-8, one line; put as it is when is_raw (addresses from address_format, slots) */
  bool is_raw;
};

/* A post: the sender's mail composed anew from an allow-list: Date, Subject (with `subject` when not NULL),
 * Message-ID, In-Reply-To, References, MIME parts. Everything else of the header stays behind. */
struct compose_post {
  const void *raw;
  gsize size;
  const struct mail *mail; /* as read from raw */
  const char *message_id;  /* without brackets: the mail's own, or a new one */
  const char *subject;     /* NULL: the mail's */
  const char *from;        /* a formatted mailbox (address_format) */
  const char *to;          /* a formatted mailbox */
  int64_t date; /* used where the mail's Date is missing or outside received − 7 days … + 1 day */
  const struct compose_header *headers; /* our own, in this order */
  gsize header_count;
  const char *footer_text; /* UTF-8, LF; appended to the text body below "-- " ; NULL for none; may hold slots
                              only if is 7-bit safe */
  const char *footer_html; /* appended to the HTML body before </body> */
  gsize attachment_limit_bytes; /* larger attachments are left out (0: no limit) … */
  /* … and for each of them this is asked for the line that stands in its place ("Foto.jpg (12 MB):
   * mailto:…"); caller-owned until compose_post returns; NULL leaves it out silently. html is true for the
   * HTML body's line (markup). */
  const char *(*replace_attachment)(const struct mail_attachment *attachment, bool html, void *data);
  /* these are left out whatever their size, with such a line; NULL: none */
  bool (*leaves_out)(const struct mail_attachment *attachment, void *data);
  void *data;
};

/* Never fails on foreign MIME: what cannot be taken apart is attached as it is. */
GBytes *compose_post(const struct compose_post *post);

/* A stored mail with another text, subject and display name: what a moderator wanted left out is left out.
 * Attachments stay where `keeps` says so. */
struct compose_redacted {
  const void *raw;
  gsize size;
  const struct mail *mail; /* as read from raw */
  const char *text, *subject, *from_name;
  bool (*keeps)(const struct mail_attachment *attachment, void *data);
  void *data;
};
GBytes *compose_redacted(const struct compose_redacted *redacted);

/* A file of ours, attached as it is. */
struct compose_file {
  const char *name, *type; /* UTF-8; "image/jpeg" */
  const void *bytes;
  gsize size;
  bool is_utf8; /* a text of ours */
};

/* A letter of ours: text and HTML alternative. headers as above; From, To, Subject, Date, Message-ID among
 * the fields here. */
struct compose_letter {
  const char *from, *to; /* formatted mailboxes */
  const char *subject;
  const char *message_id;
  const char *in_reply_to; /* NULL */
  int64_t date;
  const struct compose_header *headers;
  gsize header_count;
  const char *plain, *html; /* html may be NULL */
  /* one attachment taken from a stored mail, or a whole mail as message/rfc822; all NULL for none */
  const void *attached_raw;
  gsize attached_size;
  const char *attached_part; /* path of the part in attached_raw; NULL with attached_raw: the mail itself as
                                message/rfc822 */
  const struct compose_file *files; /* more of them, behind that one */
  gsize file_count;
  /* an iCalendar object: the last alternative, and invite.ics (RFC 6047); NULL: none */
  const char *calendar, *calendar_method; /* "REQUEST": as METHOD says in the object */
};
GBytes *compose_letter(const struct compose_letter *letter);

/* Copies `content` into `out` with each slot replaced: values['a' - 'a'] …, count of them; a slot without
 * value becomes nothing. */
void compose_fill(GString *out, const char *content, gsize size, const char *const *values, gsize count);

/* A new Message-ID without brackets, unguessable, at `domain`. Caller frees. */
char *compose_message_id(const char *domain, int64_t now);

#endif
