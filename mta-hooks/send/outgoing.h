/* A letter on its way out: its content, taken apart once into pieces, so that each of its thousands of mails
 * is only copying. Shared by the sessions, read-only, counted. */
#ifndef MTA_HOOKS_SEND_OUTGOING_H
#define MTA_HOOKS_SEND_OUTGOING_H

#include "lib/store/outbox.h"
#include <glib.h>
#include <stdbool.h>

enum { SLOTS_MAX = 26 };

struct outgoing; /* opaque but for the letter it was made of */

/* Takes over `letter` (with content; CRLF, slots as lib/mail/compose.h writes them). */
struct outgoing *outgoing_new(struct letter *letter);
struct outgoing *outgoing_ref(struct outgoing *outgoing);
void outgoing_unref(struct outgoing *outgoing);
const struct letter *outgoing_letter(const struct outgoing *outgoing);

/* A delivery's slot values, found in its string (separated by U+001F) without copying. */
struct slot_values {
  const char *start[SLOTS_MAX];
  gsize size[SLOTS_MAX];
};
void slot_values_find(struct slot_values *values, const char *slots);

/* Octets of the mail with these values, without the stuffed dots: what SIZE= says (RFC 1870). */
gsize outgoing_size(const struct outgoing *outgoing, const struct slot_values *values);
/* Has the header (with these values) bytes beyond ASCII? Then the mail needs SMTPUTF8 (RFC 6531). */
bool outgoing_header_is_8bit(const struct outgoing *outgoing, const struct slot_values *values);
/* Has anything at all (8BITMIME, RFC 6152)? Slot values included. */
bool outgoing_is_8bit(const struct outgoing *outgoing, const struct slot_values *values);

/* The mail as it goes over the wire: slots filled, dots at line starts doubled (RFC 5321, 4.5.2), a last line
 * end if it had none, and the final dot. In portions: appends until `out` holds at least `limit` bytes. True
 * when all, the final dot too, has been put. */
struct outgoing_place {
  gsize piece, offset;
  char last[2]; /* the two bytes put last */
  bool is_begun;
};
bool outgoing_put_some(const struct outgoing *outgoing, const struct slot_values *values,
                       struct outgoing_place *place, GString *out, gsize limit);

#endif
