/* A photo of a phone as an office may have it: HEIC (ISO/IEC 23008-12) with what it shows, and without where,
 * when, with what and by whom it was taken. */
#ifndef MAIL_HEIC_BYTES_H
#define MAIL_HEIC_BYTES_H

#include <glib.h>
#include <stdbool.h>

/* Do the first bytes say so? */
bool heic_is(const void *head, gsize size);

/* The photo without what it says about itself; as long as before. NULL: it is none, broken, or built in a way
 * that we do not know. Caller unrefs. */
GByteArray *heic_clean(const void *bytes, gsize size);

#endif
