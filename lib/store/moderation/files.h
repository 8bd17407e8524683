/* Attachments: what a list says of them. */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "lib/store/store.h"

struct list_files {
  char *kinds;           /* "any", "pictures documents": words of lib/mail/files */
  int64_t travels_bytes; /* a larger attachment becomes a link; 0: as configured */
  int64_t takes_bytes;   /* a larger mail is not taken; 0: no limit of the list's own */
};
void list_files_free(struct list_files *files);
typedef struct list_files list_files_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(list_files_t, list_files_free)

/* What holds where a list has said nothing is handed out, too. NULL on error. */
struct list_files *list_files_get(struct store *store, int64_t list, GError **error);
bool list_files_put(struct store *store, int64_t list, const struct list_files *files, GError **error);

#endif
