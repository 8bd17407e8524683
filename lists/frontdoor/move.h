/* Moving a mail that came to the front door: shared by correct.c (the sender's words), people.c (what people
 * decide) and move.c (what moving is). */
#ifndef LISTS_FRONTDOOR_MOVE_H
#define LISTS_FRONTDOOR_MOVE_H

#include "lists/decide.h"
#include "lists/frontdoor/sorts.h"
#include "lists/requests/requests.h"

/* A mail that is moved. */
struct move {
  struct work *work;
  const struct arrival *answer;
  const struct answering *answering;
  struct decision *decision;
  struct hold *hold; /* NULL: a kind took it */
  struct incoming *incoming;
};

/* Writes what became of the mail, behind what was known of it. */
bool move_record(struct move *m, const struct list *list, enum outcome outcome, const char *more,
                 GError **error);
/* Who corrected it learns where it went now, and its sender where people did; sort NULL: to people. */
bool move_tell(struct move *m, const struct sort *sort, const struct list *group, GError **error);
/* The mail's subject as whoever answers may read it: to others than the sender the title of the case that it
 * was. *subject NULL: nothing. Caller frees. */
bool move_subject(struct move *m, char **subject, GError **error);
/* The list gets it as if it had come there in the first place. */
bool move_receive_at(struct move *m, const struct list *list, GError **error);
/* It waits at another list, or for people. */
bool move_hold_again(struct move *m, const struct list *list, const char *code, const char *reason,
                     GError **error);

/* people.c: it waits for those who look after the front door. */
bool move_to_people(struct move *m, GError **error);
/* people.c: they say that it is a post; its sender decides. */
bool move_ask_sender(struct move *m, GError **error);

#endif
