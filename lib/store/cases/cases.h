/* Cases: what an office should answer, its parties and its history. A case is known to people by year and
 * number
 * ("KP-2026-0173"); its state is one of the words of lists/understand (received … not_responsible) or waiting
 * (for the resident), confirmed (done, says the resident), withdrawn. */
#ifndef STORE_CASES_H
#define STORE_CASES_H

#include "lib/store/store.h"

struct casefile {
  int64_t id;
  int year, number;
  char *kind; /* question, defect, proposal, statement */
  int64_t list;
  char *title, *topic;
  int64_t region; /* 0: not known */
  char *place;
  bool has_point;
  double lat, lon;
  int64_t office; /* 0: not decided yet */
  char *why;      /* why that office */
  char *state;
  bool is_open, is_public;
  int64_t opened, last, forwarded, answered;
  char *due, *expected; /* YYYY-MM-DD; "" */
  int64_t paused_since; /* waits for the resident since; 0: does not */
  char *next_tick;      /* YYYY-MM-DD on which it is looked at again; "" */
  int reminders, reroutings;
  int64_t thread, message, mail; /* 0: none */
  int entries, public_entries;
};
struct casefile *casefile_new(void); /* an open question without number */
void casefile_free(struct casefile *it);
typedef struct casefile casefile_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(casefile_t, casefile_free)
/* "KP-2026-0173"; caller frees. */
char *casefile_name(const struct casefile *it);

/* Creates it with the next number of `year`; id, year and number are set, opened and last are now. */
bool casefile_create(struct store *store, struct casefile *it, int year, int64_t now, GError **error);
/* Writes all that may change: title … next_tick, reminders, reroutings, is_open, is_public. */
bool casefile_put(struct store *store, const struct casefile *it, GError **error);
/* NULL without error: there is none. */
struct casefile *casefile_get(struct store *store, int64_t id, GError **error);
struct casefile *casefile_find(struct store *store, int year, int number, GError **error);
struct casefile *casefile_of_mail(struct store *store, int64_t mail, GError **error);
/* The youngest of a thread. */
struct casefile *casefile_of_thread(struct store *store, int64_t thread, GError **error);
/* Whose day has come, by day, at most limit. struct casefile*. */
GPtrArray *casefiles_due(struct store *store, const char *today, int limit, GError **error);

/* Open cases of an office whose letters go to this address, the youngest `limit`. struct casefile*. */
GPtrArray *casefiles_at_mailbox(struct store *store, int64_t office, const char *address, int limit,
                                GError **error);
/* All of these are looked at on that day, or sooner. */
bool casefiles_look_at(struct store *store, int64_t office, const char *address, const char *day,
                       GError **error);

/* A page of cases with ids below `before` (0: the youngest), youngest first; list, office and region 0: any
 * (at most one of them is looked at, in this order). */
struct casefiles_wish {
  int64_t before, list, office, region;
  bool only_public, only_open;
  int limit;
};
GPtrArray *casefiles_page(struct store *store, const struct casefiles_wish *wish, GError **error);

/* What a changed case makes stale: its page and those that list it; only where case and archive are public.
 */
bool casefile_mark_pages(struct store *store, const struct casefile *it, GError **error);

/* ---- parties ---- */

struct case_party {
  int64_t id, casefile;
  char *role;     /* resident, office, helper, follower */
  int64_t office; /* 0: none */
  int64_t person; /* 0: unknown, or an office */
  char *address, *name;
  bool name_agreed;
  int64_t since, gone; /* gone 0: takes part */
  unsigned token_key;  /* key that signed its first address; 0: none yet */
  char *language;      /* of the mail that they wrote; "": the list's */
};
void case_party_free(struct case_party *party);
typedef struct case_party case_party_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(case_party_t, case_party_free)
/* Inserts it (id is set), or changes the one of that role and address: it takes part again. */
bool case_party_put(struct store *store, struct case_party *party, int64_t now, GError **error);
/* Did somebody enter the case for another? */
bool casefile_is_helped(struct store *store, int64_t casefile, bool *is_helped, GError **error);
bool case_party_leave(struct store *store, int64_t party, int64_t now, GError **error);
bool case_party_signed_with(struct store *store, int64_t party, unsigned key, GError **error);
/* May the office be told the resident's name? */
bool case_party_agree(struct store *store, int64_t party, bool name_agreed, GError **error);
struct case_party *case_party_get(struct store *store, int64_t id, GError **error);
/* Those who take part, of one role or ("") of all, the first first. struct case_party*. */
GPtrArray *case_parties(struct store *store, int64_t casefile, const char *role, GError **error);
/* Open cases that somebody asked since a moment, the youngest first. struct casefile*. */
GPtrArray *casefiles_of_person(struct store *store, int64_t person, int64_t since, int limit, GError **error);

/* ---- history ---- */

struct case_entry {
  int64_t casefile;
  int position;
  int64_t at;
  char *what;
  int64_t office, party; /* 0: none */
  char *text;
  char *state, *expected; /* "" as before, not said */
  char *clerk, *signed_by;
  int64_t mail;
  bool is_public;
};
void case_entry_free(struct case_entry *entry);
typedef struct case_entry case_entry_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(case_entry_t, case_entry_free)
/* Adds it at the end; position is set. NULL texts are "". Counters and `last` of the case follow. */
bool case_entry_add(struct store *store, struct case_entry *entry, GError **error);
/* After `after`, at most limit. struct case_entry*. */
GPtrArray *case_entries(struct store *store, int64_t casefile, int after, int limit, GError **error);
/* The last `limit`, the newest first. */
GPtrArray *case_entries_newest(struct store *store, int64_t casefile, int limit, GError **error);
struct case_entry *case_entry_get(struct store *store, int64_t casefile, int position, GError **error);
/* Shows or hides one. */
bool case_entry_publish(struct store *store, int64_t casefile, int position, bool is_public, GError **error);

struct case_file {
  int64_t casefile;
  int position, number;
  char *filename, *type, *part;
  int64_t size;
  bool is_public;
  char *ending;       /* of the file in the archive: "pdf"; "": it is not there. Read only */
  int64_t shown_size; /* bytes there. Read only */
};
void case_file_free(struct case_file *file);
typedef struct case_file case_file_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(case_file_t, case_file_free)
bool case_file_put(struct store *store, const struct case_file *file, GError **error);
GPtrArray *case_files(struct store *store, int64_t casefile, int position,
                      GError **error); /* struct case_file* */

/* ---- case_files.c: files of cases in the archive ---- */

/* Somebody has looked at it: it is shown, with these bytes where it can be published (NULL: by its name
 * alone). */
bool case_file_publish(struct store *store, struct case_file *file, const char *ending, GBytes *bytes,
                       GError **error);
/* The files of a case go from the archive, for good. */
bool case_files_withdraw(struct store *store, int64_t casefile, GError **error);
/* What stands at its address; NULL without error: nothing. Caller unrefs. */
GBytes *case_file_bytes(struct store *store, int64_t casefile, int position, int number, GError **error);
/* NULL without error: it never was in the archive. Caller frees. */
char *case_file_ending(struct store *store, int64_t casefile, int position, int number, GError **error);

#endif
