/* What stands around a quote, for among.c. See among_around.c. */
#ifndef MAIL_CUT_AMONG_PRIVATE_H
#define MAIL_CUT_AMONG_PRIVATE_H

#include <glib.h>

/* How many mails of others stand above the quote: ours, and whoever passed it on. */
guint among_count_heads(const char *text, const char *end);
/* The lines of the own words that stand in [from, end) of the mail. Caller frees. */
char *among_own_lines(const char *text_new, const char *from, const char *end);

#endif
