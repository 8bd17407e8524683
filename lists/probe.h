/* The probe of `kiezpost check`: a mail of our own that claims, in a forged Authentication-Results field, to
 * be authenticated. The worker notes whether the field survived the MTA. */
#ifndef LISTS_PROBE_H
#define LISTS_PROBE_H

#include "lists/kinds.h"

enum probe_verdict {
  PROBE_UNSEEN,
  PROBE_CLEAN,  /* the forged field is gone, and our MTA put one of its own */
  PROBE_SILENT, /* the forged field is gone, but our MTA says nothing about senders */
  PROBE_FORGED,
};

/* The words in the forged field that name this probe. Caller frees. */
char *probe_mark(guint32 nonce);

/* An arrival at a TOKEN_PROBE address: notes the verdict; the decision is to file it. */
bool probe_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                   GError **error);

/* What was noted about the probe. */
enum probe_verdict probe_verdict_of(struct store *store, guint32 nonce);

#endif
