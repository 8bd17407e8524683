/* Values: the tree of named things that a template shows. One tree is built a page or letter and read once,
 * so maps are small arrays searched by pointer (names are interned, there are few of them and all are ours);
 * a map with many entries gets a hash table beside it. */
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
  for (gsize i = 0; i < value->count; i++) value_free(value->entries[i].value);
  g_free(value->entries);
  g_free(value->text);
  g_clear_pointer(&value->list, g_ptr_array_unref);
  g_clear_pointer(&value->index, g_hash_table_unref);
  g_free(value);
}

/* Where a name stands in a map; NULL: nowhere. */
static struct value_entry *find_entry(const struct value *map, const char *interned)
{
  for (gsize i = 0; i < map->count; i++)
    if (map->entries[i].name == interned) return &map->entries[i];
  return NULL;
}

const struct value *value_find(const struct value *map, const char *interned)
{
  if (map->type != VALUE_MAP) return NULL;
  if (map->index != NULL) return g_hash_table_lookup(map->index, interned);
  const struct value_entry *entry = find_entry(map, interned);
  return entry != NULL ? entry->value : NULL;
}

/* Keeps the hash table of a large map in step. */
static void index_entry(struct value *map, const char *interned, struct value *value)
{
  if (map->index != NULL) {
    g_hash_table_insert(map->index, (gpointer)interned, value);
    return;
  }
  if (map->count < INDEXED_FROM) return;
  map->index = g_hash_table_new(NULL, NULL);
  for (gsize i = 0; i < map->count; i++)
    g_hash_table_insert(map->index, (gpointer)map->entries[i].name, map->entries[i].value);
}

/* Puts a value under a name, in place of an older one. The map owns it. */
static struct value *put(struct value *map, const char *name, struct value *value)
{
  g_assert(map->type == VALUE_MAP);
  const char *interned = g_intern_string(name);
  bool is_known = map->index == NULL || g_hash_table_contains(map->index, interned);
  struct value_entry *entry = is_known ? find_entry(map, interned) : NULL;
  if (entry != NULL) {
    value_free(entry->value);
    entry->value = value;
  } else {
    if (map->count == map->capacity) {
      map->capacity = MAX(8, map->capacity * 2);
      map->entries = g_renew(struct value_entry, map->entries, map->capacity);
    }
    map->entries[map->count++] = (struct value_entry){ interned, value };
  }
  index_entry(map, interned, value);
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
  struct value *list = (struct value *)value_find(map, g_intern_string(name));
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
