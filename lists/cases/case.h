/* Inside lists/cases: what its files share. */
#ifndef LISTS_CASES_CASE_H
#define LISTS_CASES_CASE_H

#include "lists/cases/cases.h"

#include "lib/store/cases/cases.h"
#include "lib/store/cases/offices.h"

struct list;
struct value;

/* ---- kinds.c: what differs between kinds of cases ---- */

struct case_kind {
  const char *name;          /* of casefile.kind */
  const char *office_letter; /* letters/<language>/<…>.md to the office */
  const char *opened_letter; /* to whom asked */
  bool asks_whether_done;    /* "erledigt" by the office asks the resident "Ist es behoben?" */
};
const struct case_kind *case_kind_find(const char *name); /* never NULL: an unknown one is a question */

/* ---- open.c ---- */

struct case_opening {
  const char *kind; /* question, defect, proposal, statement */
  const struct list *list;
  const char *title, *topic; /* topic "": none was understood */
  int64_t region;            /* 0: not known */
  const char *place;
  bool has_point;
  double lat, lon;
  const char *text;        /* what is asked, for the public (redacted by the archive's gate) and the office */
  int64_t office;          /* 0: who is responsible is found (lists/offices) */
  int64_t thread, message; /* handed over from a group; else 0 */
  /* who asked; address NULL: nobody who can be written to */
  const char *address, *name;
  int64_t person;
  bool name_agreed;
  /* who entered it "im Namen von …"; NULL: they wrote themselves. Letters go to them then */
  const char *helper_address, *in_name_of;
  int64_t helper_person;
  bool is_public;
};
/* Creates the case with its first entry and parties, finds the office, sends the letter to the office and the
 * acknowledgement. *out (may be NULL) gets the case. */
bool case_open(struct work *work, const struct arrival *arrival, const struct case_opening *opening,
               struct casefile **out, GError **error);

/* ---- forward.c ---- */

/* The office of the case is asked (again): its letter, party, due day, next tick, state "forwarded", an entry
 * "sent". With office 0: the coordinator; there is none: the admin is told. */
bool case_forward(struct work *work, struct casefile *it, GError **error);

/* ---- history.c ---- */

/* Adds an entry and marks the case's pages stale. */
bool case_note(struct work *work, const struct casefile *it, struct case_entry *entry, GError **error);
/* The state moves: fields, counters of the office, is_open. */
bool case_set_state(struct work *work, struct casefile *it, const char *state, GError **error);
/* "received" … of an understood status; NULL for none. */
const char *case_state_of(enum case_status status);
/* Today in the municipality's zone, YYYY-MM-DD. Caller frees. */
char *case_today(const struct work *work);

/* ---- replies/, resident.c: what a party writes; the case and the party are those of the address ----
 */

struct case_writing {
  struct casefile *it;
  struct case_party *party;
};
bool case_office_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
                       struct decision *decision, GError **error);
bool case_resident_reply(struct work *work, const struct arrival *arrival, const struct case_writing *writing,
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
};
/* A letter to one party; answers come to their address of the case. */
bool case_letter_send(struct work *work, const struct case_letter *letter, GError **error);
/* To all residents, helpers and followers who take part. */
bool case_tell_all(struct work *work, const struct casefile *it, const char *purpose, struct value *values,
                   GError **error);

#endif
