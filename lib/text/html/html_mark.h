/* What a mail client's own structure says of a stretch of HTML: who knows the clients
 * (lib/mail/cut/clients.c) tells the reader of HTML by a function, and finds the marks again in the text. */
#ifndef TEXT_HTML_MARK_H
#define TEXT_HTML_MARK_H

#include "lib/text/html/html_scan.h"

/* Where several hold, the one that stands higher here wins. */
enum html_mark {
  HTML_MARK_NONE,
  HTML_MARK_REST,           /* from here on, to the end, is the mail that is answered */
  HTML_MARK_FORWARD,        /* from here on is a mail that is forwarded */
  HTML_MARK_QUOTE,          /* the element is a quote */
  HTML_MARK_ATTRIBUTION,    /* the element says who wrote what follows */
  HTML_MARK_SIGNATURE,      /* the element is a signature */
  HTML_MARK_SIGNATURE_HERE, /* from here on, to the next quote, is a signature */
  HTML_MARK_INDENT,         /* the element looks like a quote and is none */
  HTML_MARK_COUNT,
};

/* A line that stands in something marked begins with this byte; texts have no such bytes of their own. */
#define HTML_MARK_BYTE(mark) ((char)(0x10 + (mark)))

/* Called for each start tag that has an attribute. */
typedef enum html_mark html_mark_of(const struct html_token *token);

#endif
