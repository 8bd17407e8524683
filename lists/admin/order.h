/* Orders that admins give in sentences of their own, shared by the files of this folder. */
#ifndef LISTS_ADMIN_ORDER_H
#define LISTS_ADMIN_ORDER_H

#include "lists/keeping/roles.h"
#include "lists/kinds.h"

struct list;

/* What a sentence is about; each but the last has a letter with the state as it is, and lines to change. */
enum order_about {
  ORDER_NOTHING,
  ORDER_ROLE,     /* who has which role */
  ORDER_OFFICE,   /* which office answers, from where */
  ORDER_NEW_LIST, /* with `title`, "" where none is said */
  ORDER_SETTINGS, /* of `list` */
  ORDER_UNCLEAR,  /* it may be an order, and nobody can tell which */
};

/* `proposal` holds what a sentence says for certain, and nothing where it leaves anything open: it is shown,
 * and a yes does it. Of a role "moderator gruenau +vera@posteo.de" (or "-…", the list "" where the role has
 * its own); of an office "SGA Adresse sga@amt.example". NULL: none. */
struct admin_order {
  enum order_about about;
  const struct list *list;
  char *title, *proposal;
  bool names_somebody; /* by an address */
  bool speaks_of_self; /* "stell mich um auf täglich" */
};
void admin_order_clear(struct admin_order *order);
typedef struct admin_order admin_order_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(admin_order_t, admin_order_clear)

/* Reads a short text. */
bool admin_order_read(struct work *work, const char *text, struct admin_order *order, GError **error);

/* A proposal about a role, taken apart; false: it is none any more (the list is gone). Caller frees address.
 */
struct role_proposal {
  const struct role *role;
  const struct list *list; /* NULL: of no list */
  char *address;
  bool is_given;
};
bool role_proposal_read(const struct work *work, const char *proposal, struct role_proposal *out);

#endif
