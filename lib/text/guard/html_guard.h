/* Guarding HTML: what a mail's HTML must not bring to others is cut out of it, and nothing else changes. For
 * lib/mail/compose. */
#ifndef TEXT_HTML_GUARD_H
#define TEXT_HTML_GUARD_H

#include <glib.h>

/* UTF-8 HTML without scripts, frames, forms, plug-ins, style sheets that load something, links other than to
 * pages, mail and the like, and without pictures that are loaded from elsewhere: tracking pixels are gone,
 * other remote pictures are links. NULL: nothing of that is in it. Linear in time. Caller frees. */
char *html_guard(const char *html, gsize size);

#endif
