/* The inside of the address book, shared by addresses.c (what an address means), addresses_file.c and
 * addresses_sources.c (where books come from and go to). */
#ifndef LISTS_ADDRESSES_PRIVATE_H
#define LISTS_ADDRESSES_PRIVATE_H

#include "lists/addresses.h"

struct address_entry {
  char *list; /* name of the list */
  char *kind;
};

struct address_book {
  char *domain; /* as address_normalise() writes it */
  char *delimiter;
  GHashTable *lists; /* name of list → struct address_entry* (owned) */
  GHashTable *names; /* local part, folded: a list's name or alias → struct address_entry* */
};

struct address_book *addresses_new(const struct config *config);
/* False when the name is taken already. */
bool addresses_add_list(struct address_book *book, const char *name, const char *kind);
/* False when the alias is taken or there is no such list. */
bool addresses_add_alias(struct address_book *book, const char *alias, const char *list);

/* A book of lists (struct list*). */
struct address_book *addresses_of_lists(const struct config *config, const GPtrArray *lists);

#endif
