/* Leaving out the names of people whom a text is known to be about: an office greets "Sehr geehrte Frau
 * Gärtner", and the public need not know. */
#ifndef TEXT_REDACT_PERSONAL_H
#define TEXT_REDACT_PERSONAL_H

#include <glib.h>

/* Puts `text` at the end of `out` with "[Name]" in place of each word of `names` (char*, as sent: "Gärtner,
 * Doreen"): whole words that begin with a capital, whatever the case of the rest, in the genitive too.
 * Titles, particles and words of up to two letters are no names; nor are the words of `spared` (NULL: none).
 * Linear time. */
void redact_names(GString *out, const char *text, const GPtrArray *names, const char *spared);

#endif
