/* Inside lists/events/hosts: who answered by telephone, read from an organiser's words. */
#ifndef LISTS_EVENTS_BEHALF_H
#define LISTS_EVENTS_BEHALF_H

#include "lib/text/phrases.h"

struct event_party;
struct organizing;

/* One who was named. */
struct behalf_named {
  char *name;         /* as written */
  const char *answer; /* yes, no, maybe */
  int people;
};

/* Whoever is named with an answer, in order. Never NULL; caller unrefs. */
GArray *behalf_read(const struct passage *passage);

/* ---- behalf_party.c ---- */

/* The party that an organiser means by a name, or a new one without an address; NULL without error: it could
 * be any of *several (struct event_party*). Caller frees both. */
struct event_party *behalf_party(struct organizing *o, const char *name, GPtrArray **several, GError **error);

#endif
