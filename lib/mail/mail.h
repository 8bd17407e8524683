/* A mail as the rest of the house sees it: one record, UTF-8 throughout, read once by mail_read(). GMime is
 * known to lib/mail only. */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "lib/mail/files/file_kinds.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct mail_address {
  char *name;    /* decoded display name, "" if none */
  char *address; /* as written, without brackets; domain lower-cased */
};

/* Every part but the body that was read and its alternatives. */
struct mail_attachment {
  char *filename;          /* decoded (RFC 2231, RFC 2047 in parameters too); NULL if none was given */
  char *type;              /* "image/jpeg", lower case */
  char *part;              /* path in the MIME tree, "1.2": for mail_open_part */
  gsize size_bytes;        /* decoded */
  enum file_kind kind;     /* by name, media type and first bytes */
  enum file_hazard hazard; /* what it would do where somebody opens it */
  bool is_inline;          /* the body shows it (Content-Disposition inline with a cid the HTML names) */
  bool has_point;          /* a photo that says where it was taken (lib/mail/pictures), and then: */
  double lat, lon;         /* WGS 84 */
  char taken[20];          /* "2026-03-05T19:58:10", wall time there; "" unknown */
  char *calendar_text;     /* for text/calendar and .ics up to 256 KB: its UTF-8 text, else NULL */
};

/* What the trusted MTA found out about the sender (RFC 8601). */
struct mail_auth {
  bool is_authenticated; /* a rule of docs/design.md, "Addresses", holds for the From address; never of a
                            mail with resent_from */
  char *dmarc, *dkim, *spf, *arc, *auth; /* results as words, "none" where nothing trusted is said */
  char *network;                         /* the client network that the trusted MTA names; "" none */
  char *reason;                          /* one readable sentence: which rule, or why not */
  char *evidence; /* "dkim:post.example", else "spf:post.example": a domain that did pass, whether or not it
                     is that of From; NULL: none, or the domain in From disowns such mails (DMARC) */
};

enum mail_robot {
  MAIL_HUMAN,
  MAIL_NULL_SENDER,    /* envelope sender <>: bounces, most auto-replies */
  MAIL_AUTO_REPLY,     /* Auto-Submitted: auto-replied, X-Auto-Response-Suppress with a reply, Precedence:
                          auto_reply … */
  MAIL_AUTO_GENERATED, /* Auto-Submitted: auto-generated, Precedence: bulk/junk without a list */
  MAIL_LIST,           /* from a mailing list (List-Id not of ours, Precedence: list) */
  MAIL_LOOP,           /* our own List-Id or X-Loop in a mail that no person passed on, Received > 50. A mail
                          that a person passed on is a loop only where it has been: see own_loops */
};

/* One address of a report about a mail that was not delivered, or not yet. */
struct mail_bounce {
  char *address;
  char *status;      /* "5.1.1" (RFC 3463); made up from the words where the report gives none */
  bool is_permanent; /* it will not take mail again unless its owner acts: no such user or domain */
  bool is_policy;    /* our mail, name or server was refused (spam, policy, size): not the member's fault */
};

struct mail {
  char *message_id;        /* without brackets; NULL if missing or unusable; ≤ 998 bytes */
  GPtrArray *references;   /* char*: References then In-Reply-To, oldest first, no doubles, at most 200 (first
                              one and the last 199) */
  char *subject;           /* decoded, one line, "" if none */
  int64_t date;            /* the sender's Date, seconds UTC; 0 if missing or unparseable */
  int date_offset_minutes; /* as written */
  struct mail_address from;             /* the author; address "" if none */
  int from_count;                       /* two addresses in From = not authenticated */
  struct mail_address sender, reply_to; /* addresses "" if none */
  struct mail_address resent_from; /* who redirected a mail of ours to us by hand; address "" for any other */
  GPtrArray *to, *cc;              /* struct mail_address* */
  GPtrArray *own_loops;            /* char*: our addresses that X-Loop names, lower case, at most 9 */
  char *list_id;                   /* the identifier between the brackets, lower case; NULL */
  char *return_path;               /* the field's address, if any */
  char *auto_submitted;            /* keyword lower case; NULL */
  enum mail_robot robot;
  char *robot_reason; /* one readable phrase; NULL for MAIL_HUMAN */
  GPtrArray *bounces; /* struct mail_bounce*; never NULL; empty unless this is a report of failure or delay */
  const char *report; /* static: "abuse" (ARF), "receipt" (MDN), "delivery" (success or delay); NULL: none */
  char *complained;   /* of an abuse report: the address whose owner complained, as it says; NULL: not said */
  GPtrArray
      *reported; /* char*: of an abuse report: the values of the fields of the mail complained about that
                  * name where its copy came from (Return-Path, List-Unsubscribe, Reply-To, From); NULL */
  struct mail_auth auth;
  bool is_suspect; /* a field of the trusted MTA says that it takes the mail for spam */
  char *body_html; /* the chosen HTML part as UTF-8, NULL if there is none (for cutting by DOM) */
  char *text; /* the best body as text: text/plain (format=flowed undone), else from HTML; LF; never NULL */
  bool text_is_from_html;
  char *text_new;  /* what the sender wrote (lib/mail/cut/cut.h); "" only where the mail has no text */
  char *signature; /* signature, farewell, disclaimer, advertisement of the client; "" if none */
  char *forwarded; /* what is forwarded, without its head lines; NULL where is_forward is false */
  bool is_forward;
  bool has_quote;
  bool only_quotes;        /* text_new is what was quoted: nothing in it is the sender's own */
  char *language;          /* BCP 47 guess or NULL; of text_new as it was read */
  const char *language_of; /* the text_new that it is of; NULL: not looked for. Never followed */
  struct parts *parts;     /* lib/mail's own: its parts, with mail_reading.keeps_raw; else NULL */
  GPtrArray *attachments;  /* struct mail_attachment* */
  gsize size_bytes;        /* of the raw mail */
  bool was_bounded;        /* a bound was hit: something was left out, nothing refused */
};

#endif
