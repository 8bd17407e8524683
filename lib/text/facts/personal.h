/* Third-party data in a report or post: flagged, not judged. Number plates, named persons, telephone numbers,
 * postal and e-mail addresses of people, health. Sections personal.* of the tables. */
#ifndef TEXT_FACTS_PERSONAL_H
#define TEXT_FACTS_PERSONAL_H

#include "lib/text/phrases.h"

enum personal {
  PERSONAL_PLATE = 1 << 0,
  PERSONAL_PERSON = 1 << 1, /* "Herr S. aus Nr. 14", "mein Nachbar Uwe Klein"; not offices, not the sender */
  PERSONAL_PHONE = 1 << 2,
  PERSONAL_ADDRESS = 1 << 3, /* where somebody named lives; an e-mail address */
  PERSONAL_HEALTH = 1 << 4,
  PERSONAL_FACE = 1 << 5, /* faces announced: "auf dem Foto sieht man ihn" */
};

/* Bits of enum personal. */
unsigned personal_find(const struct passage *passage);

/* Lexemes [first, end) of a name or a number plate. */
struct personal_span {
  guint first, end;
  enum personal kind; /* PERSONAL_PERSON, PERSONAL_PLATE */
};
/* Where names of persons and number plates stand, in order, each once; a name that was met is found wherever
 * it stands again. struct personal_span. Never NULL; caller unrefs. */
GArray *personal_spans(const struct passage *passage);

#endif
