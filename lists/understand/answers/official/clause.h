/* One clause of an office's answer, on its way to the state of the case. Inside status.c. */
#ifndef LISTS_UNDERSTAND_ANSWERS_OFFICIAL_CLAUSE_H
#define LISTS_UNDERSTAND_ANSWERS_OFFICIAL_CLAUSE_H

#include "lists/understand/answers/clauses.h"
#include "lists/understand/answers/official/days.h"
#include "lists/understand/answers/official/status.h"

enum rank {
  RANK_NONE,
  RANK_THANKS,
  RANK_RECEIVED,
  RANK_LOOKED_INTO,
  RANK_SOFT_NO,
  RANK_FORWARDED,
  RANK_NOT_OURS,
  RANK_IN_WORK,
  RANK_WILL_BE,
  RANK_WAS_DONE,
  RANK_REST, /* "entfernt, Ersatz ist bestellt" */
  RANK_PLANNED,
  RANK_FIRM_NO,
  RANK_DATED, /* "Fällung nicht vorgesehen. Die Äste werden bis Mitte Juli entfernt." */
  RANK_CLOSED,
  RANK_STEERED,
};

enum { SENTENCE_TAGS = 16 };

enum tense { TENSE_NONE, TENSE_PAST, TENSE_FUTURE };
enum negation { NEGATION_NONE, NEGATION_PLAIN, NEGATION_YET };

struct status_reader {
  const struct passage *passage;
  const GArray *clauses, *sentences, *dates;
  const bool *is_kept; /* NULL: all */
  struct wall today;
  /* of the clause at hand */
  const struct clause *clause, *whole; /* whole: its sentence */
  enum tense tense;                    /* its own, else of the clause before: "wurde abgeholt und entsorgt" */
  enum tense own;
  enum negation negation;
  bool is_condition;
  const struct date_found *date; /* a day to come, in the sentence */
  /* of its sentence, which may have thousands of clauses: what was looked for once */
  guint known_of; /* that sentence, and one more */
  guint known_count;
  struct {
    const char *tag;
    bool is_there;
  } known[SENTENCE_TAGS];
  bool has_day[2]; /* whether days[…] was looked for: of a clause of the past, or not */
  const struct date_found *day[2];
  /* the best so far */
  enum rank rank;
  enum case_status status;
  const struct clause *best;
};

/* Does the sentence at hand have a phrase of this tag? Looked for once a sentence; `tag` is a literal. */
bool status_sentence_has(struct status_reader *reader, const char *tag);
/* Forgets what was known of another sentence. */
void status_begin_sentence(struct status_reader *reader);

/* Where days are looked for: the sentence at hand. */
struct official_days status_days(const struct status_reader *reader);

/* Everything the clause at hand may say. */
void status_read_clause(struct status_reader *reader);

#endif
