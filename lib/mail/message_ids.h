/* Message-IDs as they come: in brackets or not, with text around them, with spaces, quotes or nothing in
 * them. RFC 5322 section 3.6.4. Inside lib/mail only. */
#ifndef MAIL_MESSAGE_IDS_H
#define MAIL_MESSAGE_IDS_H

#include <glib.h>
#include <stdbool.h>

enum { MESSAGE_ID_MAX = 990, REFERENCES_MAX = 200 };

/* Printable ASCII without blanks and brackets, at most MESSAGE_ID_MAX bytes. */
bool message_id_is_usable(const char *id);
/* The first id of a line, without brackets; bare where there are none. NULL if there is no usable one. Caller
 * frees. */
char *message_id_parse(const char *line);

/* References, gathered oldest first without doubles: the first one and the last 199 are kept. */
struct references {
  GPtrArray *ids;    /* char* */
  GHashTable *known; /* the same strings */
};
void references_begin(struct references *references);
/* Adds what stands in brackets in `size` raw bytes of any length. */
void references_add(struct references *references, const char *bytes, gsize size);
/* The array of char*, owned by the caller. */
GPtrArray *references_end(struct references *references);

#endif
