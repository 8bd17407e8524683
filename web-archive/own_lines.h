/* What of a mail's text its sender wrote for this mail. See own_lines.c. */
#ifndef WEB_ARCHIVE_OWN_LINES_H
#define WEB_ARCHIVE_OWN_LINES_H

#include <glib.h>

/* Without quotes, signature and farewell; "[…]" stands where text goes on behind a quote. UTF-8. Never NULL;
 * caller frees. */
GString *own_lines(const char *text);

#endif
