/* What the privacy gate made of texts a moment ago. A feed shows the same thirty texts after every mail, and
 * to look through one for telephone numbers and addresses costs more than all else of a page. */
#ifndef ARCHIVE_MEMO_H
#define ARCHIVE_MEMO_H

#include <glib.h>

/* What makes a text public: a pure function of both arguments. Caller frees what it returns. */
typedef char *(*memo_maker)(const char *text, const char *domain);

/* make(text, domain), remembered. Caller frees. */
char *memo_make(memo_maker make, const char *text, const char *domain);

#endif
