/* A file as the public may see it: what a picture shows, without what it says about where, when, with what
 * and by whom it was taken. */
#ifndef MAIL_PUBLIC_BYTES_H
#define MAIL_PUBLIC_BYTES_H

#include <glib.h>

/* The ending ("jpg", "png", "webp", "pdf") of a file that can be published, by its first bytes; NULL: it
 * cannot be. Static. */
const char *public_ending(const void *head, gsize size);

/* The file to publish. NULL: it cannot be, or is broken. Of a PDF nothing is taken out: whoever says yes to
 * it is told so. Caller unrefs. */
GByteArray *public_bytes(const void *bytes, gsize size);

#endif
