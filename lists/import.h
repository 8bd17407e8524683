/* Importing old archives into a list: threads and messages without letters, unpublished until told. Twice is
 * the same as once. */
#ifndef LISTS_IMPORT_H
#define LISTS_IMPORT_H

#include "lists/kinds.h"

struct old_mail {
  const void *raw;
  gsize size;
  int64_t delivered; /* seconds UTC, as the archive says; 0: it does not */
};

/* One mail, inside the caller's transaction; *is_new false: it was there. Its received time is its own Date
 * where that is sane, else when it was delivered. */
bool import_mail(struct work *work, const struct list *list, const struct old_mail *old,
                 const char *spool_path, bool *is_new, GError **error);

/* Publishes the imported messages of a list that are not published yet, from *after on, at most `limit`;
 * *after gets the last one looked at. Returns how many were looked at; 0: none is left; -1 on error. Inside
 * the caller's transaction. */
int import_publish(struct work *work, const struct list *list, int64_t *after, int limit, int *published,
                   GError **error);

#endif
