/* Who moderates a group, as a line of its settings. */
#ifndef LISTS_KEEPING_MODERATORS_H
#define LISTS_KEEPING_MODERATORS_H

#include "lists/kinds.h"

#include "lib/store/directory.h"

struct value;

/* "anna@web.de, bert@web.de". NULL on error. Caller frees. */
char *moderators_line(struct work *work, const struct list *list, GError **error);

/* The addresses of a line moderate from now on, nobody else. Members do at once and are told; others get a
 * letter that asks them. Rows "asked" and "unknown" of `values` name those. */
bool moderators_change(struct work *work, const struct list *list, const char *line, struct value *values,
                       GError **error);

#endif
