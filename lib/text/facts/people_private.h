/* What the files of people.h share: the words that were found, and what is known of a sentence so far. */
#ifndef TEXT_FACTS_PEOPLE_PRIVATE_H
#define TEXT_FACTS_PEOPLE_PRIVATE_H

#include "lib/text/facts/people.h"

#include "lib/text/facts/marks.h"

enum {
  PEOPLE_MAX = 500,
  ADJECTIVES = 3,
  LEAD_DISTANCE = 3,
  SHORT_TEXT = 8,
  GUESS_FAMILY = 4,
  NAMES_MAX = 5,
  SENTENCE_BACK = 40
};

enum role {
  ROLE_COUNT,  /* value: the whole number */
  ROLE_UNIT,   /* "Personen": counts the sender; value "adult" joins children beside it; "seat": is brought,
                  and nobody; "place": is taken, the sender's among them */
  ROLE_KIN,    /* "Frau", "Freunde": value how many without a number */
  ROLE_CHILD,  /* "Kinder": value likewise; joins adults */
  ROLE_FAMILY, /* "Familie" */
  ROLE_PLUS,   /* "plus", "samt" */
  ROLE_WITH,   /* "mit" */
  ROLE_BRING,  /* "bringe" */
  ROLE_MORE,   /* "weitere", "noch": on top */
  ROLE_SELF,   /* "ich" */
  ROLE_WE,     /* "wir" */
  ROLE_COME,   /* "komme", "sind", "dabei" */
  ROLE_LEAD,   /* "wir sind", "insgesamt": a bare number behind it is meant */
  ROLE_OFF,    /* "ohne", "statt", "davon": what follows does not count; value "instead"; "behind": the number
                  before it */
  ROLE_OUT,    /* "krank", "nicht": who is named in this clause does not come; value "behind": who is named
                  right before it ("die Kinder haben …"), "in": nobody */
  ROLE_MAYBE,  /* "vielleicht": what follows in this clause is not sure */
  ROLE_CORRECT,    /* "doch", "nur": a number behind it corrects an earlier one */
  ROLE_ARTICLE,    /* "meine", "zwei": may stand before people */
  ROLE_FILLER,     /* "also": may stand between a lead and its number */
  ROLE_NOT_BEHIND, /* of money: "Uhr", "Minuten" */
  ROLE_MONEY,
  ROLE_ALSO, /* "auch": who is named comes as well as those before */
  ROLES
};

enum mode { MODE_NONE, MODE_WITH, MODE_PLUS, MODE_OFF };

struct crowd {
  const struct passage *passage;
  const struct lexeme *l;
  GArray *marks;
  guint *mark_at; /* by lexeme: index of the first mark that begins there, or behind */
  int result;     /* of the sentences before; -1: none */
  /* of the present sentence */
  enum mode mode;
  int whole, adults; /* -1: not said */
  int children, named, added, with;
  int apart, apart_children;   /* of the named and the children those of this clause */
  int listed;                  /* of the named those by their names */
  guint run_end;               /* behind the last group, where they were joined: */
  int run_named, run_children; /* the last of them that nothing parts */
  int last_count, absorbed;    /* of the last group; names behind it that it counts already */
  bool is_instead;             /* the last "statt" */
  bool has_denied;             /* "nicht vier": a number behind "sondern" is meant */
  bool clause_family;          /* of the clause: "Familie" */
  bool has_first, is_own;      /* of the clause, of the sentence: a verb of the writer's ("komme") */
  bool is_asking;              /* it ends with a question mark */
  bool is_alone;               /* "meine Tochter kommt allein" */
  bool has_self, has_we, has_come, is_corrected, is_out, is_maybe, is_family, is_without, is_sure, has_bring;
  bool is_joined;                        /* "und ich": those named count */
  bool is_also, clause_self, is_refused; /* of the clause: "ich", "nicht" */
  bool is_for_others, is_self_acting;    /* "2 Plätze für meine Eltern"; of the clause: "ich", not "mich" */
  bool is_self_too;                      /* … "und ich komm auch" */
  bool is_self_out;                      /* of the text: others come without the sender */
  bool has_spoken;                       /* of the sentences before: the sender comes, or the like */
};

/* "zwei Kinder", "meine beiden Töchter", "ein Freund", "Frau". */
struct group {
  guint end;
  int count;
  enum role role;                                      /* UNIT, KIN, CHILD, FAMILY */
  bool is_more;                                        /* "zwei weitere" */
  bool is_counted;                                     /* by a number or "ein" */
  bool is_adult, is_seat, is_place, is_name, is_known; /* by name; by one that the tables hold */
};

/* The mark of a role that begins at a lexeme; NULL: none. */
const struct mark *people_mark(const struct crowd *c, guint at, enum role role);
/* Its value as a number, or another. */
int people_value(const struct mark *mark, int other);
bool people_ends_sentence(const struct lexeme *l, guint at);
/* The people word at a lexeme; NULL: none. "Mann" is a unit behind a number ("5 Mann"). */
const struct mark *people_word(const struct crowd *c, guint at, bool is_counted);
bool people_group(const struct crowd *c, guint at, struct group *group);
/* "Liebe Nachbarn", "Hallo Anna": who is spoken to. */
bool people_is_addressed(const struct crowd *c, guint at);
/* Somebody who is named among those who come. */
bool people_name(const struct crowd *c, guint at, struct group *group);
/* "…, ich komme": who speaks to them; "…, ich" and "und ich" stand in the list. */
bool people_is_self_in_list(const struct crowd *c, guint at);
/* Does the sentence of a lexeme ask? */
bool people_is_asked(const struct crowd *c, guint at);
/* How many the lines behind a colon name, and the lexeme behind them; 0: they are no such list. */
int people_in_lines(const struct crowd *c, guint colon, guint *end);
/* Is the number that begins at a lexeme an hour ("um vier", "halb fünf")? */
bool people_is_hour(const struct crowd *c, guint at);
/* Does the number that ends here count nothing else: no house, hour, age, money? */
bool people_number_is_free(const struct crowd *c, guint end);
/* "wir sind 5", "insgesamt also vier", "zu 3t": the number behind a lead. False: none. */
bool people_lead_number(const struct crowd *c, guint at, guint *end, int *count);
/* "3" or "ja, 3" as the whole of a short text. */
bool people_is_whole_answer(const struct crowd *c, guint at, guint end);

/* ---- people_say.c: what a sentence says, and its sum ---- */

/* "Nicht zu dritt": is the number that begins here taken back? */
bool people_is_denied(const struct crowd *c, guint at);
/* So many come in all. */
void people_say_whole(struct crowd *c, int count, bool is_sure);
/* Has the sentence named them before? */
bool people_is_said_again(const struct crowd *c, guint at, const struct group *group);
/* A group that begins at a lexeme. */
void people_say_group(struct crowd *c, guint at, const struct group *group);
/* Those named last do not come. */
void people_leave_run_out(struct crowd *c);
/* Behind places that were taken: for whom they are. */
void people_note_place(struct crowd *c, guint end);
/* Ends of clauses and sentences; the sum goes to `result`. */
void people_end_clause(struct crowd *c);
void people_begin_sentence(struct crowd *c);
void people_end_sentence(struct crowd *c);

#endif
