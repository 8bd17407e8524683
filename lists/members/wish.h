/* One wish about a membership on its way, shared by the files of this folder. */
#ifndef LISTS_MEMBERS_WISH_H
#define LISTS_MEMBERS_WISH_H

#include "lists/members/members.h"
#include "lists/senders.h"
#include "lists/understand/meaning.h"

#include "lib/store/directory.h"

struct value;

struct wish {
  struct work *work;
  const struct arrival *arrival;
  struct decision *decision;
  const struct meaning *meaning; /* NULL: an address that says it all */
  const struct list *list;       /* the one that is meant; NULL: none is named */
  struct sender sender;          /* address never NULL; member: of `list` */
  bool is_proven; /* our MTA vouches for the sender, or a token of theirs stands in the address */
};

/* Sets outcome and reason of the decision; true. */
bool wish_done(struct wish *wish, const char *reason);

/* A letter about the wish back to its sender: `letter` of share/letters, values NULL: none. At most one of a
 * letter and address a day where nobody vouches for the sender. */
bool wish_reply(struct wish *wish, const char *letter, struct value *values, GError **error);

bool wish_join(struct wish *wish, GError **error);     /* join.c */
bool wish_leave(struct wish *wish, GError **error);    /* leave.c */
bool wish_settings(struct wish *wish, GError **error); /* settings.c */
bool wish_help(struct wish *wish, GError **error);     /* help.c */
bool wish_invite(struct wish *wish, GError **error);   /* invite.c */
/* Does the text name addresses and ask to invite them? invite.c */
bool invite_is_asked(const struct wish *wish);

/* A letter that shows how the person's settings are now. settings_state.c */
struct settings_letter {
  const char *letter;      /* settings_done, settings_unclear */
  const struct list *list; /* NULL: none is named */
  int64_t person;
  const char *address, *in_reply_to;
  const char *muted; /* the subject that is muted by this wish; NULL */
};
bool settings_tell(struct work *work, const struct settings_letter *out, GError **error);
/* What the lines of a wish would change, as flags for the letter that asks. settings_state.c */
struct request;
void settings_put_wish(struct value *values, const struct request *wished);

/* The letter that greets a new member and says, in ten lines, what can be settled. welcome.c */
bool welcome_send(struct work *work, const struct list *list, int64_t person, const char *address,
                  const char *in_reply_to, GError **error);

#endif
