/* A mail as programs hand it over (lines end as they like) into the form that goes over the wire: lines end
 * with CR LF, a dot at the start of a line is doubled, a dot on a line of its own ends it. Bytes may come in
 * any pieces. */
#ifndef MTA_HOOKS_LMTP_WIRE_H
#define MTA_HOOKS_LMTP_WIRE_H

#include <glib.h>
#include <stdbool.h>

struct wire {
  bool is_within_line; /* zero-initialised is right: at the start of a line */
  bool saw_cr;
};

/* A CR that no LF follows becomes a space, as Postfix does it: a receiver must refuse it, and nobody meant a
 * line end. */
void wire_put(struct wire *wire, const char *bytes, gsize size, GString *out);
/* Ends an unfinished line, and the mail. */
void wire_end(struct wire *wire, GString *out);

#endif
