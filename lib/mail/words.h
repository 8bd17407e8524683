/* Encoded words (RFC 2047), read leniently: with spaces inside, glued to text, without their end, within
 * quotes, with characters split between two words, with a language (RFC 2231). Inside lib/mail only. */
#ifndef MAIL_WORDS_H
#define MAIL_WORDS_H

#include <glib.h>

/* Any UTF-8 (or bytes) to one line of valid UTF-8 without controls, trimmed. Linear time. Caller frees. */
char *words_decode(const char *text);

#endif
