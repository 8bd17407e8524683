/* Words that a reader takes for the same. See alike.c. */
#ifndef MAIL_CUT_ALIKE_H
#define MAIL_CUT_ALIKE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A blank, a line's end, a mark of lib/text/html: nothing of a word. `p` ends with NUL. */
bool alike_is_blank(const char *p);

/* The number of the word in [p, end), which holds no blanks; the same for words that are alike; 0: it has
 * neither letters nor digits. The text ends with NUL somewhere. */
uint32_t alike_hash(const char *p, const char *end);

#endif
