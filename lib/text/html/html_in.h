/* HTML in: a mail's HTML part becomes text, through a real HTML5 parser. Before the parser runs, a linear
 * scan bounds open elements (256) and bytes (1 MB); past that tags are stripped by a scanner of our own.
 * Linear time on anything. */
#ifndef TEXT_HTML_IN_H
#define TEXT_HTML_IN_H

#include "lib/text/html/html_mark.h"

#include <glib.h>

/* UTF-8 HTML to UTF-8 text: paragraphs, lists ("* "), table rows (cells by TAB), links as "text <url>" where
 * they differ, quotes (<blockquote>) with "> ", no scripts, styles, comments, or elements that are hidden or
 * struck out. Lines are not wrapped. Never NULL; caller frees. */
char *html_to_text(const char *html, gsize size);

/* The same with the marks of clients: a line that stands in something marked begins with
 * HTML_MARK_BYTE(mark). NULL where nothing was marked, or the HTML passes a bound. */
char *html_to_marked_text(const char *html, gsize size, html_mark_of *mark_of);

#endif
