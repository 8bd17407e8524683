/* What in an office's answer belongs to one person alone. See private.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_PRIVATE_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_PRIVATE_H

#include <glib.h>
#include <stdbool.h>

/* A text for the public without bank accounts, number plates, numbers of files and bills, dates of birth,
 * names of private persons and where they live; names of an office's own people go unless `shows_staff`.
 * *is_doubtful gets whether it told of somebody: who wrote it must look before it is published. Addresses at
 * `domain` are ours. Linear time. Caller frees. */
char *official_without_private(const char *text, const char *domain, bool shows_staff, bool *is_doubtful);

#endif
