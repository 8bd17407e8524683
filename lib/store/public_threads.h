/* What of the threads is public, in the few numbers that pages need beside the threads themselves. */
#ifndef STORE_PUBLIC_THREADS_H
#define STORE_PUBLIC_THREADS_H

#include "lib/store/store.h"

/* Position of the thread's last public message; 0: none; -1 on error. */
int64_t thread_last_public(struct store *store, int64_t thread, GError **error);

/* A thread of a year by number, for sitemaps. */
struct thread_number {
  int number;
  int64_t last; /* of its last public message */
};
/* Public threads of the year that are no signposts, with numbers above `after`, at most limit. GArray of
 * struct thread_number. */
GArray *threads_public_numbers(struct store *store, int64_t list, int year, int after, int limit,
                               GError **error);

/* Month position of the month's last public thread; 0: none; -1 on error. */
int64_t month_last_public(struct store *store, int64_t list, int year, int month, GError **error);

/* Signposts that lead to a thread. GArray of int64_t ids. */
GArray *threads_merged_into(struct store *store, int64_t thread, GError **error);

/* What hangs on the public messages of a part: by position, only those that have attachments. Signatures
 * count as nothing. */
struct attachment_count {
  int64_t position;
  unsigned photos, documents;
};
GArray *attachments_counted(struct store *store, int64_t thread, int part, GError **error);

/* Public messages of a part that offer or seek something for a while, by position. GArray. */
struct offer_shown {
  int64_t position, expires;
  bool is_over;
};
GArray *offers_of_part(struct store *store, int64_t thread, int part, GError **error);

#endif
