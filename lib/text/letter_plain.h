/* The plain text of a letter's tree. For letter_text.c. */
#ifndef TEXT_LETTER_PLAIN_H
#define TEXT_LETTER_PLAIN_H

#include <cmark.h>

enum { LETTER_COLUMNS = 72 };

/* Renders a document as text: LF line ends, wrapped by display width, no markup visible, a line feed at the
 * end. Caller frees. */
char *letter_plain(cmark_node *document);

#endif
