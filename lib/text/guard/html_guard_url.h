/* Addresses in HTML: may they stand in a link, and does what they name come with the mail? For html_guard.c.
 * The values are as in the source, with character references; programs drop white space in them. */
#ifndef TEXT_HTML_GUARD_URL_H
#define TEXT_HTML_GUARD_URL_H

#include <glib.h>
#include <stdbool.h>

/* The character at *p, a reference taken for what it means (0xfffd: one we do not know); *p moves on. */
gunichar html_character(const char **p, const char *end);

/* A page, an address, a place in the mail, or no scheme at all: never a program, data, or a file. */
bool html_url_may_link(const char *url, gsize size);
/* Part of the mail (cid:, mid:), a picture in the address itself, or a place in the document. */
bool html_url_is_within(const char *url, gsize size);

#endif
