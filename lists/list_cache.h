/* The worker's memory of lists: by name and by id, read anew when lists_version() has changed. */
#ifndef LISTS_LIST_CACHE_H
#define LISTS_LIST_CACHE_H

#include "lib/store/directory.h"

struct list_cache;
struct list_cache *list_cache_new(struct store *store);
void list_cache_free(struct list_cache *cache);
typedef struct list_cache list_cache_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(list_cache_t, list_cache_free)

/* Reads the lists if they changed; *changed (may be NULL) says so. The first call always changes. */
bool list_cache_refresh(struct list_cache *cache, bool *changed, GError **error);

/* Owned by the cache, until the next refresh that changes. NULL: none. */
const struct list *list_cache_by_name(const struct list_cache *cache, const char *name);
const struct list *list_cache_by_id(const struct list_cache *cache, int64_t id);

/* The list whose title ends a text ("Moderation Nachbarn in Grünau"), in any spelling of capitals, the
 * longest that does; *begin: where it begins there, in bytes. NULL: none, or two lists have that title. */
const struct list *list_cache_by_title_at_end(const struct list_cache *cache, const char *text, gsize *begin);

/* The list whose name or title ends a text: "Moderation gruenau", "Moderation (Nachbarn in Grünau)". *begin:
 * where it begins. NULL: none. */
const struct list *list_cache_at_end(const struct list_cache *cache, const char *text, gsize *begin);

/* The list of a kind in a region (its id; 0: any), the oldest; where a region is asked for and has none,
 * NULL. */
const struct list *list_cache_of_kind(const struct list_cache *cache, const char *kind, int64_t region);

#endif
