/* Choosing among what a mail may want: by the mail of ours that it answers, by its address, and at the front
 * door by what it says alone. */
#ifndef LISTS_UNDERSTAND_CHOOSE_H
#define LISTS_UNDERSTAND_CHOOSE_H

#include "lists/understand/scores.h"

struct choice {
  enum intent intent;
  enum intent also[4]; /* in the order of the text */
  guint also_count;
  bool is_by_words; /* words decided; else the address */
};

struct choice choose_by_context(const struct reading_room *room, const struct tally *tally);
struct choice choose_by_address(const struct reading_room *room, const struct tally *tally);
struct choice choose_by_words(const struct reading_room *room, const struct tally *tally);
/* What the words of the whole mail hint at, where no sentence says it: for addresses at which we are talked
 * to, never for a list that many read. */
struct choice choose_by_hints(const struct reading_room *room, const struct tally *tally);

/* Is `second` another wish of the mail beside `first`: clear by itself, in a sentence or half a sentence of
 * its own? */
bool choose_is_second(const struct reading_room *room, const struct tally *tally, enum intent first,
                      enum intent second);
/* The strongest of what can be said at any address of ours (leaving, joining, settings, help, data) with
 * `points` or more; INTENT_UNCLEAR: none. */
enum intent choose_command(const struct tally *tally, int points);
/* Does who had said that they come want to be taken off the list again: the guests', not ours? (rsvp.c) */
bool rsvp_takes_back(const struct passage *passage);
/* Does the mail bring a picture or a document? */
bool has_document(const struct mail *mail);
bool has_picture(const struct mail *mail);

#endif
