/* What a question is about: topics with the weight of their words. */
#ifndef LISTS_OFFICES_TOPICS_H
#define LISTS_OFFICES_TOPICS_H

#include "lib/text/phrases.h"

struct topic_score {
  const char *topic; /* a value of the tables; theirs */
  int points;
  int best;    /* of one word */
  char *words; /* the weightiest, as written */
};

/* A question as two passages. */
struct office_passages {
  struct passage *title, *text;
};

/* Adds up what the words say; struct topic_score*, the weightiest first, none without points. */
GPtrArray *topics_weigh(const struct office_passages *passages);

/* The other body that looks after a topic: "land", "bvg", …; NULL: it is the municipality's own. */
const char *topic_body(const char *topic);

/* Does a place word stand right before this lexeme ("vor der", "neben")? Then it says where, not what. */
bool topic_is_beside(const struct passage *passage, guint lexeme);

#endif
