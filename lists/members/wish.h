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
bool wish_members(struct wish *wish, GError **error);  /* who.c */
/* Answers that somebody else's joining ("joins") or leaving ("leaves") is for them alone to ask. leave.c */
bool wish_tell_of_others(struct wish *wish, const char *what, GError **error);
/* Does the text name addresses and ask to invite them? invite.c */
bool invite_is_asked(const struct wish *wish);

/* A letter that shows how the person's settings are now, as lines; an answer changes them
 * (settings_answer_decide). settings_state.c */
struct settings_letter {
  const char *letter;      /* settings_done, settings_unclear */
  const struct list *list; /* NULL: none is named */
  int64_t person;
  const char *address;
  const struct arrival *arrival; /* the mail that is answered */
  const char *muted;             /* the subject that is muted by this wish; NULL */
  const GPtrArray *wrong;        /* char*: lines that were not understood; NULL: none */
  const char *before;            /* how it was (settings_now), to say so where nothing has changed; NULL */
  bool is_shown;                 /* somebody only wanted to see them, or has changed nothing */
  bool is_stranger;              /* nobody vouches that they wrote */
};
bool settings_tell(struct work *work, const struct settings_letter *out, GError **error);
/* How the settings are that such a letter would show. NULL on error. Caller frees. */
char *settings_now(struct work *work, const struct settings_letter *of, GError **error);
/* Does to the memberships and the person what a request's lines say: to its list, or to all where none is
 * named. *muted: the subject of the thread that is muted now, the caller's; *is_refused: the name would
 * mislead, which a letter has said, and nothing was done. settings.c */
struct request;
bool settings_apply(struct work *work, const struct request *wished, const char *in_reply_to, char **muted,
                    bool *is_refused, GError **error);
/* Does a mail only want to see the settings ("Wie lautet meine Einstellung?")? settings_answer.c */
bool settings_only_asks(const struct arrival *arrival);
/* What the lines of a wish would change, as flags for the letter that asks. settings_state.c */
void settings_put_wish(struct value *values, const struct request *wished);

/* The letter that greets a new member and says, in ten lines, what can be settled. welcome.c */
bool welcome_send(struct work *work, const struct list *list, int64_t person, const char *address,
                  const char *in_reply_to, GError **error);

#endif
