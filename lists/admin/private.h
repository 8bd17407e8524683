/* Shared by the files of this folder. */
#ifndef LISTS_ADMIN_PRIVATE_H
#define LISTS_ADMIN_PRIVATE_H

#include "lists/kinds.h"
#include "lists/senders.h"

struct list;
struct request;

/* An admin's wish on its way. */
struct admin_wish {
  struct work *work;
  const struct arrival *arrival;
  struct decision *decision;
  const struct sender *admin;
  const struct list *list; /* the list named, for settings */
  const char *title;       /* of a new list; "": none is said */
};

bool roles_send(const struct admin_wish *wish, GError **error);    /* roles.c */
bool new_list_send(const struct admin_wish *wish, GError **error); /* new_list.c */
bool offices_send(const struct admin_wish *wish, GError **error);  /* offices.c */

/* Is whom a request asked still an admin? *is says so. */
bool admin_is_asked(struct work *work, const struct request *request, bool *is, GError **error);

#endif
