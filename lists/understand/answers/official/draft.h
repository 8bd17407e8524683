/* Marks of a draft in an office's answer. See draft.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_DRAFT_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_DRAFT_H

#include "lib/text/phrases.h"

/* The marks as parts of the text that are no answer: struct official_span, in order. Caller unrefs. */
GArray *official_draft_marks(const struct passage *passage);

#endif
