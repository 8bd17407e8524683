/* Address books made from lists: those of the store (the worker), or any others. */
#include "lists/addresses/addresses_private.h"

#include "lib/store/directory.h"

/* Adds lists and then aliases, so that an alias never takes a list's own name. Doubles are passed over. */
struct address_book *addresses_of_lists(const struct config *config, const GPtrArray *lists)
{
  struct address_book *book = addresses_new(config);
  for (guint i = 0; i < lists->len; i++) {
    const struct list *list = g_ptr_array_index(lists, i);
    addresses_add_list(book, list->name, list->kind);
  }
  for (guint i = 0; i < lists->len; i++) {
    const struct list *list = g_ptr_array_index(lists, i);
    for (char **alias = list->aliases; alias && *alias; alias++)
      addresses_add_alias(book, *alias, list->name);
  }
  return book;
}

struct address_book *addresses_from_store(struct store *store, const struct config *config, GError **error)
{
  g_autoptr(GPtrArray) lists = lists_all(store, error);
  return lists ? addresses_of_lists(config, lists) : NULL;
}
