/* Bounding HTML before a real parser sees it: a rewritten document, balanced, with at most 256 open elements,
 * the few elements that shape text and no attributes but links and marks. For html_in.c. */
#ifndef TEXT_HTML_BOUND_H
#define TEXT_HTML_BOUND_H

#include "lib/text/html/html_mark.h"

#include <glib.h>

enum { HTML_MAX_BYTES = 1024 * 1024, HTML_MAX_OPEN = 256, HTML_MAX_TAGS = 100000 };

/* The rewritten document, or NULL when a bound is passed. Hidden elements and their content are gone; a
 * paragraph without margins carries the attribute "tight". Where `mark_of` (or NULL) names a mark, the
 * element carries it as the attribute "mark", a number. Caller frees. */
GString *html_bound(const char *html, gsize size, html_mark_of *mark_of);

#endif
