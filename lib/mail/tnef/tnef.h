/* winmail.dat: what Outlook and Exchange make of a mail where they take the recipient for one of their own
 * (TNEF, [MS-OXTNEF]). It is opened into what it holds, as if that had been sent as MIME. */
#ifndef MAIL_TNEF_H
#define MAIL_TNEF_H

#include <glib.h>
#include <stdbool.h>

struct tnef_file {
  char *name; /* UTF-8; NULL: none was given */
  char *type; /* media type as said; NULL: none */
  char *id;   /* Content-ID without brackets; NULL */
  GBytes *bytes;
};

/* Texts are UTF-8; NULL where there is none. */
struct tnef {
  char *plain, *html;
  char *calendar;        /* an iCalendar object (RFC 5545) made of an invitation or an answer to one */
  char *calendar_method; /* "REPLY", "REQUEST", "CANCEL", "PUBLISH" */
  GPtrArray *files;      /* struct tnef_file*; never NULL */
  bool is_broken;        /* it ends, or turns into nonsense, in the middle: something of it may be lost */
};

enum {
  TNEF_BYTES = 64 * 1024 * 1024, /* more is not looked at */
  TNEF_FILES = 100,
  TNEF_TEXT = 1024 * 1024, /* of a body */
};

/* NULL: the bytes are no TNEF. What is broken is read as far as it goes. `from` is the mail's sender, who
 * answers an invitation; may be NULL. `bytes` must stay as long as the result. */
struct tnef *tnef_read(const void *bytes, gsize size, const char *from);
void tnef_free(struct tnef *tnef);
typedef struct tnef tnef_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(tnef_t, tnef_free)

/* The same as the body of a multipart/mixed with this boundary; texts only where with_text. */
#define TNEF_BOUNDARY "=_winmail"
GString *tnef_as_mime(const struct tnef *tnef, bool with_text);

#endif
