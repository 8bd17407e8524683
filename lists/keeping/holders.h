/* Who has a role of a list, as a line of addresses that a keeper or an admin edits. */
#ifndef LISTS_KEEPING_HOLDERS_H
#define LISTS_KEEPING_HOLDERS_H

#include "lists/keeping/roles.h"
#include "lists/kinds.h"

#include "lib/store/directory.h"

struct value;

/* "anna@web.de, bert@web.de". NULL on error. Caller frees. */
char *holders_line(struct work *work, const struct list *list, const char *held_as, GError **error);

/* The addresses that stand in a line, normalised, each once, 500 at most. char*; caller unrefs. */
GPtrArray *holders_addresses(const char *line);

/* A role of a list and the line of those who shall have it. */
struct holders_change {
  const struct list *list;
  const struct role *role;
  const char *line;
  struct value *values; /* gets `asked`: addresses that a question went to */
};
/* The addresses of a line have the role from now on, nobody else. Members do at once; others get a letter
 * that asks them. Who has it no more is told, and so is who has it now. Where all have still to be asked,
 * those who had it go on. A line that says that nobody shall ("") takes it from all; any other without an
 * address changes nothing, and one with more addresses than are read takes it from nobody. At most twenty
 * people are asked at once. */
bool holders_change(struct work *work, const struct holders_change *change, GError **error);
/* The one address that stands in the line gets the role, or has it no more; all others keep it. */
bool holders_change_one(struct work *work, const struct holders_change *change, bool is_given,
                        GError **error);
/* Has whoever an address belongs to this role of a list? *has says so. */
bool holders_has(struct work *work, const struct list *list, const char *held_as, const char *address,
                 bool *has, GError **error);

/* Asks somebody whether they want a role; `by`: who gives it, as far as that must be looked up later
 * (admins); NULL. Adds the address to `asked` of the values. duty.c */
bool duty_ask(struct work *work, const struct list *list, const struct role *role, const char *address,
              const char *by, struct value *values, GError **error);
/* Tells somebody that they have a role now ("duty_begins") or have it no more ("duty_ends"). duty.c */
bool duty_tell(struct work *work, const char *letter, const struct list *list, const struct role *role,
               const char *address, int64_t person, GError **error);

#endif
