/* Answers that speak to one person and give them what is not for all. */
#ifndef LISTS_UNDERSTAND_WISHES_TO_ONE_H
#define LISTS_UNDERSTAND_WISHES_TO_ONE_H

#include "lib/text/phrases.h"

/* "Nur an Anna: …", "An Anna allein", "@Anna persönlich: …": begins with a label that says for whom alone it
 * is. */
bool to_one_by_label(const struct passage *passage);

/* "Liebe Vera, meine Nummer ist …": begins with one person's name and holds a telephone number or an address.
 * `personal`: bits of enum personal. Only meant for answers. */
bool to_one_person(const struct passage *passage, unsigned personal);

/* Does it begin with the name of one person, and greet nobody besides? */
bool to_one_greets(const struct passage *passage);

#endif
