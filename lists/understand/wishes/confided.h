/* What is confided to one person in an answer that everybody would get: secrets, illness, money, blows. */
#ifndef LISTS_UNDERSTAND_WISHES_CONFIDED_H
#define LISTS_UNDERSTAND_WISHES_CONFIDED_H

#include "lib/text/phrases.h"

#include <stdbool.h>

/* Does it ask that nobody else learns of it ("Sag es niemandem"), or name somebody's bank account? */
bool confided_is_secret(const struct passage *passage);

/* Does an answer tell how its author's own body or mind is, or, to one person who is greeted by name, of
 * dismissal, debts or blows? Blows at home need no name. */
bool confided_is_trouble(const struct passage *passage);

#endif
