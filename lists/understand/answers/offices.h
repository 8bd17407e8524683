/* May offices write to somebody without encryption? What a text says of that. See offices.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICES_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICES_H

#include "lib/text/facts/answer.h"

/* A wish at the front door or in an answer to a letter: 1 they may, 0 they may not, -1 nothing clear. */
int offices_wished(const struct passage *passage);

/* An answer to our question: ANSWER_YES, ANSWER_NO, else nothing clear. */
enum answer offices_answered(const struct passage *passage);

#endif
