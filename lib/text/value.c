/* Values: the tree of named things that a template shows. One tree is built a page or letter and read once,
 * so maps are small arrays searched by their names' hashes; a map with many entries gets a hash table beside
 * it. Names are copied, not interned: GLib never gives interned strings back. */
#include "lib/text/value.h"
#include <string.h>

enum { INDEXED_FROM = 24 };

static struct value *new_value(enum value_type type)
{
  struct value *value = g_new0(struct value, 1);
  value->type = type;
  return value;
}

struct value *value_new(void)
{
  return new_value(VALUE_MAP);
}

void value_free(struct value *value)
{
  if (value == NULL) return;
  for (gsize i = 0; i < value->count; i++) {
    g_free(value->entries[i].name);
    value_free(value->entries[i].value);
  }
  g_free(value->entries);
  g_free(value->text);
  g_clear_pointer(&value->list, g_ptr_array_unref);
  g_clear_pointer(&value->index, g_hash_table_unref);
  g_free(value);
}

guint value_hash(const char *name)
{
  return g_str_hash(name);
}

/* Where a name stands in a map; NULL: nowhere. */
static struct value_entry *find_entry(const struct value *map, const char *name, guint hash)
{
  if (map->index != NULL) {
    gsize place = GPOINTER_TO_SIZE(g_hash_table_lookup(map->index, name));
    return place > 0 ? &map->entries[place - 1] : NULL;
  }
  for (gsize i = 0; i < map->count; i++)
    if (map->entries[i].hash == hash && strcmp(map->entries[i].name, name) == 0) return &map->entries[i];
  return NULL;
}

const struct value *value_find(const struct value *map, const char *name, guint hash)
{
  const struct value_entry *entry = map->type == VALUE_MAP ? find_entry(map, name, hash) : NULL;
  return entry != NULL ? entry->value : NULL;
}

/* Keeps the hash table of a large map in step with its last entry. */
static void index_last(struct value *map)
{
  gsize from = map->count - 1;
  if (map->count < INDEXED_FROM) return;
  if (map->index == NULL) {
    map->index = g_hash_table_new(g_str_hash, g_str_equal);
    from = 0;
  }
  for (gsize i = from; i < map->count; i++)
    g_hash_table_insert(map->index, map->entries[i].name, GSIZE_TO_POINTER(i + 1));
}

/* Puts a value under a name, in place of an older one. The map owns it. */
static struct value *put(struct value *map, const char *name, struct value *value)
{
  g_assert(map->type == VALUE_MAP);
  guint hash = value_hash(name);
  struct value_entry *entry = find_entry(map, name, hash);
  if (entry != NULL) {
    value_free(entry->value);
    entry->value = value;
    return value;
  }
  if (map->count == map->capacity) {
    map->capacity = MAX(8, map->capacity * 2);
    map->entries = g_renew(struct value_entry, map->entries, map->capacity);
  }
  map->entries[map->count++] = (struct value_entry){ g_strdup(name), hash, value };
  index_last(map);
  return value;
}

static void put_string(struct value *map, const char *name, enum value_type type, const char *text)
{
  struct value *value = new_value(text != NULL ? type : VALUE_FLAG); /* absent is as good as false */
  value->text = g_strdup(text);
  put(map, name, value);
}

void value_set_text(struct value *map, const char *name, const char *text)
{
  put_string(map, name, VALUE_TEXT, text);
}

const char *value_text(const struct value *map, const char *name)
{
  const struct value *found = value_find(map, name, value_hash(name));
  return found && found->type == VALUE_TEXT ? found->text : NULL;
}

void value_set_markup(struct value *map, const char *name, const char *markup)
{
  put_string(map, name, VALUE_MARKUP, markup);
}

void value_set_number(struct value *map, const char *name, gint64 number)
{
  struct value *value = new_value(VALUE_NUMBER);
  value->number = number;
  put(map, name, value);
}

void value_set_flag(struct value *map, const char *name, bool flag)
{
  struct value *value = new_value(VALUE_FLAG);
  value->number = flag;
  put(map, name, value);
}

struct value *value_add_map(struct value *map, const char *name)
{
  return put(map, name, value_new());
}

static void free_item(gpointer value)
{
  value_free(value);
}

/* The list under a name, new if there is none. */
static struct value *list_named(struct value *map, const char *name)
{
  struct value *list = (struct value *)value_find(map, name, value_hash(name));
  if (list != NULL && list->type == VALUE_LIST) return list;
  list = new_value(VALUE_LIST);
  list->list = g_ptr_array_new_with_free_func(free_item);
  return put(map, name, list);
}

struct value *value_append(struct value *map, const char *list_name)
{
  struct value *item = value_new();
  g_ptr_array_add(list_named(map, list_name)->list, item);
  return item;
}

void value_append_text(struct value *map, const char *list_name, const char *text)
{
  struct value *item = new_value(VALUE_TEXT);
  item->text = g_strdup(text != NULL ? text : "");
  g_ptr_array_add(list_named(map, list_name)->list, item);
}

bool value_is_true(const struct value *value)
{
  if (value == NULL) return false;
  switch (value->type) {
  case VALUE_TEXT:
  case VALUE_MARKUP: return *value->text != '\0';
  case VALUE_NUMBER:
  case VALUE_FLAG: return value->number != 0;
  case VALUE_LIST: return value->list->len > 0;
  case VALUE_MAP: return true;
  }
  return false;
}
