/* The counters of what is public, in list, thread and month. Known to lib/store only. */
#ifndef STORE_COUNTERS_H
#define STORE_COUNTERS_H

#include "lib/store/internal.h"

/* A message of a thread appeared (by 1) or vanished (by -1) from what is public; `messages` is added to the
 * thread's own count. */
bool counters_message(struct store *store, int64_t list, int64_t thread, int64_t received, int messages,
                      int public_messages, GError **error);
/* The thread of this year and month has its first public message (by 1), or has lost its last (by -1). */
bool counters_thread(struct store *store, int64_t list, int64_t year, int64_t month, int by, GError **error);
/* A public message more in the list's own row. */
bool counters_list(struct store *store, int64_t list, int64_t received, int by, GError **error);

#endif
