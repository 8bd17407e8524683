/* The key of a delivery: SHA-256 over From, Date, Subject, Message-ID (unfolded, trimmed) and the body,
 * without trace, Authentication-Results, DKIM, ARC and X- fields: a mail repeated by a lost 250 upstream or
 * by another way has the same key; and nobody can block another's mail by using its Message-ID first. Line
 * ends count as CRLF, trailing empty lines of the body do not count. */
#ifndef MAIL_DELIVERY_KEY_H
#define MAIL_DELIVERY_KEY_H

#include <glib.h>

enum { DELIVERY_KEY_BYTES = 32 };

void delivery_key(const void *raw, gsize size, unsigned char key[DELIVERY_KEY_BYTES]);

#endif
