/* Whether what a mail to a list says is a wish to us or a post for everybody; see meant.c. */
#ifndef LISTS_MEMBERS_MEANT_H
#define LISTS_MEMBERS_MEANT_H

#include "lists/members/wish.h"

enum meant { MEANT_WISH, MEANT_EITHER, MEANT_POST };

/* What a mail to a list is, whose words ask for leaving or for settings. */
enum meant wish_meant(const struct wish *wish);

/* Keeps the mail and asks its author, a member. *asked false: it was not to be asked (too often today). */
bool wish_ask_meant(struct wish *wish, bool *asked, GError **error);

/* Does what a mail that waited wishes; its author has said so. wishes.c */
bool members_act_on_wish(struct work *work, const struct arrival *arrival, struct decision *decision,
                         GError **error);

#endif
