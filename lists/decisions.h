/* The log of decisions (`kiezpost show decisions`): who decided what, without content. */
#ifndef LISTS_DECISIONS_H
#define LISTS_DECISIONS_H

#include "lists/kinds.h"

struct decision_note {
  int64_t list; /* 0: none */
  char sort;    /* of the item: 'h' hold, 'm' message, 't' thread, 'n' notice, 'f' files of a message; … */
  int64_t id;   /* … and its number */
  const char *item;  /* instead of both: "roles" */
  const char *code;  /* NULL: none */
  int64_t moderator; /* person; 0: the admin, the operator or nobody */
  const char *decision;
  const char *way; /* NULL: by mail */
};
bool decisions_note(struct work *work, const struct decision_note *note, GError **error);

#endif
