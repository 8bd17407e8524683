/* Shared by the files of this folder. */
#ifndef LISTS_ADMIN_PRIVATE_H
#define LISTS_ADMIN_PRIVATE_H

#include "lists/kinds.h"
#include "lists/senders.h"

struct admin_order;
struct list;
struct passage;
struct request;
struct value;

/* An admin's wish on its way. */
struct admin_wish {
  struct work *work;
  const struct arrival *arrival;
  struct decision *decision;
  const struct sender *admin;
  const struct admin_order *order; /* what the sentence says besides; NULL: nothing */
  const char *title;               /* of a new list; "": none is said */
  bool is_unclear;                 /* it may be an order, and nobody can tell which */
};

/* To whom a letter with lines to edit goes, and what it answers. */
struct admin_out {
  const char *address;
  int64_t person;
  const struct arrival *arrival;
  bool is_unauthenticated;
};
/* For who wishes it. */
struct admin_out admin_out_of(const struct admin_wish *wish);
/* Asks with the lines; details is what the request remembers of them. */
bool admin_ask(struct work *work, const struct admin_out *out, const char *purpose, const char *details,
               struct value *values, GError **error);

bool roles_send(const struct admin_wish *wish, GError **error);    /* roles.c */
bool new_list_send(const struct admin_wish *wish, GError **error); /* new_list.c */
bool offices_send(const struct admin_wish *wish, GError **error);  /* offices.c */

/* wish.c: the only list that a text names by its address's local part; NULL: none, or several. */
const struct list *admin_list_named(const struct work *work, const char *text);

/* take_down.c: does a text want a published post taken down? The admin is asked whether it is the one that
 * was found, or told what is missing. */
bool take_down_is_wished(const struct passage *passage);
bool take_down_send(const struct admin_wish *wish, const char *text, GError **error);

/* Is whom a request asked still an admin? *is says so. */
bool admin_is_asked(struct work *work, const struct request *request, bool *is, GError **error);

#endif
