/* What the files of answer.h share: the words that were found, and what is known while a text is walked. */
#ifndef TEXT_FACTS_ANSWER_PRIVATE_H
#define TEXT_FACTS_ANSWER_PRIVATE_H

#include "lib/text/facts/answer.h"

#include "lib/text/facts/marks.h"

enum role {
  ROLE_YES,    /* value "weak": counts where nothing stronger does */
  ROLE_NO,     /* value "weak", too */
  ROLE_MAYBE,  /* value "word": of the clause it stands in ("vielleicht") */
  ROLE_VERB,   /* a yes; with a negation in its clause a no */
  ROLE_MODAL,  /* nothing; with a negation in its clause a no */
  ROLE_NOT,    /* a negation */
  ROLE_SHIELD, /* what it covers says nothing */
  ROLE_IF,     /* begins a condition */
  ROLE_SOFT,   /* a condition that takes nothing away */
  ROLE_BUT,    /* begins a clause against the one before */
  ROLE_WOULD, /* "würde gern": a yes, unless a "but" follows; value "thanks": nothing, but the same for "but"
               */
  ROLE_LATER, /* speaks of another time: "nächstes Mal" */
  ROLE_WHETHER, /* "ob" */
  ROLE_OTHER,   /* somebody else: "meine Frau" */
  ROLE_SELF,    /* "ich", "wir" */
  ROLE_EXCUSE,  /* "bin im Urlaub" */
  ROLE_SPLIT,   /* "und": begins a clause */
  ROLE_AROUND,  /* "vorher", "danach": an excuse beside it is of the hours around, if a yes went before; value
                   "hour" ("bis vier"): if the writer said to come; "at": then perhaps; "late": beside the yes
                 */
  ROLES
};

/* How much a word weighs; a later one outranks an earlier one unless it is weak. */
enum weight { WEIGHT_NONE, WEIGHT_OTHER, WEIGHT_WEAK, WEIGHT_PLAIN, WEIGHT_STRONG };

struct verdict {
  enum answer answer;
  enum weight weight;
  guint first, end;
};

/* What is known of the text so far. */
struct hearing {
  const struct passage *passage;
  const struct lexeme *l;
  guint weekday; /* the tag */
  GArray *marks;
  guint next; /* mark */
  struct verdict verdict;
  guint yes_clause;      /* number of the clause that said yes last; 0: none */
  guint if_clause;       /* of the one that began with a condition */
  guint clause;          /* number of the present one */
  guint sentence_clause; /* number of the sentence's first clause */
  bool is_conditional, has_but, is_would, is_would_open, is_soft;
  bool others_come;
  bool is_coming, is_late; /* of the yes: by a verb of coming ("komme"), and later than at the beginning */
  struct verdict before;   /* what held before the clause that decided */
  guint verdict_clause;    /* number of that clause */
  guint others_clause;     /* of the one that asks of others */
  bool is_firm;            /* "jein": whatever follows */
};

struct clause {
  guint first, end;           /* lexemes */
  guint marks, marks_end;     /* of hearing.marks */
  bool is_question, is_alone; /* the sentence's last clause and it asks; its only one */
  bool is_asking;             /* its sentence asks */
};

/* The first mark of a role in a clause; NULL: none. */
const struct mark *answer_mark(const struct hearing *h, const struct clause *c, guint role);

/* Does the clause say of somebody else why they do not come? */
bool answer_of_others(const struct hearing *h, const struct clause *c);
/* "Kommen Anna und Klaus?" */
bool answer_asks_who(const struct hearing *h, const struct clause *c, const struct verdict *verdict);
/* Does a first name follow ("außer Klaus")? */
bool answer_is_of_name(const struct hearing *h, const struct mark *mark);
/* "Ob Klaus kommt, weiß ich nicht": is it of somebody else that the clause does not know? */
bool answer_asks_of_others(const struct hearing *h, const struct clause *c);
/* Does it say that others come? */
bool answer_says_others_come(const struct hearing *h, const struct clause *c);
/* Keeps how a clause says yes. */
void answer_note_yes(struct hearing *h, const struct clause *c);
/* Is the no only of the hours around what the writer said yes to? */
enum answer_around { AROUND_NOT, AROUND_SURELY, AROUND_PERHAPS };
enum answer_around answer_around(const struct hearing *h, const struct clause *c,
                                 const struct verdict *verdict);

#endif
