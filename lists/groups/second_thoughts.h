/* Whether a person should look at a post before it goes to everybody. */
#ifndef LISTS_GROUPS_SECOND_THOUGHTS_H
#define LISTS_GROUPS_SECOND_THOUGHTS_H

#include "lists/kinds.h"

/* The code of a hold (lists/holding.c); NULL: nothing speaks against it. */
const char *second_thoughts(const struct arrival *arrival, bool is_member);
/* Sent by a slip of the thumb: an answer in which nothing stands but what it answers. */
bool second_thoughts_says_nothing(const struct arrival *arrival);

#endif
