/* Large raw mails as files below raw/, named by their key. Known to lib/store only. */
#ifndef STORE_RAW_FILES_H
#define STORE_RAW_FILES_H

#include <glib.h>
#include <stdbool.h>

/* "ab/abcd….eml" of a key; caller frees. */
char *raw_file_name(const unsigned char key[32]);
/* The key that a file name stands for; false: not one of ours. */
bool raw_file_key(const char *name, unsigned char key[32]);
/* Puts the synced file `path` (hard link, else copy; NULL: `bytes` are written) below directory/raw under
 * `name`, synced. */
bool raw_file_put(const char *directory, const char *name, const char *path, GBytes *bytes, GError **error);
GBytes *raw_file_map(const char *directory, const char *name, GError **error);

#endif
