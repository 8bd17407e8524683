/* Orders said to a whole list: "Bitte nehmt meinen Beitrag wieder raus", "Anna bitte auf Moderation setzen".
 * They are for us, and nobody else is to read them; but who orders no post by answering it names it in words,
 * and words fit several. So nothing is done at once: whoever wrote is shown the post that is meant, and their
 * proven answer does it, or sends the mail to all after all ("an alle"). An author may take back what they
 * wrote, moderators, keepers and admins what anybody wrote; others are told whom to write to. */
#ifndef LISTS_MODERATION_SAID_H
#define LISTS_MODERATION_SAID_H

#include "lists/kinds.h"

struct message;
struct passage;

/* Is a mail to a list, or an answer to a post of it, such an order? *taken: it is, and its author is asked.
 */
bool said_take(struct work *work, const struct arrival *arrival, struct decision *decision, bool *taken,
               GError **error);

/* ---- read.c ---- */
enum said_sort { SAID_NOTHING, SAID_WITHDRAW, SAID_CLOSE, SAID_WATCH, SAID_BAN, SAID_SORT_COUNT };
struct said {
  enum said_sort sort;
  bool is_own;      /* of who wrote the post, as they say */
  bool is_bare;     /* nothing but a word of removing is said */
  guint first, end; /* lexemes of the sentence that says it */
};
/* What a short mail orders. */
struct said said_read(const struct passage *passage);
/* Does the sentence speak of another thing than posts, and of nobody but whoever is called by these words? */
bool said_is_foreign(const struct passage *passage, const struct said *said, char **name_words);

/* ---- find.c ---- */
/* The post that the words mean: of these that the person (0: anybody) wrote the youngest that fits. *author:
 * one of the list's authors is named, by words that are handed out in *name_words (caller frees; NULL). NULL
 * without error: it is not clear. Caller frees. */
struct message *said_find(struct work *work, const struct list *list, const struct passage *passage,
                          int64_t person, char ***name_words, GError **error);

#endif
