/* Offices: who is responsible, whether a mail is an office's, and who only poses as one. */
#ifndef LISTS_OFFICES_OFFICES_H
#define LISTS_OFFICES_OFFICES_H

#include "lists/kinds.h"

#include "lib/store/cases/offices.h"

/* Who is responsible for something. An office that the words name gets it; else the topics that they name, in
 * their region, weighed against each other. Where that says nobody, or several alike, or a body that is not
 * the municipality's, the coordinator gets it. */
struct office_question {
  const char *topic; /* a value of [office.topic]; NULL or "": read it from title and text */
  int64_t region;    /* 0: not known */
  const char *title, *text, *language;
};
enum office_reason {
  OFFICE_BY_NAME,   /* the words name it */
  OFFICE_BY_WORDS,  /* they name a topic of it */
  OFFICE_BY_TOPIC,  /* the topic was given */
  OFFICE_BY_REGION, /* it looks after whatever there is in the region */
  OFFICE_NOT_OURS,  /* another body's: the state's, the railway's, … */
  OFFICE_NOT_KNOWN, /* a topic, but nobody's duty */
  OFFICE_SEVERAL,   /* several offices alike */
  OFFICE_NO_TOPIC,  /* the words name none */
  OFFICE_REASON_COUNT
};
struct office_choice {
  struct office *office; /* NULL: not even a coordinator is known */
  char *topic;           /* "" none was understood */
  char *why;             /* one sentence for people, in the municipality's language */
  char *words;           /* the words that decided, as written; NULL: none did */
  const char *body;      /* of OFFICE_NOT_OURS: "land", "bvg", "db", "bwb", "bsr", …; static; else NULL */
  enum office_reason reason;
  bool is_unsure; /* the coordinator got it because nobody, or more than one, is known for it */
};
void office_choice_clear(struct office_choice *choice);
typedef struct office_choice office_choice_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(office_choice_t, office_choice_clear)
bool offices_responsible(struct work *work, const struct office_question *question,
                         struct office_choice *choice, GError **error);
/* The same without `why`, for who has no work. */
bool offices_choose(struct store *store, const struct office_question *question, struct office_choice *choice,
                    GError **error);
/* The sentence that explains a choice, in a language ("de-x-leicht"). NULL on error. Caller frees. */
char *offices_why(struct letters *letters, const char *language, const struct office_choice *choice,
                  GError **error);

/* The region of a name ("Grünau", as meaning->region has it); *id 0: none. */
bool office_region_id(struct store *store, const char *name, int64_t *id, GError **error);
/* What people call a topic: "Straße", "Grün". NULL on error. Caller frees. */
char *offices_topic_label(struct letters *letters, const char *language, const char *topic, GError **error);

/* ---- what an office may be (rules.c): for the command and for admins' mail alike ---- */

/* The topic that a word means: its value ("road"), or what people call it ("Straßen", "Grün", "roads"). NULL:
 * there is none. Caller frees. */
char *office_topic_of(const char *word);
/* "building, business, …": all there are. Caller frees. */
char *office_topics_line(void);
/* May the office be so? FAULT_INPUT with a sentence: no public mail provider as a domain, none of our own
 * addresses, known topics, no address with one use twice, days and words within their bounds. */
bool office_check(const struct config *config, struct store *store, const struct office *office,
                  GError **error);

/* ---- whose mail it is (sender.c) ---- */

/* The office that a mail is from: its From, authenticated, belongs to one of its addresses or domains; or our
 * MTA says that it came from the office's own network. */
enum office_proof {
  OFFICE_NONE,    /* the address is no office's */
  OFFICE_CLAIMED, /* it is one's, but nobody vouches that it wrote this mail */
  OFFICE_PROVEN
};
struct office_sender {
  enum office_proof proof; /* that it is an office at all */
  int64_t office;          /* 0: OFFICE_NONE; or several share its domain, and nothing says which it is */
  bool is_by_domain;       /* the office has entered the domain, not this address */
};
bool offices_look(struct work *work, const struct mail *mail, int64_t expected, struct office_sender *sender,
                  GError **error);
/* The same where it counts only whose it is: *office 0 with OFFICE_NONE. `expected` (0: any) is preferred
 * where an address writes for several. */
bool offices_sender(struct work *work, const struct mail *mail, int64_t expected, enum office_proof *proof,
                    int64_t *office, GError **error);

/* ---- who poses as one (posing.c) ---- */

/* The office that a mail claims to be from by the name it shows, without its address; or whose address it
 * shows while answers would go elsewhere. 0: none. */
bool offices_posed(struct work *work, const struct mail *mail, int64_t *office, GError **error);
/* Such a mail changes nothing: it is held under "posing_office" (those who moderate the list are asked), and
 * the office is told, once a day. *is_taken false: it does not pose, or somebody let it through. */
bool offices_take_posing(struct work *work, const struct arrival *arrival, struct decision *decision,
                         bool *is_taken, GError **error);

#endif
