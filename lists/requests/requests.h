/* Requests: a letter of ours asks, a plain answer decides. One table (purposes.c) says of each purpose which
 * letter asks, how an answer is read, how long it counts, and what it does; a kind that asks something adds a
 * row. Here is what all of them share: one open question an address and object, limits, the token in From,
 * the proof (what was shown, who answered, when), reminders and the end.
 *
 * A token says that we wrote to somebody, not who answers: letters get forwarded. Robots never get here. An
 * answer counts when the sender is authenticated or a minute has passed since it was asked (no machine waits
 * so long); else it is asked once more. Where more is at stake (`needs_proof`), it must come from the asked
 * person's own address, authenticated; else that person is asked to confirm it. */
#ifndef LISTS_REQUESTS_H
#define LISTS_REQUESTS_H

#include "lists/kinds.h"
#include "lists/understand/meaning.h"

#include "lib/store/requests.h"

struct compose_file;
struct value;

/* One answer on its way. */
struct answering {
  const struct request *request;
  const struct purpose *purpose;
  int64_t sender;         /* the person that the From belongs to; 0: nobody we know */
  const char *from;       /* that address, normalised; NULL: none */
  bool is_own_address;    /* From is where we asked, or another address of that person */
  bool is_confirmed_late; /* the answer was given before and is only confirmed now (needs_proof) */
};

/* Whose answer counts. A letter may have been forwarded: who answers from an address that is not theirs is
 * asked about where we know them ("War das Ihre Antwort?"), before anything happens. */
enum whose {
  WHOSE_TOKEN,    /* of whoever has the token */
  WHOSE_OWN,      /* of an address of theirs; from elsewhere only once they have confirmed it */
  WHOSE_OWN_ONLY, /* of an address of theirs alone: the confirmations themselves */
};

struct purpose {
  const char *name;     /* of the row in table request */
  const char *letter;   /* letters/<language>/<letter>.md; NULL: as the purpose is called */
  enum context context; /* how an answer is read */
  unsigned days;        /* until it ends unanswered */
  unsigned remind_days; /* reminded of after so many days, once; 0: never */
  unsigned a_day;       /* how many an address may be asked a day; 0: no limit */
  bool to_offices;      /* its letters wait for the end of a public holiday */
  bool needs_proof;     /* an address of theirs, authenticated; else they confirm it */
  enum whose whose;
  bool takes_any_word; /* whatever a person answers settles it, unless it is a no */
  bool confirms;       /* only a clear yes or no decides (answer_said); what is neither is asked once more */
  /* Sections of phrases that name the act. With one, a wrong yes harms: only a sure yes counts (sure.c). */
  const char *acts[2];
  const char *yes_words, *no_words; /* of one that confirms: sections of phrases that say yes, or no, too */
  bool is_repeatable;               /* answers may come again and change something */
  /* What an answer does. It ends the request by requests_end, or leaves it open. */
  bool (*decide)(struct work *work, const struct arrival *arrival, const struct answering *answering,
                 struct decision *decision, GError **error);
  /* What an answer gets that comes when the question is closed; NULL: nothing. */
  bool (*closed)(struct work *work, const struct arrival *arrival, const struct request *request,
                 GError **error);
  /* What happens when nobody answered; NULL: nothing. The request is ended already. */
  bool (*lapse)(struct work *work, const struct request *request, GError **error);
  /* Asks again, after remind_days; NULL: not at all. */
  bool (*remind)(struct work *work, const struct request *request, GError **error);
};
extern const struct purpose purposes[];
extern const gsize purpose_count;
const struct purpose *purpose_find(const char *name); /* NULL: none of ours */

struct question_out {
  const char *purpose;
  const struct list *list; /* NULL: none */
  int64_t person;          /* 0: unknown */
  const char *address;     /* normalised */
  int64_t object;
  const char *details;      /* lines "name=value"; NULL: none */
  const char *language;     /* NULL: the person's, the list's, the municipality's */
  struct value *values;     /* of the letter; NULL: none */
  const char *in_reply_to;  /* NULL */
  bool is_answer;           /* to a mail somebody has just sent */
  bool is_silent;           /* another letter of ours says it; only the question is kept */
  bool is_unauthenticated;  /* nobody vouches that the address wrote: one letter a day at most */
  const void *attached_raw; /* as in letter_out */
  gsize attached_size;
  const char *attached_part;
  const struct compose_file *file; /* that the letter brings along; NULL: none */
};
/* Asks. *asked (may be NULL) false: it is open already or the limits are reached; nothing was sent. */
bool requests_ask(struct work *work, const struct question_out *out, bool *asked, GError **error);

/* Sends the letter of a question once more, with the flag "reminder": for a purpose's remind. */
bool requests_send_again(struct work *work, const struct request *request, struct value *values,
                         GError **error);
/* The same, with a file; NULL: none. */
bool requests_send_again_with(struct work *work, const struct request *request, struct value *values,
                              const struct compose_file *file, GError **error);

/* Why an answer decides nothing. */
enum once_more { ONCE_MORE_UNCLEAR, ONCE_MORE_MACHINE, ONCE_MORE_ELSEWHERE };
/* Asks whoever was asked for a plain yes or no, once a question; a question that is closed is not asked
 * again. Sets the decision. */
bool requests_ask_once_more(struct work *work, const struct arrival *arrival, const struct request *request,
                            enum once_more why, struct decision *decision, GError **error);

/* A letter back to whoever was asked, about their answer. is_open: an answer to this letter decides as well.
 */
bool requests_tell(struct work *work, const struct arrival *answer, const struct request *request,
                   const char *letter, struct value *values, bool is_open, GError **error);

/* ROUTE_ANSWER. */
bool requests_answer(struct work *work, const struct arrival *arrival, struct decision *decision,
                     GError **error);

/* Ends a request by an answer ("yes", "no", "settled"). */
bool requests_end(struct work *work, const struct arrival *arrival, const struct request *request,
                  const char *state, GError **error);

/* How an answer to this address is read; CONTEXT_NONE: it answers no question of ours. Outside a transaction.
 */
enum context requests_context(struct store *store, const struct address_target *target);

/* Reminds of and ends what is due, a few in the caller's transaction. Returns how many; -1 on error. */
int requests_tick(struct work *work, GError **error);

/* What limits count by: the address without "+…", and without dots where the provider ignores them. Caller
 * frees. */
char *requests_rate_key(const char *address);
/* Is it one person's mailbox, by that? */
bool requests_is_same_mailbox(const char *one, const char *other);

#endif
