/* Inside lists/cases: what its files share. */
#ifndef LISTS_CASES_CASE_H
#define LISTS_CASES_CASE_H

#include "lists/cases/cases.h"

#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"

struct list;
struct sender;
struct value;

/* Working days where no office says otherwise. */
#define CASE_WEEK "12345"

/* ---- open.c ---- */

struct case_opening {
  const char *kind; /* question, defect, proposal, statement */
  const struct list *list;
  const char *title, *topic; /* topic "": none was understood */
  const char *text;        /* what is asked, for the public (redacted by the archive's gate) and the office */
  int64_t office;          /* 0: who is responsible is found (lists/offices) */
  int64_t thread, message; /* handed over from a group; else 0 */
  /* who asked; address NULL: nobody who can be written to */
  const char *address, *name;
  int64_t person;
  const char *language;  /* of their mail; NULL: not known */
  bool name_agreed;      /* the office may be told it */
  bool is_handed_over;   /* a moderator gave their post to an office */
  bool is_urgent;        /* they are told whom to call */
  bool is_first_contact; /* they are told what happens with their data (Art. 13 DSGVO) */
  /* who entered it "im Namen von …"; NULL: they wrote themselves. Letters go to them then */
  const char *helper_address, *in_name_of;
  int64_t helper_person;
  bool is_by_front_door; /* they are told what their mail was taken for */
  bool is_public;
};
/* Creates the case with its first entry and parties, finds the office, sends the letter to the office and the
 * acknowledgement. *out (may be NULL) gets the case. */
bool case_open(struct work *work, const struct arrival *arrival, const struct case_opening *opening,
               struct casefile **out, GError **error);

/* ---- forward.c ---- */

/* Where it is, so that nobody needs a map of ours: coordinates as any map takes them; NULL: unknown. Caller
 * frees. */
char *case_point(const struct casefile *it);
/* The office of the case is asked (again): its letter, party, due day, next tick, state "forwarded", an entry
 * "sent". With office 0: the coordinator; there is none: the admin is told. */
bool case_forward(struct work *work, struct casefile *it, GError **error);
/* The same where somebody has decided that it is this office, whether it takes mail or not. */
bool case_forward_there(struct work *work, struct casefile *it, GError **error);

/* ---- mailbox.c: mailboxes of offices that take no mail any more ---- */

/* The office as a party of the case, at where it takes mail; by hand, or where that is nowhere, the admin. It
 * borrows from all three. */
struct case_party case_office_party(const struct work *work, const struct casefile *it,
                                    const struct office *office);

/* *office: the coordinator, where letters to the office of the case come back from all of its addresses; 0:
 * it is reached, or nobody else is. */
bool case_instead(struct work *work, const struct casefile *it, int64_t *office, GError **error);
/* Nobody was reached at the office `before`; seen by nobody outside. */
bool case_note_unreachable(struct work *work, struct casefile *it, int64_t before, GError **error);
/* Letters of the case come back from where they went: they go to another address of the office, else to the
 * coordinator, and whoever waits for an answer learns that. The same where the office was removed.
 * *has_moved: somebody was asked anew. */
bool case_leave_mailbox(struct work *work, struct casefile *it, bool *has_moved, GError **error);

/* ---- history.c ---- */

/* Adds an entry, marks the case's pages stale, and finds anew when it is looked at again (schedule.c). */
bool case_note(struct work *work, struct casefile *it, struct case_entry *entry, GError **error);
/* The state moves: fields, counters of the office, is_open. "waiting" stops the office's clock, any other
 * state lets it go on: the due day moves by what was waited. */
bool case_set_state(struct work *work, struct casefile *it, const char *state, GError **error);
/* Nothing more is awaited; the state stays ("done, says the office"). Any reply opens it again. */
bool case_close(struct work *work, struct casefile *it, GError **error);
/* "received" … of an understood status; NULL for none. */
const char *case_state_of(enum case_status status);
/* Today in the municipality's zone, YYYY-MM-DD. Caller frees. */
char *case_today(const struct work *work);

/* ---- schedule.c: on which days something happens by itself; pure but for reading the store ---- */

/* What is done about a case on a day of its own; each has its row in tick.c. */
enum case_step {
  STEP_REMIND_BEFORE,        /* the office, three working days before the due day */
  STEP_REMIND,               /* the office, one working day behind it */
  STEP_REMIND_DEPUTIES,      /* five: deputies, too */
  STEP_ESCALATE,             /* ten: the coordinator */
  STEP_UNANSWERED,           /* whoever asked, on day 21, 42, 63, then each month: no answer yet */
  STEP_EXPECTED,             /* the office: the day it named has passed, or long nothing was heard */
  STEP_EXPECTED_RESIDENT,    /* whoever asked: is it done? */
  STEP_EXPECTED_COORDINATOR, /* the coordinator: the day passed, and the office does not say more */
  STEP_WAITING,              /* whoever asked is asked once more, on day 7 and 21 of waiting */
  STEP_GIVE_UP,              /* day 35: closed with a kind letter */
  STEP_FIXED,                /* whoever asked, a week after "done": is it mended? */
  STEP_SETTLE,               /* two weeks after the answer: it is over, silently */
  CASE_STEP_COUNT
};
struct case_date {
  enum case_step step;
  char *day;  /* YYYY-MM-DD */
  int number; /* of STEP_UNANSWERED: days since it was asked */
};
/* How a case stands by its last entries. */
struct case_standing {
  bool owes;         /* the office owes an answer */
  bool is_interim;   /* it said only that it has got it, or passed it on */
  bool has_draft;    /* an answer of it waits for a colleague's ok */
  bool is_unreached; /* the office before got no mail: whoever asked waits since then, whatever the day */
  int64_t replied;   /* when an office last answered; 0: never */
  char absent[11];   /* until when its automatic answer says that nobody is there, YYYY-MM-DD; "" */
};
bool case_standing_read(struct work *work, const struct casefile *it, struct case_standing *standing,
                        GError **error);
/* All dates of a case, past and, where they repeat, up to the first behind `today`; sorted by day. `office`
 * NULL: none is asked. struct case_date; caller unrefs. */
GArray *case_dates(const struct casefile *it, const struct office *office,
                   const struct case_standing *standing, const char *zone, const char *today);
/* next_tick of the case becomes the first date behind `today`; "" where there is none. Not written. */
bool case_reschedule(struct work *work, struct casefile *it, GError **error);
/* "erledigt" by the office asks whoever asked whether it is. */
bool case_asks_whether_done(const struct casefile *it);
/* A moment's day in the municipality's zone. Caller frees. */
char *case_day_of(int64_t moment, const char *zone);

/* ---- join.c: which case a new mail belongs to ---- */

/* The case whose number a mail names. NULL without error: none. */
struct casefile *case_named(struct work *work, const struct mail *mail, GError **error);
/* Does a text (may be NULL) hold a case's number, whether there is such a case or not? */
bool case_number_in(const char *text);
/* An open case that the person opened within a week with nearly the same words. NULL likewise. */
struct casefile *case_same_again(struct work *work, const struct arrival *arrival, int64_t person,
                                 GError **error);
/* It is noted there, and they are told its number. */
bool case_join_again(struct work *work, const struct arrival *arrival, struct casefile *it, int64_t person,
                     struct decision *decision, GError **error);
/* Somebody else is told when there is an answer. */
bool case_follow(struct work *work, const struct arrival *arrival, struct casefile *it,
                 const struct sender *sender, struct decision *decision, GError **error);

/* ---- named.c ---- */

/* It belongs to the case whose number it names: its sender is a party of it, wants to follow it, or is an
 * office. *joined false: none is named, or the sender has nothing to do with it. */
bool case_join_named(struct work *work, const struct arrival *arrival, const struct sender *sender,
                     struct decision *decision, bool *joined, GError **error);

/* A clerk has somebody else's letter of the case and answers it: their words are the office's, never those of
 * whose address it is, and they are asked whether that is an answer. *is_clerk false: an office's address did
 * not write. */
bool case_clerk_at_resident(struct work *work, const struct arrival *arrival, struct casefile *it,
                            struct decision *decision, bool *is_clerk, GError **error);

/* ---- files.c ---- */

/* Is a paper with it, which an office gets as it is? */
bool case_has_papers(const struct mail *mail);
/* The files of a stored mail that an office may have: struct case_attachment*, pictures without what they say
 * of place and time. What is no picture or paper, or too large, is only counted. An empty array where the
 * mail is gone; NULL on error. */
struct case_attachment {
  char *name;
  const char *type; /* static */
  GByteArray *bytes;
};
GPtrArray *case_attachments(struct work *work, int64_t mail, guint *left_out, GError **error);

/* ---- thread_post.c ---- */

/* A message in the thread that the case was handed over from, by an office with its badge, or (NULL) by the
 * list itself; nothing where there is no thread. */
bool case_post(struct work *work, const struct casefile *it, const struct office *office, const char *text,
               struct decision *decision, GError **error);

/* ---- on_behalf.c ---- */

/* "Im Namen von …:" by somebody who may: in whose name, and what follows, for office and public. `name` NULL:
 * it is not so. */
struct on_behalf {
  char *name, *text;
  bool may_be_public;
};
void on_behalf_clear(struct on_behalf *it);
typedef struct on_behalf on_behalf_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(on_behalf_t, on_behalf_clear)
bool case_on_behalf(struct work *work, const struct arrival *arrival, const struct sender *sender,
                    struct on_behalf *it, GError **error);

/* ---- text.c ---- */

/* A resident's text as an office and the public may read it: without contact data, plates, names (theirs is
 * `name`, may be NULL) and the closing. Caller frees. */
char *case_text(const struct work *work, const char *text, const char *name);
/* Does a text, as `name` (NULL) wrote it, tell nothing of other people? Where it does, the case is not
 * public: what is taken out may not be all, a question is answered without the public as well, and the
 * office's answer need not wait for somebody to look. */
bool case_may_be_public(const char *text, const char *name);

/* ---- homes.c: who else is in it ---- */

/* Without the numbers of houses that people live in. Caller frees. */
char *case_without_homes(const struct work *work, const char *text);
/* Without "(4)" behind a name that was taken out. Takes over the text. */
char *case_without_ages(char *text);

/* ---- place.c ---- */

struct case_place {
  char *text;     /* NULL: none is named */
  int64_t region; /* 0: not known */
  bool has_point;
  double lat, lon;
};
void case_place_clear(struct case_place *place);
typedef struct case_place case_place_t;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(case_place_t, case_place_clear)
/* Of a title and a text that passed case_text(). */
bool case_place_find(struct work *work, const struct list *list, const char *title, const char *text,
                     struct case_place *place, GError **error);

/* ---- replies/, resident.c: what a party writes; the case and the party are those of the address ----
 */

struct case_writing {
  struct casefile *it;
  struct case_party *party;
  bool is_unasked; /* no answer to a letter of ours: it only names the number, and may be about something else
                    */
};
bool case_office_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                       struct decision *decision, GError **error);
bool case_resident_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                         struct decision *decision, GError **error);
/* The same once it is proven that they wrote. */
bool case_resident_take(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                        struct decision *decision, GError **error);
/* Whoever asked wants their private case to be public: they are asked once whether that is so. *is_over: the
 * mail says nothing else. residents/public.c */
bool case_heed_public(struct work *work, const struct arrival *arrival, const struct casefile *it,
                      const struct case_party *party, const struct passage *words, bool *is_over,
                      struct decision *decision, GError **error);

/* ---- case_letters.c ---- */

struct case_letter {
  const char *purpose;
  const struct casefile *it;
  struct case_party *party;
  struct value *values;     /* number, title, subject_title, state words are added */
  const char *in_reply_to;  /* NULL */
  bool is_answer;           /* to a mail that has just come */
  const void *attached_raw; /* as in letter_out */
  gsize attached_size;
  const char *attached_part;
  int64_t files_of; /* a stored mail whose pictures and papers go along (files.c); 0: none */
};
/* A letter to one party; answers come to their address of the case. */
bool case_letter_send(struct work *work, const struct case_letter *letter, GError **error);
/* What the party has chosen, else what they wrote in, else the list's; offices read the list's. NULL on
 * error. Caller frees. */
char *case_party_language(struct work *work, const struct casefile *it, const struct case_party *party,
                          GError **error);
/* A mail's language where there are letters in it; NULL: there are none, or it is not known. Static. */
const char *case_language(const struct work *work, const char *language);
/* May the public read it: the case itself, and its list's archive? Letters promise a publication only then.
 */
bool case_is_listed_public(const struct work *work, const struct casefile *it);
/* To all residents and helpers who take part, and to followers as long as the case is public. */
bool case_tell_all(struct work *work, const struct casefile *it, const char *purpose, struct value *values,
                   GError **error);

#endif
