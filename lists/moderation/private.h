/* The inside of moderation. */
#ifndef LISTS_MODERATION_PRIVATE_H
#define LISTS_MODERATION_PRIVATE_H

#include "lists/decide.h"
#include "lists/moderation/duties.h"
#include "lists/moderation/moderation.h"
#include "lists/moderation/orders_read.h"
#include "lists/understand/meaning.h"

struct list;
struct message;
struct passage;
struct value;

/* A decision on its way. */
struct ruling {
  struct work *work;
  const struct arrival *arrival; /* the answer */
  const struct request *request;
  const struct hold *hold;
  struct decision *decision; /* what becomes of the answer */
  GPtrArray *missing;        /* char*: codes and words that shall be left out and were not found */
  bool asks_ban;             /* whether its author shall be banned is not clear */
  bool is_redacted;          /* it was released without something */
  int64_t released;          /* the stored mail that went out */
};

/* release.c: lets the held mail through, without what the answer wants left out. *is_done false: something
 * that shall be left out was not found; nothing has happened. */
bool ruling_release(struct ruling *ruling, bool *is_done, GError **error);

/* refuse.c: the held mail goes; its author is told, where that is due. reason "": none is given. */
bool refuse_held(struct work *work, const struct hold *hold, const char *letter, const char *outcome,
                 const char *reason, bool is_spam, GError **error);

/* authors.c: tells the author of a mail that a moderator has let through, where they would not see it
 * (`text`: what went out, where something was left out; else NULL). */
bool authors_tell_released(struct ruling *ruling, const struct mail *original, const char *text,
                           GError **error);

/* settle.c */
/* Logs a decision about a hold. */
bool settle_log(struct store *store, const struct hold *hold, int64_t moderator, const char *decision,
                const char *way, int64_t now, GError **error);
/* ask.c: why a mail waits, in a language: one file holds a sentence a code. Caller frees; NULL on error. */
char *ask_reason_in(struct work *work, const char *language, const char *code, GError **error);
/* shown.c: what a letter shows of a mail that somebody decides about; reason "": none. Caller frees. */
struct value *ask_values(const struct mail *mail, const char *reason, bool is_shown);
/* shown.c: adds what the HTML of the stored mail says beyond its text. */
bool shown_html(struct work *work, int64_t mail_id, const struct mail *mail, struct value *values,
                GError **error);
/* shown.c: where the letter shows only the beginning of a mail (flag "cut"), the whole of it as a file for
 * the letter, and flags that say so; name NULL: all is shown. */
struct compose_file;
bool shown_whole(struct work *work, int64_t mail_id, const struct mail *mail, struct value *values,
                 const char *language, struct compose_file *file, GError **error);
void shown_whole_clear(struct compose_file *file);
/* shown.c: ask_values in the language of whoever is asked, and the whole mail as a file where the letter
 * shows only its beginning (name NULL: all is shown; shown_whole_clear). Caller frees; NULL on error. */
struct value *shown_with_whole(struct work *work, const struct mail *mail, int64_t person,
                               const struct list *list, struct compose_file *file, GError **error);
/* orders.c: carries out for a moderator what a held answer to a post ordered, in the name of who says so now.
 * *is_done false: the post is gone, or there is no such order. name: its flag in letters. */
bool order_carry_out(struct ruling *ruling, enum order_sort sort, const char *reason, bool *is_done,
                     GError **error);
const char *order_name(enum order_sort sort);
/* orders.c: carries out what whoever a request asked has said yes to; is_own: they wrote the post themselves,
 * and have no duty. Nothing of cases. */
bool order_do(struct work *work, const struct arrival *arrival, const struct message *message,
              enum order_sort sort, const struct request *request, bool is_own, struct decision *decision,
              GError **error);
/* doubtful.c: what a letter about a held answer that may be an order says of it; and the answer to it. *todo:
 * what is left to do about it. */
enum doubtful { DOUBTFUL_ASK, DOUBTFUL_TO_ALL, DOUBTFUL_REFUSE, DOUBTFUL_WAIT, DOUBTFUL_DONE };
void doubtful_values(const struct mail *mail, struct value *values);
bool doubtful_decide(struct ruling *ruling, enum moderation said, enum doubtful *todo, GError **error);
/* held_author.c: an order about the author of what is held. BANNED, WATCHED: it is carried out, the hold is
 * gone, and whoever decided is told; the question is still to be ended. ASK: it is not clear, and remembered
 * with the question. */
enum held_author { HELD_AUTHOR_NOT_MEANT, HELD_AUTHOR_ASK, HELD_AUTHOR_BANNED, HELD_AUTHOR_WATCHED };
bool held_author_decide(struct ruling *ruling, enum moderation said, enum held_author *todo, GError **error);
/* held_author.c: is this reason only what is left of a sentence of "sperren", and says nothing? */
bool held_author_cuts(const struct passage *passage, const char *reason);
/* held_author.c: whoever banned an author so takes it back by an answer to the same letter. */
bool held_author_free(struct work *work, const struct arrival *arrival, const struct request *request,
                      bool *is_done, GError **error);
/* ask.c: asks anew with the letter, for a reminder. */
bool ask_again(struct work *work, const struct request *request, GError **error);

#endif
