/* The lines of the letter about offices: "Amt SGA: Straßen- und Grünflächenamt, Adresse sga@…, Themen Straße,
 * Grün, Frist 10 Tage". */
#ifndef LISTS_ADMIN_OFFICE_LINES_H
#define LISTS_ADMIN_OFFICE_LINES_H

#include "lists/kinds.h"

#include "lib/store/cases/offices.h"

/* What stands behind the colon for an office as it is, in a language. NULL on error. Caller frees. */
char *office_line(struct work *work, const struct office *office, const char *language, GError **error);

/* The sign that a label names ("Amt SGA"); NULL: it is no label of an office. Caller frees. */
char *office_line_sign(const char *label);

/* Changes what a line says and leaves the rest. *is_removed: the office is to go. False: a word of it is not
 * understood (an address that is none, a topic or region that there is not). */
bool office_line_apply(const char *line, const GPtrArray *regions, struct office *office, bool *is_removed);

#endif
