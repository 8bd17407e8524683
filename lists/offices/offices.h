/* Offices: who is responsible, and whether a mail is an office's. */
#ifndef LISTS_OFFICES_OFFICES_H
#define LISTS_OFFICES_OFFICES_H

#include "lists/kinds.h"

#include "lib/store/cases/offices.h"

/* Who is responsible for something: by topic and region; where that names several or none, the coordinator.
 * The topic is read from the words where none is given. */
struct office_question {
  const char *topic; /* a value of [office.topic]; NULL or "": read it from title and text */
  int64_t region;    /* 0: not known */
  const char *title, *text, *language;
};
struct office_choice {
  struct office *office; /* NULL: not even a coordinator is known */
  char *topic;           /* "" none was understood */
  char *why;             /* one sentence for people: "Thema Straße (Schlagloch), im ganzen Bezirk" */
  bool is_unsure;        /* the coordinator got it because nobody, or more than one, is known for it */
};
void office_choice_clear(struct office_choice *choice);
bool offices_responsible(struct work *work, const struct office_question *question,
                         struct office_choice *choice, GError **error);

/* The office that a mail is from: its From, authenticated, belongs to one of its addresses or domains. */
enum office_proof {
  OFFICE_NONE,    /* the address is no office's */
  OFFICE_CLAIMED, /* it is one's, but nobody vouches that it wrote this mail */
  OFFICE_PROVEN
};
/* `expected` (0: any) is preferred where an address writes for several. *office 0 with OFFICE_NONE. */
bool offices_sender(struct work *work, const struct mail *mail, int64_t expected, enum office_proof *proof,
                    int64_t *office, GError **error);
/* Does the display name or the text of From claim an office whose address it is not? Then somebody may be
 * posing as an official. */
bool offices_is_posing(struct work *work, const struct mail *mail, bool *is_posing, GError **error);

#endif
