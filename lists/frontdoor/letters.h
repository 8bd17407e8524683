/* The front door's letters and moves, shared by the files of this folder. */
#ifndef LISTS_FRONTDOOR_LETTERS_H
#define LISTS_FRONTDOOR_LETTERS_H

#include "lists/decide.h"
#include "lists/frontdoor/sorts.h"

#include "lib/store/requests.h"

/* What is told or asked about a mail that is held. */
struct telling {
  const char *purpose;      /* front_door, front_door_ask, front_door_group */
  const struct list *door;  /* the front door's list */
  const struct sort *sort;  /* NULL: none */
  const struct list *group; /* where a post would go; NULL: none */
  const char *choices;      /* "defect,question,group:gruenau": what 1, 2 and 3 stand for; NULL: none */
  const char *address;      /* to whom */
  int64_t person, hold;
  bool is_authenticated;
  bool may_be_order; /* of an admin: an answer may say which */
  bool is_silent;    /* the kind's own letter says it; a short answer to that corrects it, too */
};

/* Asks, with the words that correct. `arrival` is the mail it is about. */
bool frontdoor_tell(struct work *work, const struct arrival *arrival, const struct telling *telling,
                    GError **error);

/* news.c: those who look after the door and after `list`, where the mail waits or whose kind took it, read
 * what it was taken for, and correct it by the same words. */
bool frontdoor_tell_news(struct work *work, const struct arrival *arrival, const struct telling *telling,
                         const struct list *list, GError **error);
/* Was one of them asked, and not the sender? */
bool frontdoor_is_by_people(const struct request *request);
/* Have they the duty still: of the door, or of the list where the mail is (NULL: nowhere)? */
bool frontdoor_has_duty(struct work *work, const struct list *door, const struct list *place,
                        const struct request *request, bool *has, GError **error);

/* Hands a mail that nobody understood to people: those with duties of the front door, else the admin.
 * `excerpt`: what they read of it; a name that is NULL is not shown. */
struct excerpt {
  const char *subject, *text, *name;
};
bool frontdoor_tell_people(struct work *work, const struct list *door, const struct hold *hold,
                           const struct excerpt *excerpt, GError **error);

#endif
