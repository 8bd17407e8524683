/* Styles in HTML: do they load something, or run? For html_guard.c. */
#ifndef TEXT_HTML_GUARD_CSS_H
#define TEXT_HTML_GUARD_CSS_H

#include <glib.h>
#include <stdbool.h>

/* No imports, no addresses but of what comes with the mail, no programs. is_attribute: the text stands in an
 * attribute and holds character references. */
bool html_css_is_harmless(const char *css, gsize size, bool is_attribute);

/* What a style attribute says of "width" or "height", in pixels; -1: nothing. */
int html_css_pixels(const char *css, gsize size, const char *name);
/* Does it hide the element? */
bool html_css_hides(const char *css, gsize size);

#endif
