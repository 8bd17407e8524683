/* Who wrote a mail, as far as a list is concerned. */
#ifndef LISTS_SENDERS_H
#define LISTS_SENDERS_H

#include "lists/kinds.h"

#include "lib/store/people/people.h"

struct sender {
  char *address;         /* normalised; NULL when the mail's From holds none */
  int64_t person;        /* 0: nobody we know */
  struct member *member; /* the active membership of the list; NULL: none */
};
void sender_clear(struct sender *sender);

/* Looks up the author of a mail and their active membership of a list. */
bool sender_find(struct work *work, const struct mail *mail, int64_t list, struct sender *sender,
                 GError **error);

/* The membership that an address has, in whatever state; *member NULL: none. False: a fault. */
bool sender_membership(struct work *work, int64_t list, const char *address, struct member **member,
                       GError **error);

#endif
