/* Yes, no, maybe, and conditions, as people say it. Sections answer.* of the tables. A "nicht" inside "nicht
 * vergessen" is no no; "Ja, aber …" is a yes with a comment; "kann noch nicht fest zusagen" is a maybe.
 *
 * What was decided where people differ: "wenn nichts dazwischenkommt", "so Gott will" and the like are a yes
 * (conditional); "falls der Zug pünktlich ist" makes a maybe of a yes; "wahrscheinlich nicht" is a maybe,
 * "eher nicht" and "wohl nicht" are a no; "würde gern kommen" is a yes, "würde gern kommen, aber …" a no; an
 * excuse of one's own alone ("bin im Urlaub") is a no; what others do ("meine Frau kann nicht") is no answer
 * of the sender's unless there is no other. */
#ifndef TEXT_FACTS_ANSWER_H
#define TEXT_FACTS_ANSWER_H

#include "lib/text/phrases.h"

enum answer { ANSWER_NONE, ANSWER_YES, ANSWER_NO, ANSWER_MAYBE };

struct answer_found {
  enum answer answer;
  guint first, end;    /* the words that decided */
  bool is_conditional; /* "wenn", "falls", "if": a maybe unless the yes is plain */
  bool has_but;        /* "Ja, aber …" */
  bool others_come;    /* a no of the sender's, but "meine Frau kommt" */
  bool is_faint;       /* a no that is only a "leider", or of others: "die Kinder sind krank" */
};

/* What a whole text answers to a yes-or-no question. */
struct answer_found answer_read(const struct passage *passage);

#endif
