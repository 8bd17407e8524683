/* Shared by the files of this folder. */
#ifndef LISTS_MEDIATION_INSIDE_H
#define LISTS_MEDIATION_INSIDE_H

#include "lists/mediation/mediation.h"
#include "lists/requests/purposes.h"

#include "lib/store/mediation/mediations.h"
#include "lib/text/template.h"

struct list;

/* An answer about a mediation on its way. */
struct mediating {
  struct work *work;
  const struct arrival *arrival;
  const struct request *request;
  struct decision *decision;
  struct mediation *mediation;
  const struct list *list; /* the one that it belongs to; NULL: it was removed */
};

/* people.c */
/* The name that the others see of somebody who takes part, by what the person chose; a mediator is known by
 * the full name. "": none, since an address must not be told by its first half. Caller frees; NULL on error.
 */
char *mediation_name(struct work *work, int64_t person, const char *sent, bool is_mediator, GError **error);
/* What somebody is called in a letter in this language: the name, else a word for the role. Caller frees. */
char *mediation_called(struct work *work, const struct mediation *mediation, enum mediation_role role,
                       const char *language, GError **error);
/* Whose seat an address is; ROLE_COUNT: nobody's. */
enum mediation_role mediation_role_of(const struct mediation *mediation, const char *address);
bool mediation_is_running(const struct mediation *mediation);

/* A letter to one of them, with "requester", "other" and "mediator" among its values. Nothing is sent to an
 * empty seat. request: where an answer goes; 0: nowhere in particular. */
struct mediation_letter {
  const struct mediation *mediation;
  enum mediation_role to;
  const char *purpose;
  struct value *values; /* NULL: no others */
  const char *in_reply_to;
  int64_t request;
};
bool mediation_tell(struct work *work, const struct mediation_letter *letter, GError **error);

/* addresses.c: the question that a mail of one of them to another (to all of them where it is their own role)
 * answers. 0 on error. */
int64_t mediation_way(struct work *work, const struct mediation *mediation, enum mediation_role from,
                      enum mediation_role to, GError **error);
/* The address of that question. Caller frees; NULL on error. */
char *mediation_way_address(struct work *work, const struct mediation *mediation, enum mediation_role from,
                            enum mediation_role to, GError **error);
/* To whom a question's address leads; ROLE_COUNT: to all. */
enum mediation_role mediation_way_to(const struct request *request);
/* Ends all questions about a mediation. */
bool mediation_end_requests(struct work *work, const struct mediation *mediation, GError **error);

/* hide.c: a text without the addresses of those who take part, but the writer's own, and without addresses of
 * ours that hold a token. Caller frees. */
char *mediation_hide(const struct work *work, const struct mediation *mediation, enum mediation_role writer,
                     const char *text);
/* The addresses in a text, normalised: neither ours nor those of whoever asked for the mediation and of the
 * mediator. char*. behind (may be NULL) gets what stands below the line of the first. */
GPtrArray *mediation_addresses(const struct work *work, const struct mediation *mediation, const char *text,
                               const char **behind);

/* pass.c: passes the arrival on from one to another; is_private: to nobody else. */
bool mediation_pass(struct mediating *it, enum mediation_role from, enum mediation_role to, bool is_private,
                    GError **error);

/* ask.c: asks the mediators; tells those who were asked that it is settled ("taken", "refused", "withdrawn").
 */
bool mediation_ask(struct work *work, const struct mediation *mediation, const struct mail *mail,
                   GError **error);
bool mediation_settle(struct work *work, const struct mediation *mediation, const char *how, GError **error);

/* invite.c: asks somebody to take part, with what the mediator wrote for them. */
bool mediation_invite(struct mediating *it, const char *address, const char *message, GError **error);
/* What whoever was asked to take part says, by whichever of their addresses. */
bool mediation_invite_answer(struct mediating *it, GError **error);
/* Nobody comes: both are told. how: flag of mediation_declined.md. text: what the other wrote; NULL: nothing.
 */
bool mediation_uninvite(struct work *work, const struct mediation *mediation, const char *how,
                        const char *text, GError **error);

/* Does the mediator still have the duty? If not, the mediation ends here. *may: they may go on. */
bool mediation_check_mediator(struct mediating *it, bool *may, GError **error);

/* end.c: the last word: state and letters to all of them. how: the flag of mediation_ended.md; by: who ended
 * it, ROLE_COUNT: nobody. */
bool mediation_end(struct work *work, const struct mediation *mediation, const char *state, const char *how,
                   enum mediation_role by, GError **error);
/* Does it begin with the wish to end, as a sentence of its own? *more: other words follow. */
bool mediation_says_end(const struct understanding *it, bool *more);

/* Fills `it` for an answer. False: a fault. */
bool mediating_fill(struct mediating *it, struct work *work, const struct arrival *arrival,
                    const struct answering *answering, struct decision *decision, GError **error);
void mediating_clear(struct mediating *it);
/* A reason for the log, and OUTCOME_ANSWERED. */
bool mediating_done(struct mediating *it, const char *reason);
/* Says once a day what can be answered; `flag` of mediation_unclear.md. */
bool mediating_unclear(struct mediating *it, enum mediation_role to, const char *flag, GError **error);

#endif
