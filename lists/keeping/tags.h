/* Tags in subjects: "[Biete] Fahrrad", "Wer kommt mit? #spielplatz". */
#ifndef LISTS_KEEPING_TAGS_H
#define LISTS_KEEPING_TAGS_H

#include "lists/kinds.h"

struct message;

/* The tags of a subject, folded ("biete", "#spielplatz"), without the list's own; at most five. char*; caller
 * unrefs. */
GPtrArray *tags_of_subject(const char *subject, const char *list_tag);

/* Stores the tags of a message that was filed; offers and searches with the day they are over. */
bool tags_keep(struct work *work, const struct list *list, const struct message *message, GError **error);

#endif
