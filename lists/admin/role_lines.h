/* The lines of the letter about roles, as an answer changes them. */
#ifndef LISTS_ADMIN_ROLE_LINES_H
#define LISTS_ADMIN_ROLE_LINES_H

#include "lists/keeping/roles.h"
#include "lists/kinds.h"

/* One line: a role, the list that it is of (NULL: the installation's), and the addresses behind the colon
 * ("": nobody). Lists are owned by the cache. */
struct role_line {
  const struct role *role;
  const struct list *list;
  char *value;
};

/* What an answer says: struct role_line*; and lines (char*) that say nothing we know. */
struct role_lines {
  GPtrArray *lines, *wrong;
};
void role_lines_clear(struct role_lines *said);
typedef struct role_lines role_lines_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(role_lines_t, role_lines_clear)

/* Reads a mail's own words, then the quoted letter that was edited. `shown`: the details of the request,
 * lines "moderator.gruenau=anna@web.de"; what says no more than they do is no change. */
void role_lines_read(const struct work *work, const char *text_new, const char *text, const char *shown,
                     struct role_lines *said);

/* The name of a line in those details: "admin", "abuse", "moderator.gruenau". Caller frees. */
char *role_line_name(const struct role *role, const struct list *list);

#endif
