/* The front door: one address for everything. A mail to it is taken for something, kept where that belongs,
 * and its sender reads in one line what was understood and which word corrects it. */
#ifndef LISTS_FRONTDOOR_H
#define LISTS_FRONTDOOR_H

#include "lists/kinds.h"

/* The kind's receive. */
bool frontdoor_receive(struct work *work, const struct arrival *arrival, struct decision *decision,
                       GError **error);

/* What a kind made of a mail that came to the front door. */
struct taken_for {
  int64_t mail;
  const char *sort; /* the word of the tables: "question", "event" */
};

/* A short answer to another letter of ours that said what the front door took this mail for ("TERMIN"): it
 * corrects that as an answer to a line of its own does. *is_it false: it is none, or not from who wrote the
 * mail. */
bool frontdoor_corrected(struct work *work, const struct arrival *arrival, const struct taken_for *taken,
                         struct decision *decision, bool *is_it, GError **error);

/* May whoever has this address correct by one word what the front door took their mail for? */
bool frontdoor_may_correct(struct work *work, int64_t mail, const char *address, bool *may, GError **error);

#endif
