/* Sizes as people write them. */
#ifndef LISTS_GROUPS_SIZES_H
#define LISTS_GROUPS_SIZES_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* "12 MB", "350 KB", rounded up. Caller frees. */
char *size_words(int64_t bytes);
/* "2 MB", "2M", "1,5 MB", "500 kb"; a number alone counts megabytes. False: it is no size of ours, from 1 KB
 * to 2 GB. */
bool size_read(const char *words, int64_t *bytes);

#endif
