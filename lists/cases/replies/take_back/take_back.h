/* Does an office's mail take back an answer that is published? See read.c. */
#ifndef LISTS_CASES_REPLIES_TAKE_BACK_H
#define LISTS_CASES_REPLIES_TAKE_BACK_H

#include <glib.h>
#include <stdbool.h>

enum take_back_kind {
  TAKE_NOTHING,
  TAKE_BACK,    /* plainly */
  TAKE_MAYBE,   /* it says that one was wrong, or "nicht veröffentlichen", and nothing else */
  TAKE_PUT_BACK /* what was taken back shall stand again */
};

struct take_back {
  enum take_back_kind kind;
  bool is_last; /* the last, today's, the one just sent */
  char *rest;   /* what it says besides: a new answer; NULL */
};
/* Of the words of a mail, and its subject. */
void take_back_read(const char *text, const char *subject, struct take_back *wish);
void take_back_clear(struct take_back *wish);
typedef struct take_back take_back_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(take_back_t, take_back_clear)

#endif
