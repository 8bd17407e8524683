/* Shared by the files of this folder. */
#ifndef LISTS_BOUNCES_INSIDE_H
#define LISTS_BOUNCES_INSIDE_H

#include "lists/bounces/bounces.h"

#include "lib/store/returns/bounces.h"

struct value;

/* What a report or a refusal says about one delivery. */
struct verdict {
  int tenths;       /* what it counts; 0: nothing */
  bool is_gone;     /* the address takes no mail unless its owner acts */
  bool is_policy;   /* our mail, name or server was not wanted: ours to mend, never the member's fault */
  char status[16];  /* "5.1.1" */
  const char *said; /* the other server's words; NULL: not known. Borrowed */
};
/* score.c: of a report; of the MTA's reply to a delivery that failed. */
struct verdict verdict_of_report(const struct mail *mail);
struct verdict verdict_of_reply(const char *reply);

/* Counts it for the person's address; at the limit their memberships pause. reason: a static sentence. */
bool bounce_count(struct work *work, const struct letter *letter, const struct delivery *delivery,
                  const struct verdict *verdict, const char **reason, GError **error);

/* Tells the operator that the server of this address refuses our letters. */
bool bounce_tell_policy(struct work *work, const struct letter *letter, const char *address,
                        const struct verdict *verdict, GError **error);

/* still_there.c: the purpose of the letter that asks whether somebody is there, and the next step with an
 * address whose memberships pause. */
extern const char still_there_purpose[];
bool still_there_step(struct work *work, struct bounce *bounce, GError **error);

/* resume.c: wakes all memberships of a person that pause because of bounces; a letter says so. */
bool bounce_resume(struct work *work, int64_t person, const char *in_reply_to, GError **error);

/* complaint.c: somebody called the letter spam (RFC 5965). delivery NULL: nobody knows who. */
bool complaint_take(struct work *work, const struct letter *letter, const struct delivery *delivery,
                    const char **reason, GError **error);

/* receive.c: the delivery of this letter to the person that has this address, if it went to that very
 * address; *delivery NULL: none. And: their copies of letters to many go alone for a while. */
bool delivery_find_by_address(struct work *work, const struct letter *letter, const char *text,
                              struct delivery **delivery, GError **error);
bool bounce_suspect(struct work *work, const struct delivery *delivery, GError **error);

/* complaint.c: does our MTA vouch that a report comes from whoever runs the mailbox of an address? */
bool complaint_is_from_provider(const struct mail *mail, const char *address);
/* complaint.c: the same where one envelope went to many, so that only the report says whom it is about. */
bool complaint_take_of_many(struct work *work, const struct mail *mail, const struct letter *letter,
                            const char **reason, GError **error);

/* operator.c: a letter to whoever runs the installation, at most one of a purpose a day. */
bool operator_tell(struct work *work, const char *purpose, const struct list *list, struct value *values,
                   GError **error);
/* A letter about a case did not reach an office: the operator hears of it, once a day and office. Nothing
 * where the address is no office's. */
bool bounce_tell_office(struct work *work, const struct letter *letter, const struct delivery *delivery,
                        const struct verdict *verdict, GError **error);

#endif
