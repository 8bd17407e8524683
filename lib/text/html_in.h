/* HTML in: a mail's HTML part becomes text, through a real HTML5 parser. Before the parser runs, a linear
 * scan bounds open elements (256) and bytes (1 MB); past that tags are stripped by a scanner of our own.
 * Linear time on anything. */
#ifndef TEXT_HTML_IN_H
#define TEXT_HTML_IN_H

#include <glib.h>

/* UTF-8 HTML to UTF-8 text: paragraphs, lists ("* "), table rows (cells by TAB), links as "text <url>" where
 * they differ, quotes (<blockquote>) with "> ", no scripts, styles, comments, or elements that are hidden.
 * Lines are not wrapped. Never NULL; caller frees. */
char *html_to_text(const char *html, gsize size);

#endif
