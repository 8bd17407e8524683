/* What mail programs mark in their HTML: quotes, the line above them, signatures. A table of selectors,
 * share/clients/quotes.txt, says it; a municipality may lay its own on top. */
#ifndef MAIL_CUT_CLIENTS_H
#define MAIL_CUT_CLIENTS_H

#include "lib/text/html/html_mark.h"

#include <glib.h>
#include <stdbool.h>

/* Loads clients/quotes.txt below each directory, NULL-ended; what is not there is nothing. Once in a process;
 * a second call is nothing. False and a sentence that names file and line when a table is wrong. */
bool clients_load(const char *const *directories, GError **error);

/* The mark of an element; the first selector of the table that fits. An html_mark_of. */
enum html_mark clients_mark_of(const struct html_token *token);

#endif
