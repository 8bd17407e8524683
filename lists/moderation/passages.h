/* Wishes of moderators about passages of a held mail: "nur die ersten zwei Sätze", "ohne den letzten Absatz",
 * 'alles ab "PS" weglassen', 'den Satz mit "Meier" raus'. */
#ifndef LISTS_MODERATION_PASSAGES_H
#define LISTS_MODERATION_PASSAGES_H

#include "lib/text/phrases.h"

/* The wish as a code for release.c ("cut:keep-sentence:2", "cut:from:PS"), where the whole answer says that
 * and nothing else; NULL: it does not. Caller frees. */
char *passages_read(const struct passage *answer);
bool passages_is_code(const char *code);

/* The text without what the code names. NULL: that is not there, or there twice, so that nobody can tell
 * which was meant. Caller frees. */
char *passages_apply(const char *text, const char *code);

#endif
