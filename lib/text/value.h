/* The inside of values, for template.c and its renderer. */
#ifndef TEXT_VALUE_H
#define TEXT_VALUE_H

#include "lib/text/template.h"

enum value_type { VALUE_TEXT, VALUE_MARKUP, VALUE_NUMBER, VALUE_FLAG, VALUE_MAP, VALUE_LIST };

struct value_entry {
  char *name;
  guint hash; /* value_hash of it */
  struct value *value;
};

struct value {
  enum value_type type;
  char *text;                  /* VALUE_TEXT, VALUE_MARKUP */
  gint64 number;               /* VALUE_NUMBER; VALUE_FLAG: 0 or 1 */
  GPtrArray *list;             /* VALUE_LIST: struct value* */
  struct value_entry *entries; /* VALUE_MAP */
  gsize count, capacity;
  GHashTable *index; /* VALUE_MAP with many entries: name → its index + 1 */
};

guint value_hash(const char *name);

/* The value of a name in a map; NULL: none, or no map. */
const struct value *value_find(const struct value *map, const char *name, guint hash);

/* What sections go by. */
bool value_is_true(const struct value *value);

#endif
