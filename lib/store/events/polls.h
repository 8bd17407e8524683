/* Polls for a date, as rows: what may be chosen, who can when, and the numbers, which follow each vote. All
 * of it within a transaction. */
#ifndef STORE_POLLS_H
#define STORE_POLLS_H

#include "lib/store/events/events.h"

enum { POLL_OPTIONS_MAX = 20 };

struct poll {
  int64_t event;
  char *state; /* draft, open, ended, dropped */
  char *until; /* last day for answers, "2026-03-08" */
  int64_t opened;
  bool is_reminded;
  int voters;
  int chosen; /* number of the option that it became; 0: none */
};
void poll_free(struct poll *poll);
typedef struct poll poll_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(poll_t, poll_free)
/* NULL without error: the event has none. */
struct poll *poll_get(struct store *store, int64_t event, GError **error);
/* Creates or changes it; `voters` is counted by itself. Where the event's state changes as well, this comes
 * before: it marks the page that goes. */
bool poll_put(struct store *store, const struct poll *poll, GError **error);

struct poll_option {
  int number; /* from 1 */
  char *starts, *ends;
  int yes, maybe, no, liked;
};
/* In their order. struct poll_option*. */
GPtrArray *poll_options(struct store *store, int64_t event, GError **error);
/* In place of all that there were (struct poll_option*), numbered anew; before anybody has voted. */
bool poll_set_options(struct store *store, int64_t event, const GPtrArray *options, GError **error);
void poll_option_free(struct poll_option *option);

struct poll_vote {
  int64_t party;
  int number;
  char answer; /* 'y', 'm', 'n' */
  bool is_liked;
  int64_t at;
};
/* A party's vote: struct poll_vote, by number; empty: none. */
GArray *poll_votes_of(struct store *store, int64_t event, int64_t party, GError **error);
/* In place of the party's earlier one; an empty array takes it back. */
bool poll_vote(struct store *store, int64_t event, int64_t party, const GArray *votes, int64_t mail,
               GError **error);
/* Votes of parties above `after`, whole parties, some at a time: struct poll_vote, by party and number. */
GArray *poll_votes_page(struct store *store, int64_t event, int64_t after, int limit, GError **error);
/* Whoever was two persons and is one now has one vote: the later. */
bool poll_join_votes(struct store *store, int64_t event, GError **error);

#endif
