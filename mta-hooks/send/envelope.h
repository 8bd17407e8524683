/* An envelope: one mail transaction with a relay, of one letter, for one recipient or many, and what became
 * of each. */
#ifndef MTA_HOOKS_SEND_ENVELOPE_H
#define MTA_HOOKS_SEND_ENVELOPE_H

#include "mta-hooks/send/outgoing.h"

enum answer {
  ANSWER_NONE,           /* nothing was said: still due, no attempt of the recipient's */
  ANSWER_SENT,           /* 2xx: the relay has it */
  ANSWER_LATER,          /* 4xx: put off */
  ANSWER_NEVER,          /* 5xx: refused for good */
  ANSWER_AGAIN_TOGETHER, /* too many for this envelope: at once in another one; no attempt */
  ANSWER_AGAIN_ALONE,    /* the content was refused to many: each alone, so that only those concerned fail; no
                            attempt */
};

struct envelope {
  struct outgoing *outgoing;
  struct delivery **deliveries;
  enum answer *answers; /* one a delivery */
  char **replies;       /* the relay's words, one clean line; NULL: none */
  guint count;
  bool is_settled; /* its answers have been applied to the deliveries */
  int cuts;        /* grows when the connection is lost over it (session.c) */
};

/* Takes over the deliveries and a reference to outgoing. */
struct envelope *envelope_new(struct outgoing *outgoing, struct delivery *const *deliveries, guint count);
/* Frees it with the deliveries that it still has. */
void envelope_free(struct envelope *envelope);
/* Answers are forgotten: it is to be tried from the beginning. */
void envelope_reset(struct envelope *envelope);
/* The envelope sender: the letter's for a batch, else the delivery's; "" is the null sender. */
const char *envelope_from(const struct envelope *envelope);
/* Sets one answer; `reply` is copied. */
void envelope_answer(struct envelope *envelope, guint i, enum answer answer, const char *reply);
/* The same for all that have none. */
void envelope_answer_rest(struct envelope *envelope, enum answer answer, const char *reply);

#endif
