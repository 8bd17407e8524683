/* One wish about a group on its way, shared by the files of this folder. */
#ifndef LISTS_KEEPING_KEEP_H
#define LISTS_KEEPING_KEEP_H

#include "lists/keeping/keeping.h"
#include "lists/senders.h"
#include "lists/understand/meaning.h"

#include "lib/store/directory.h"

struct value;

struct keep {
  struct work *work;
  const struct arrival *arrival;
  struct decision *decision;
  const struct meaning *meaning; /* NULL: the address says it all */
  const struct list *list;       /* the group; NULL: a new one */
  struct sender sender;          /* address never NULL */
  bool is_keeper, is_admin;      /* so the From says; nothing is done before that is proven */
};

/* Sets outcome and reason of the decision; true. */
bool keep_done(struct decision *decision, const char *reason);

bool keep_found(struct keep *keep, GError **error);    /* found.c */
bool keep_settings(struct keep *keep, GError **error); /* settings.c */

bool keep_hand_over(struct keep *keep, GError **error); /* hand_over.c */
bool keep_close(struct keep *keep, GError **error);     /* close.c */

/* May whom a request asked still decide about its group: as its keeper, or as the admin? *may says so; *list
 * is the group (owned by the cache), NULL where it is gone. */
struct request;
bool keep_may(struct work *work, const struct request *request, const struct list **list, bool *may,
              GError **error);

/* Gives a member a role, or takes it. moderators.c */
bool member_set_role(struct work *work, struct member *member, const char *role, bool is_wanted,
                     GError **error);

/* A name for a group of this title: a-z, 0-9 and "-", at most 21 characters, nobody's yet. NULL on error.
 * Caller frees. list_name.c */
char *group_name(struct work *work, const char *title, GError **error);

#endif
