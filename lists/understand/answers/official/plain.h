/* A plain answer of facts: see plain.c. */
#ifndef LISTS_UNDERSTAND_OFFICIAL_PLAIN_H
#define LISTS_UNDERSTAND_OFFICIAL_PLAIN_H

#include "lib/text/phrases.h"

#include <stdbool.h>

/* Does a text for the public answer with facts and hold nothing that reads as an aside among colleagues?
 * `said`: all that the clerk wrote. */
bool official_is_plain(const struct passage *said, const struct passage *text);
/* Words of an aside: somebody's, of the file, of who hands it to whom. */
bool official_has_aside(const struct passage *text);

#endif
