/* Inside lists/events/hosts: who answered by telephone, read from an organiser's words. */
#ifndef LISTS_EVENTS_BEHALF_H
#define LISTS_EVENTS_BEHALF_H

#include "lib/text/phrases.h"

/* One who was named. */
struct behalf_named {
  char *name;         /* as written */
  const char *answer; /* yes, no, maybe */
  int people;
};

/* Whoever is named with an answer, in order. Never NULL; caller unrefs. */
GArray *behalf_read(const struct passage *passage);

#endif
