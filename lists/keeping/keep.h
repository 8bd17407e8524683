/* One wish about a group on its way, shared by the files of this folder. */
#ifndef LISTS_KEEPING_KEEP_H
#define LISTS_KEEPING_KEEP_H

#include "lists/keeping/keeping.h"
#include "lists/senders.h"
#include "lists/understand/meaning.h"

#include "lib/store/directory.h"

struct request;
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
/* The only address that a mail names as the group's next keeper's, in other words than those of hand_over.c; NULL:
 * none. Caller frees. hand_over_said.c */
char *hand_over_said(struct work *work, const struct arrival *arrival);
/* Asks the keeper whether that is what their mail meant. hand_over.c */
bool keep_hand_over_maybe(struct keep *keep, const char *to, GError **error);
/* May a mail of a keeper say how a group shall be? Pure. said.c */
bool keep_may_say(const struct arrival *arrival);
/* Proposes what the mail says of the group to its keeper. *is_taken false: it says nothing. said.c */
bool keep_propose(struct keep *keep, bool *is_taken, GError **error);
bool keep_close(struct keep *keep, GError **error);     /* close.c */

/* May whom a request asked still decide about its group: as its keeper, or as an admin? *may says so; *list
 * is the group (owned by the cache), NULL where it is gone. */
bool keep_may(struct work *work, const struct request *request, const struct list **list, bool *may,
              GError **error);

/* Gives a member a role, or takes it. holders.c */
bool member_set_role(struct work *work, struct member *member, const char *role, bool is_wanted,
                     GError **error);

/* A name for a group of this title: a-z, 0-9 and "-", at most 21 characters, nobody's yet. NULL on error.
 * Caller frees. list_name.c */
char *group_name(struct work *work, const char *title, GError **error);

/* May a list be called so: a-z, 0-9 and "-", short enough, nothing that mail needs? list_name.c */
bool group_name_is_usable(const char *name);

/* Sends the settings of a list to whom a request asked, as keep_settings does. settings.c */
bool keep_send_settings(struct work *work, int64_t list, const struct request *request,
                        const struct arrival *arrival, GError **error);

#endif
