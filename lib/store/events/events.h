/* Events: what was called together, who is invited, who comes. Planned times are local wall time in the
 * event's zone, as text: "2026-05-16T15:00", of a whole day "2026-05-16", "" where nothing is said. */
#ifndef STORE_EVENTS_H
#define STORE_EVENTS_H

#include "lib/store/store.h"

struct event {
  int64_t id;
  int year, number; /* of its page: termine/2026/12 */
  char *uid;
  int64_t list;
  char *state; /* draft, open, closed, cancelled, over */
  int sequence;
  int64_t stamp, created;
  char *title, *text, *place;
  bool has_point;
  double lat, lon;
  int64_t region; /* 0: not known */
  char *starts, *ends, *zone, *rule;
  int64_t next_at, next_tick; /* 0: none */
  char *audience;             /* group, open, named */
  char *strangers;            /* count, ask, refuse */
  int capacity;               /* people; 0: no bound */
  char *answer_by, *bring;
  bool is_video;
  char *video_link;      /* its organiser's own room; never public */
  int64_t mail, message; /* 0: none */
  int attended;          /* -1: not said */
  int64_t invited_to;    /* the last person of the list who was made a party */
  bool is_asked;         /* who had not answered was asked once more */
  char *reminded;        /* the date that was reminded of last, as the rule says; "": none */
};
struct event *event_new(const char *zone); /* a draft without number */
void event_free(struct event *event);
typedef struct event event_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(event_t, event_free)

/* Creates it with the next number of `year`; id, year, number, created and stamp are set. */
bool event_create(struct store *store, struct event *event, int year, int64_t now, GError **error);
/* Writes all that may change. */
bool event_put(struct store *store, const struct event *event, GError **error);
/* It takes place, whether it still takes answers ("open") or not ("closed"). */
bool event_is_held(const struct event *event);
/* NULL without error: there is none. */
struct event *event_get(struct store *store, int64_t id, GError **error);
struct event *event_find(struct store *store, int year, int number, GError **error);
struct event *event_of_uid(struct store *store, const char *uid, GError **error);
struct event *event_of_mail(struct store *store, int64_t mail, GError **error);
struct event *event_of_message(struct store *store, int64_t message, GError **error);
/* Whose moment has come, at most limit. struct event*. */
GPtrArray *events_due(struct store *store, int64_t now, int limit, GError **error);
/* With ids above `after`, in their order, of a list or (0) of all. struct event*. */
GPtrArray *events_page(struct store *store, int64_t list, int64_t after, int limit, GError **error);

/* ---- dates of a series that are not as the rule says ---- */

struct event_date {
  char *original;              /* as the rule says */
  char *starts, *ends, *place; /* starts "": does not take place; place "": the event's */
  int sequence;
};
void event_date_free(struct event_date *date);
bool event_date_put(struct store *store, int64_t event, const struct event_date *date, GError **error);
/* Is it held as the rule says after all? The row stays to tell of it. */
bool event_date_is_planned(const struct event_date *date);
bool event_date_remove(struct store *store, int64_t event, const char *original, GError **error);
GPtrArray *event_dates(struct store *store, int64_t event, GError **error); /* struct event_date* */

/* ---- parties ---- */

struct event_party {
  int64_t id, event;
  char *role;     /* organizer, invited, stranger, behalf */
  int64_t person; /* 0: unknown */
  char *address, *name;
  unsigned token_key; /* key that signed its first address; 0: none yet */
  int told;           /* the event's sequence as they were told last; -1: not yet */
  int64_t since;
};
void event_party_free(struct event_party *party);
typedef struct event_party event_party_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(event_party_t, event_party_free)
/* Inserts it, or finds the one of that address and role: id, token_key and told are set. */
bool event_party_put(struct store *store, struct event_party *party, int64_t now, GError **error);
struct event_party *event_party_get(struct store *store, int64_t id, GError **error);
struct event_party *event_party_find(struct store *store, int64_t event, const char *address,
                                     const char *role, GError **error);
/* The parties that a person is of an event, the first first. struct event_party*. */
GPtrArray *event_parties_of_person(struct store *store, int64_t event, int64_t person, GError **error);
/* The parties that a person organises events as that are held, the youngest first. struct event_party*. */
GPtrArray *event_parties_organizing(struct store *store, int64_t person, int limit, GError **error);
/* With ids above `after`. struct event_party*. */
GPtrArray *event_parties(struct store *store, int64_t event, int64_t after, int limit, GError **error);
/* Who was told nothing of this sequence yet. struct event_party*. */
GPtrArray *event_parties_to_tell(struct store *store, int64_t event, int sequence, int limit, GError **error);
/* Who organises it, the first first. struct event_party*. */
GPtrArray *event_organizers(struct store *store, int64_t event, GError **error);
/* The one party of that name that has an address; NULL without error: none, or several. */
struct event_party *event_party_named(struct store *store, int64_t event, const char *name, GError **error);
/* Those with an address whose first name is this; of who gave no name, what the address begins with. struct
 * event_party*. */
GPtrArray *event_parties_called(struct store *store, int64_t event, const char *first_name, int limit,
                                GError **error);
/* Of a draft: whoever was to be invited, and was told nothing yet, is a stranger to it. */
bool event_parties_unname(struct store *store, int64_t event, GError **error);
bool event_party_set_role(struct store *store, int64_t party, const char *role, GError **error);
bool event_party_told(struct store *store, int64_t party, int sequence, unsigned key, GError **error);

/* ---- answers ---- */

struct rsvp {
  int64_t event;
  char *original; /* "": the event, or the whole series */
  int64_t party;
  char *answer; /* yes, no, maybe; asked: had answered, and was asked again, since it is another time now */
  int people;   /* with who answers; of a no 0 */
  char *comment, *source; /* source: words, itip, behalf */
  int sequence;
  int64_t stamp; /* of a calendar's reply; of who was entered by an organiser not 0: for an earlier time */
  int64_t place; /* in the row of who waits; 0: does not wait */
  int64_t at, mail;
};
void rsvp_free(struct rsvp *rsvp);
typedef struct rsvp rsvp_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(rsvp_t, rsvp_free)

struct event_count {
  int yes, no, maybe, people, waiting, waiting_people;
};

/* Writes an answer in place of the party's earlier one; the counts follow. */
bool rsvp_put(struct store *store, const struct rsvp *rsvp, GError **error);
bool rsvp_remove(struct store *store, int64_t event, const char *original, int64_t party, GError **error);
/* Was it entered by an organiser, for another time than the one that stands now? */
bool rsvp_is_of_before(const struct rsvp *rsvp);
/* It is another time: who had answered counts no more, and answers for single dates are gone. A calendar's
 * answer to a version of the event before `sequence` is older than the question. Whom an organiser entered
 * nobody of us can ask: they count on, as of before. */
bool rsvps_ask_again(struct store *store, int64_t event, int sequence, GError **error);
/* NULL without error: none. */
struct rsvp *rsvp_get(struct store *store, int64_t event, const char *original, int64_t party,
                      GError **error);
/* What a party says to a date of a series: apart, else to the whole series. NULL without error: nothing. */
struct rsvp *rsvp_in_force(struct store *store, int64_t event, const char *original, int64_t party,
                           GError **error);
/* A party's answers for single dates of a series, 500 at most. struct rsvp*. */
GPtrArray *rsvps_of_party(struct store *store, int64_t party, GError **error);
/* The next place in the row. */
bool event_take_place(struct store *store, int64_t event, int64_t *place, GError **error);
/* Who waits, the first first. struct rsvp*. */
GPtrArray *rsvps_waiting(struct store *store, int64_t event, const char *original, int limit, GError **error);
/* Those of before, whom an organiser has to call. struct rsvp*. */
GPtrArray *rsvps_to_call(struct store *store, int64_t event, int limit, GError **error);
/* With parties above `after`. struct rsvp*. */
GPtrArray *rsvps_of_event(struct store *store, int64_t event, const char *original, int64_t after, int limit,
                          GError **error);
/* The next date of a series after `original` that somebody answered for; "": none; NULL: fault. Caller frees.
 */
char *rsvp_date_after(struct store *store, int64_t event, const char *original, GError **error);
/* How many come; of a date of a series ("" : of the series) with all who answered for the series. */
bool event_count(struct store *store, int64_t event, const char *original, struct event_count *count,
                 GError **error);

/* ---- rounds: one letter to many, some a step ---- */

struct event_round {
  int64_t id, event;
  char *what;     /* ask, remind, message */
  char *original; /* of the date of a series */
  char *text;     /* of a message */
  int64_t mail;   /* that a message came with; 0: none */
  int64_t done_to, created;
};
void event_round_free(struct event_round *round);
typedef struct event_round event_round_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(event_round_t, event_round_free)
bool event_round_put(struct store *store, const struct event_round *round, GError **error);
/* The oldest of an event; NULL without error: none. */
struct event_round *event_round_next(struct store *store, int64_t event, GError **error);
/* It was done up to this party; 0: it is at its end. */
bool event_round_move(struct store *store, int64_t round, int64_t party, GError **error);

#endif
