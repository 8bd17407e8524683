/* Charsets, by ICU: foreign bytes to UTF-8. */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include <glib.h>

/* Bytes to valid UTF-8. `declared` may be NULL, wrong, or a name no library knows ("Westeuropäisch ISO"):
 * valid UTF-8 is then taken as such, else ICU detects, else windows-1252. Text declared iso-8859-1 is read as
 * windows-1252 (WHATWG). UTF-7 is not decoded when undeclared. Caller frees; *size_out may be NULL. */
char *charset_to_utf8(const char *bytes, gsize size, const char *declared, gsize *size_out);

/* The name that detection finds ("windows-1251"), static or interned. */
const char *charset_detect(const char *bytes, gsize size);

/* Text folded for comparing: NFKC case folding. Caller frees. */
char *charset_fold(const char *text);

#endif
