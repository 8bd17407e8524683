/* Addresses and telephone numbers of people in an office's answer. See contacts.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_CONTACTS_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_CONTACTS_H

#include <glib.h>
#include <stdbool.h>

struct official_desks {
  const char *domain;       /* ours */
  const char *author;       /* normalised address of who wrote it; NULL: not known */
  const GPtrArray *offices; /* char*: normalised addresses of offices, and "@domain" of whole ones */
};
/* A text without mail addresses and telephone numbers that are a person's: what everybody may use (an
 * office's mailbox, "info@", the number of a hotline) stays. *is_doubtful is set where somebody's went who is
 * not the author: who wrote it should look before it is published. Linear in the text. Caller frees. */
char *official_without_contacts(const char *text, const struct official_desks *desks, bool *is_doubtful);

#endif
