/* How much mail from outside may make us write: what answers mail on its own must never become a tool against
 * others (backscatter), nor one half of a loop. Counted by address, without "+…" and, where they mean
 * nothing, dots. */
#ifndef LISTS_NOTICES_H
#define LISTS_NOTICES_H

#include "lists/kinds.h"

enum {
  ANSWERS_AN_HOUR = 10, /* letters of ours to one address because of mails that came; … */
  ANSWERS_A_DAY = 40,
  RELAYED_AN_HOUR = 10, /* … mails of one address passed on to one other; … */
  RELAYED_A_DAY = 40,
  RELAYED_TO_ONE_AN_HOUR = 100, /* … and of all addresses to one: a sofa to give away has many answers */
};

/* Sentences back to people who wrote to us: at most one of a purpose a day and address, none to whom has
 * called our letters spam, and not more than a few hundred a day in all. *may says whether one may go out
 * now; if so, it is noted down in the same transaction. */
bool notices_may(struct work *work, const char *purpose, const char *address, bool *may, GError **error);

/* May one more letter go to this address because of a mail that came? Asks only. */
bool answers_may(struct work *work, const char *address, bool *may, GError **error);
/* One goes out. */
bool answers_note(struct work *work, const char *address, GError **error);

/* Is this the address in whose name the mail at hand came, and nobody vouches that it wrote? */
bool strangers_is(const struct work *work, const char *address);
/* When a letter may go to such an address: one a day in all, whatever it says. Now, where there was none; a
 * question (`can_wait`) on one of the next three days; *when 0: not at all. Asks only. */
bool strangers_when(struct work *work, const char *address, bool can_wait, int64_t *when, GError **error);
/* One goes out then. */
bool strangers_note(struct work *work, const char *address, int64_t when, GError **error);

/* May a mail of one address be passed on to another, privately? If so, it is noted down. */
bool relays_may(struct work *work, const char *from, const char *to, bool *may, GError **error);

#endif
