/* What a mail calls its matter: the subject where it says something, else the first sentence that does. */
#ifndef LISTS_UNDERSTAND_TITLE_H
#define LISTS_UNDERSTAND_TITLE_H

#include "lists/understand/meaning.h"

/* The title; NULL where neither subject nor text says anything. Caller frees. */
char *title_read(const struct reading_room *room);
/* The subject without what it only begins with ("Einladung:"); NULL where it says nothing ("Idee"). Caller
 * frees. */
char *title_of_subject(const struct passage *subject);
/* The first lexeme behind the greetings a text begins with. */
guint text_behind_greeting(const struct passage *passage);

#endif
