/* The sorts of mail that the front door tells apart, shared by the files of this folder. */
#ifndef LISTS_FRONTDOOR_SORTS_H
#define LISTS_FRONTDOOR_SORTS_H

#include "lists/kinds.h"
#include "lists/understand/meaning.h"

struct value;

/* A sort of mail: what the tables (front_door.sort), letters and details call it, and where it belongs. */
struct sort {
  const char *word;  /* "defect" */
  const char *kind;  /* of the list it belongs to */
  const char *list;  /* the list itself where the law names it; NULL: one of that kind */
  const char *about; /* "a report of a defect", for reasons */
};
const struct sort *sort_of_word(const char *word);     /* NULL: none */
const struct sort *sort_of_intent(enum intent intent); /* NULL: it says no sort */
const struct sort *sort_of_group(void);

/* Sets the flag of each sort in a letter's values: only that of `sort` is true. */
void sort_set_flags(struct value *values, const struct sort *sort);

/* Which list a mail of this sort belongs to: by the places it names, the lists of its sender, else the only
 * one there is. NULL: nobody can tell. person 0: nobody we know. *list is owned by the cache. */
bool sort_list(struct work *work, const struct sort *sort, const struct understanding *understanding,
               int64_t person, const struct list **list, GError **error);

/* The group that a mail names for all to read, if this person is a member; else, where `or_only`, the only
 * group that they are a member of. NULL: none. */
bool sort_group(struct work *work, const struct understanding *understanding, int64_t person, bool or_only,
                const struct list **list, GError **error);

#endif
