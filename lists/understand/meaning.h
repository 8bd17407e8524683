/* What a mail wants: its intent, what else it wants, and the facts an intent needs. One record for all
 * intents, as EXPLAIN lists their keys; each intent's reader is a file of its own and fills its part. The
 * worker and `kiezpost explain` use the very same code. */
#ifndef LISTS_UNDERSTAND_MEANING_H
#define LISTS_UNDERSTAND_MEANING_H

#include "lib/mail/mail.h"
#include "lib/text/dates/dates.h"
#include "lib/text/facts/answer.h"
#include "lib/text/facts/money.h"
#include "lib/text/places/places.h"

enum intent {
  INTENT_POST,
  INTENT_REPLY,
  INTENT_JOIN,
  INTENT_LEAVE,
  INTENT_CONFIRM,
  INTENT_HELP,
  INTENT_SETTINGS,
  INTENT_RSVP,
  INTENT_EVENT,
  INTENT_PROPOSAL,
  INTENT_SUPPORT,
  INTENT_VOTE,
  INTENT_MINUTES,
  INTENT_DEFECT,
  INTENT_OFFICIAL_REPLY,
  INTENT_MODERATION,
  INTENT_QUESTION,
  INTENT_DATA_ACCESS,
  INTENT_DATA_ERASURE,
  INTENT_ABUSE_NOTICE,
  INTENT_PRIVATE,
  INTENT_FOUND,     /* a new group is wished */
  INTENT_KEEP,      /* a group's keeper wants its settings */
  INTENT_HAND_OVER, /* a group gets another keeper */
  INTENT_CLOSE,     /* a group is to end */
  INTENT_IGNORE,
  INTENT_UNCLEAR,
  INTENT_COUNT
};
const char *intent_word(enum intent intent); /* "official_reply" */

/* The mail of ours that is answered (--context, or the token's object). */
enum context {
  CONTEXT_NONE,
  CONTEXT_EVENT,
  CONTEXT_MODERATION,
  CONTEXT_OFFICIAL,
  CONTEXT_VOTE,
  CONTEXT_MINUTES,
  CONTEXT_DEFECT,
  CONTEXT_PROPOSAL,
  CONTEXT_CONFIRM,
  CONTEXT_DIGEST,
  CONTEXT_COUNT
};
const char *context_word(enum context context); /* "official"; NULL for none */
enum context context_of_word(const char *word); /* CONTEXT_COUNT: no such word */

enum moderation { MODERATION_NONE, MODERATION_APPROVE, MODERATION_REJECT, MODERATION_WAIT };
enum minutes_outcome { MINUTES_UNKNOWN, MINUTES_GRANTED, MINUTES_PARTLY, MINUTES_REJECTED };
enum case_status {
  STATUS_NONE,
  STATUS_RECEIVED,
  STATUS_FORWARDED,
  STATUS_IN_PROGRESS,
  STATUS_PLANNED,
  STATUS_DONE,
  STATUS_REJECTED,
  STATUS_NOT_RESPONSIBLE
};
const char *moderation_word(enum moderation decision);
const char *minutes_outcome_word(enum minutes_outcome outcome);
const char *case_status_word(enum case_status status);
/* The status of such a word; STATUS_NONE: none. */
enum case_status case_status_of_word(const char *word);

struct minutes_decision {
  char *proposal;
  int64_t cents; /* -1: none said */
  enum minutes_outcome outcome;
  int yes, no, abstain; /* -1: not said */
};
/* One of several cases that an office answers in one mail: a row of a table, a line of a list. */
struct office_case {
  char *number;  /* "KP-2026-0198", or what stands in the column of numbers; NULL: none */
  char *title;   /* what it is about; NULL: not said */
  char *text;    /* what is said of it, for the public */
  int64_t cents; /* -1: none said */
  enum case_status status;
  struct wall expected;
  bool is_unclear; /* what is said of it cannot be told from the rest */
};
struct hint {
  char *rule, *text; /* "catering"; one sentence for people */
};
struct digest_part {
  int item;
  char *text;
  struct meaning *meaning;
};

struct meaning {
  enum intent intent;
  GArray *also; /* enum intent, in order */
  char *reason; /* one readable sentence: the words that decided; no personal data beyond them */

  char *list; /* join, leave: which list */
  /* rsvp, and yes or no where asked so */
  enum answer answer;
  int people; /* with the sender; -1: not said */
  char *comment;
  /* event, proposal, defect, question */
  char *title, *topic;
  struct wall start, end;
  bool all_day;
  char *recurrence; /* RRULE */
  struct wall date; /* of a proposal */
  char *place, *region;
  bool has_point;
  double lat, lon;
  const char *place_source; /* static word */
  GPtrArray *missing;       /* char*: "costs", "place", … */
  /* proposal */
  struct costs *costs; /* NULL: none */
  bool own_work;
  GPtrArray *hints; /* struct hint* */
  int parts;        /* several proposals in one mail; 0: one */
  /* defect */
  char *category; /* code: "lamp", "pothole", … (share/languages, [defect.category]) */
  bool urgent, third_party;
  const char *responsible; /* "bezirk", "land", "bvg", "db", "privat" …; NULL: not known */
  /* support, vote, minutes */
  GArray *choices;         /* int */
  bool abstains;           /* "ich enthalte mich"; answer and choices are empty then */
  int present;             /* -1: not said */
  GPtrArray *decisions;    /* struct minutes_decision* */
  int64_t remainder_cents; /* -1 */
  /* official reply */
  char *public_text;
  enum case_status status;
  struct wall expected; /* end of the period named */
  bool is_answer_by;    /* somebody only looks or answers until then; nothing is done by it */
  bool internal;
  bool unsure;      /* tells of somebody: its author looks before it is published */
  GPtrArray *cases; /* struct office_case*, where one mail answers several; else empty */
  /* moderation */
  enum moderation decision;
  char *moderation_reason;
  GPtrArray *redact; /* char*: "phone", "address", "name", … */
  /* settings */
  const char *delivery; /* "each" … ; NULL */
  struct wall pause_until;
  char *language, *name;
  const char *shown;       /* "full", "initial" (first name and a letter), "first"; NULL */
  int own_copy;            /* of one's own posts: -1: not said, 0, 1 */
  int offices;             /* may write without encryption: -1: not said, 0, 1 */
  const char *invitations; /* "calendar", "text": how invitations come; NULL */
  bool resumes;            /* a pause is over */
  bool mutes;              /* nothing more of this one subject */
  /* data_access, data_erasure */
  char *address;
  /* digest answers */
  GPtrArray *digest_parts; /* struct digest_part* */
};
struct meaning *meaning_new(enum intent intent);
void meaning_free(struct meaning *meaning);
typedef struct meaning meaning_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(meaning_t, meaning_free)

struct address_book;

/* What an intent's reader may look at. The passage is the new text in its language; facts are found once. */
struct reading_room {
  const struct mail *mail;
  const struct passage *passage, *subject; /* the new text; the subject without prefixes */
  const GArray *money, *dates, *places;    /* facts of the passage */
  int people;                              /* people_count of the passage */
  unsigned personal;                       /* personal_find of it */
  const struct gazetteer *gazetteer;       /* may be NULL */
  enum context context;
  const char *list, *list_kind, *list_region; /* of the address; NULL: none */
  GHashTable *list_regions;                   /* of all lists: name → name of its region; NULL: not known */
  const char *command;                        /* "beitreten" …, of gruenau+beitreten@; NULL */
  const struct address_book *book;            /* our lists by name; NULL: not known */
  int64_t now;
  const char *zone;
  const char *domain;
  bool is_office; /* the sender is a known office's, authenticated */
};

/* Readers, one an intent or a family of them, each in its file. They fill `meaning`. */
void read_rsvp(const struct reading_room *room, struct meaning *meaning);  /* rsvp.c */
void read_event(const struct reading_room *room, struct meaning *meaning); /* event.c */
/* When, of dates that were found in order; where, of a text that is nothing but a place. event.c */
bool read_event_when(const GArray *dates, struct meaning *meaning);
void read_event_where(const char *text, const struct gazetteer *gazetteer, struct meaning *meaning);
void read_proposal(const struct reading_room *room, struct meaning *meaning); /* proposal.c */
bool read_urgency(const struct passage *passage); /* defect.c: fire, gas, blood, danger */
void read_defect(const struct reading_room *room, struct meaning *meaning); /* defect.c */
void read_vote(const struct reading_room *room,
               struct meaning *meaning); /* answers/vote.c: support and vote */
void read_minutes(const struct reading_room *room, struct meaning *meaning); /* answers/minutes.c */
void read_official_reply(const struct reading_room *room,
                         struct meaning *meaning); /* answers/official/official.c */
void read_moderation(const struct reading_room *room, struct meaning *meaning); /* answers/moderation.c */
void read_settings(const struct reading_room *room, struct meaning *meaning);   /* settings.c */
void read_found(const struct reading_room *room, struct meaning *meaning);      /* found.c */
void read_digest(const struct reading_room *room, struct meaning *meaning);     /* answers/digest.c */

/* Which intent a text has, by address and token first, then content (intent.c); then the reader for it. Never
 * NULL. */
struct meaning *understand(const struct reading_room *room);

#endif
