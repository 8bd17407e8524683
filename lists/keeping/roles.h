/* The roles that keepers and admins give and take. One table (roles.c); a later kind that has duties of its
 * own (offices) adds a row. */
#ifndef LISTS_KEEPING_ROLES_H
#define LISTS_KEEPING_ROLES_H

#include <glib.h>
#include <stdbool.h>

struct value;

struct role {
  const char
      *word; /* "moderator": section roles.label of the tables, flags of letters, details of requests */
  const char
      *list; /* whose duty it always is ("missbrauch"); NULL: a line names the list, or it is of none */
  const char *held_as; /* the membership's role; NULL: of the whole installation (admins) */
};
extern const struct role roles[];
extern const gsize role_count;

const struct role *role_find(const char *word); /* NULL: none */
bool role_is_of_any_list(const struct role *role);
/* The role that a membership's role is of this list: "moderator" of missbrauch is "abuse". NULL: none of
 * ours. */
const struct role *role_of_list(const char *held_as, const char *list);
/* Sets the role's flag in a letter's values. */
void role_set_flag(struct value *values, const struct role *role);

#endif
