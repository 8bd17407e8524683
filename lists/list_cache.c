/* The worker's memory of lists. Two thousand mails a second cannot each read the lists' table; a version
 * number in the store says when it has to be read again. */
#include "lists/list_cache.h"

#include <string.h>

struct list_cache {
  struct store *store;
  GHashTable *by_id;   /* int64_t* → struct list* (owned) */
  GHashTable *by_name; /* name → struct list* */
  int64_t version;
  bool is_filled;
};

static void free_list(gpointer list)
{
  list_free(list);
}

struct list_cache *list_cache_new(struct store *store)
{
  struct list_cache *cache = g_new0(struct list_cache, 1);
  cache->store = store;
  cache->by_id = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, free_list);
  cache->by_name = g_hash_table_new(g_str_hash, g_str_equal);
  return cache;
}

void list_cache_free(struct list_cache *cache)
{
  if (!cache) return;
  g_hash_table_unref(cache->by_name);
  g_hash_table_unref(cache->by_id);
  g_free(cache);
}

/* Takes over the lists read; the array's elements become the cache's. */
static void fill(struct list_cache *cache, GPtrArray *lists)
{
  g_hash_table_remove_all(cache->by_name);
  g_hash_table_remove_all(cache->by_id);
  g_ptr_array_set_free_func(lists, NULL);
  for (guint i = 0; i < lists->len; i++) {
    struct list *list = g_ptr_array_index(lists, i);
    g_hash_table_insert(cache->by_id, &list->id, list);
    g_hash_table_insert(cache->by_name, list->name, list);
  }
}

bool list_cache_refresh(struct list_cache *cache, bool *changed, GError **error)
{
  if (changed) *changed = false;
  int64_t version = lists_version(cache->store, error);
  if (version < 0) return false;
  if (cache->is_filled && version == cache->version) return true;
  g_autoptr(GPtrArray) lists = lists_all(cache->store, error);
  if (!lists) return false;
  fill(cache, lists);
  cache->version = version;
  cache->is_filled = true;
  if (changed) *changed = true;
  return true;
}

const struct list *list_cache_by_name(const struct list_cache *cache, const char *name)
{
  return name ? g_hash_table_lookup(cache->by_name, name) : NULL;
}

const struct list *list_cache_by_id(const struct list_cache *cache, int64_t id)
{
  return g_hash_table_lookup(cache->by_id, &id);
}

/* Does a text end with a title, as words of their own? *begin: where. */
static bool ends_with_title(const char *text, const char *title, gsize *begin)
{
  g_autofree char *folded = g_utf8_casefold(title, -1);
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    g_autofree char *rest = NULL;
    if (at > text && at[-1] != ' ' && at[-1] != '(') continue;
    rest = g_utf8_casefold(at, -1);
    if (strcmp(g_strchomp(g_strdelimit(rest, "()\"", ' ')), folded) != 0) continue;
    *begin = (gsize)(at - text);
    return true;
  }
  return false;
}

const struct list *list_cache_by_title_at_end(const struct list_cache *cache, const char *text, gsize *begin)
{
  const struct list *found = NULL;
  bool is_two = false;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, cache->by_id);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    const struct list *list = value;
    gsize at = 0;
    if (!list->title || !*list->title || !ends_with_title(text, list->title, &at)) continue;
    if (found && at > *begin) continue;
    is_two = found && at == *begin;
    found = list;
    *begin = at;
  }
  return is_two ? NULL : found;
}

const struct list *list_cache_at_end(const struct list_cache *cache, const char *text, gsize *begin)
{
  g_autofree char *folded = g_utf8_strdown(text, -1);
  g_strdelimit(folded, "()\"'", ' ');
  g_strchomp(folded);
  const char *blank = strrchr(folded, ' ');
  *begin = blank ? (gsize)(blank - folded) : 0;
  const struct list *list = blank ? list_cache_by_name(cache, blank + 1) : NULL;
  return list ? list : list_cache_by_title_at_end(cache, text, begin);
}

const struct list *list_cache_of_kind(const struct list_cache *cache, const char *kind, int64_t region)
{
  const struct list *found = NULL;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, cache->by_id);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    const struct list *list = value;
    bool fits = g_str_equal(list->kind, kind) && (!region || list->region == region);
    if (fits && (!found || list->id < found->id)) found = list;
  }
  return found;
}
