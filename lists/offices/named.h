/* Offices that a text names. */
#ifndef LISTS_OFFICES_NAMED_H
#define LISTS_OFFICES_NAMED_H

#include "lib/store/cases/offices.h"
#include "lib/text/phrases.h"

struct office_named {
  int64_t office; /* 0: none, or several and none of them is addressed */
  char *words;    /* as written; NULL */
};
/* Who is named as the one to answer: by sign, by name, or by the word of its name that ends in -amt.
 * `offices`: struct office* (their signs and names count). What only says where something is ("vor dem
 * Ordnungsamt") or who it is not for does not count; of several the one that is addressed ("an das
 * Ordnungsamt"). */
void office_find_named(const GPtrArray *offices, const struct passage *passage, struct office_named *named);

/* Does a text begin with an office, behind an article or not? *office 0: it looks like one, but none of ours
 * has that name ("Stadtentwicklungsamt"). *end: the lexeme behind it. */
bool office_begins(const GPtrArray *offices, const struct passage *passage, int64_t *office, guint *end);

/* The office that a name, such as the one shown in From, belongs to; 0: none. */
int64_t office_of_name(const GPtrArray *offices, const char *name);

#endif
