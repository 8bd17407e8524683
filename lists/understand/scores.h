/* What a mail may want, in points. The tables of human words (share/languages) know words and phrases; the
 * rules (rules.c) know which words of one sentence speak for which intent. This adds them up and remembers
 * the words that decided, so that every decision can be explained. */
#ifndef LISTS_UNDERSTAND_SCORES_H
#define LISTS_UNDERSTAND_SCORES_H

#include "lists/understand/meaning.h"

enum { POINTS_SURE = 8, POINTS_ENOUGH = 6, POINTS_HINT = 3 };

/* What the tables say of a sentence, a bit each; the first ones are facts. */
enum sign {
  SIGN_DATE,  /* a date, not in the past */
  SIGN_TIME,  /* with a time of day */
  SIGN_MONEY, /* a sum */
  SIGN_PLACE,
  SIGN_PEOPLE,
  SIGN_ASK, /* it ends with a question mark */
  SIGN_LIST,
  SIGN_MAIL,
  SIGN_GET,
  SIGN_ME,
  SIGN_WANT,
  SIGN_REMOVE,
  SIGN_UNREGISTER,
  SIGN_REGISTER,
  SIGN_ADD,
  SIGN_NONE,
  SIGN_NOT,
  SIGN_DONE,
  SIGN_WHO,
  SIGN_OTHER,
  SIGN_HOW,
  SIGN_NEW,
  SIGN_HERE,
  SIGN_TOOMUCH,
  SIGN_DELIVERY,
  SIGN_PAUSE,
  SIGN_LANGUAGE,
  SIGN_WRITE,
  SIGN_LAW,
  SIGN_TELL,
  SIGN_DATA,
  SIGN_STORED,
  SIGN_MINE,
  SIGN_ERASE,
  SIGN_POST,
  SIGN_BAD,
  SIGN_REPORT,
  SIGN_EVENT,
  SIGN_EVENTVERB,
  SIGN_COME,
  SIGN_FUND,
  SIGN_APPLY,
  SIGN_IDEA,
  SIGN_WISH,
  SIGN_COST,
  SIGN_QUESTION,
  SIGN_OFFICE,
  SIGN_SUPPORT,
  SIGN_CHOICE,
  SIGN_CATEGORY,
  SIGN_PLAIN,
  SIGN_DEFECT,
  SIGN_DANGER,
  SIGN_REPORT_DEFECT,
  SIGN_QUARREL,
  SIGN_TAKE,  /* "nehmen Sie mich" */
  SIGN_INTO,  /* "in den Verteiler" */
  SIGN_OUTOF, /* "aus der Liste" */
  SIGN_UNTIL,
  SIGN_RHYTHM,  /* "freitags", "jede Woche": of mails only where something else says so */
  SIGN_SUMMARY, /* "Überblick", "gebündelt" */
  SIGN_NAME,    /* words behind which a name follows that others shall see */
  SIGN_COPY,    /* one's own mails, back again */
  SIGN_GROUP,   /* the name of a list of ours; looked for only where the rest may be a wish about one */
  SIGN_COUNT
};
_Static_assert(SIGN_COUNT <= 64, "signs are bits");

#define SIGN(name) (UINT64_C(1) << SIGN_##name)

/* Which signs of one sentence speak for an intent. */
struct rule_of_signs {
  enum intent intent;
  int points;
  uint64_t needs, without;
};
extern const struct rule_of_signs rules_of_signs[];
extern const gsize rules_of_signs_count;
/* The tag of a sign's words; NULL: a fact. */
const char *sign_tag(enum sign sign);

struct wish {
  int points;
  int text_points; /* the loudest sentence of the text alone */
  bool in_subject;
  guint sentence; /* first lexeme of the sentence that speaks loudest; of the subject 0 */
  guint end;      /* behind the last lexeme that decided in it */
  uint64_t signs; /* of that sentence */
  char *words;    /* that decided; "" if there are none */
};

struct tally {
  struct wish wishes[INTENT_COUNT];
  uint64_t signs;         /* of the text and of a subject of its own, all sentences */
  uint64_t text_signs;    /* of the text alone */
  guint words, sentences; /* of the new text */
  guint questions;        /* sentences that ask */
  bool subject_counts;    /* it is the sender's own and no answer's */
};

/* Never NULL. */
struct tally *tally_new(const struct reading_room *room);
void tally_free(struct tally *tally);
typedef struct tally tally_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(tally_t, tally_free)

#endif
